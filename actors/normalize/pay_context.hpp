#pragma once

#include "actors/normalize/pay_line_words.hpp"
#include "actors/normalize/pay_words.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// The folded words around an amount, and what they say of it.
class pay_context {
public:
  /// The window from `from` to `to` of a folded text holds the amount. All
  /// other positions count from `from`: the amount stands between `begin` and
  /// `end`; `previous` is where the amount before it ends, 0 if there is none;
  /// `next` where the one behind it begins, or the size. `words` are those of
  /// the line, and `heading` of the line above; both must outlive this, and
  /// nobody else ask for words of the line meanwhile.
  pay_context(const text::folded_text& text, std::size_t from, std::size_t to,
              std::size_t begin, std::size_t end, std::size_t previous,
              std::size_t next, pay_line_words& words, pay_line_words& heading);

  /// Takes stipends and the like for pay, else for other money. To be called
  /// before what follows is asked.
  void take_stipends(bool are_pay);
  /// A word of pay in the same sentence, shortly behind, or in the heading. One
  /// amount, not a range, is another item of a list where a comma parts them.
  bool has_cue(bool is_range) const;
  /// "You will receive" and the like before it, in the sentence or the heading.
  bool is_promised() const;
  /// A word of pay stands right behind the amount: "£29,970 salary".
  bool is_named_behind() const {
    return is_named_behind_;
  }
  /// A word of pay stands right before the amount: a label.
  bool is_labelled() const;
  /// A word that says nothing of pay follows: "60,000 small shops".
  bool counts_things() const;
  /// The amount is a bonus, a budget, a fund ...
  bool is_trap() const;
  /// After tax, and not before.
  bool is_net() const;
  /// A word right behind the amount says that it is before tax.
  bool is_gross() const;
  /// A rate per shift or night: for no time that records know.
  bool is_by_piece() const;
  /// With bonus or commission.
  bool is_total() const;
  bool is_floor() const;
  bool is_ceiling() const;
  /// year, month ...; empty if not said.
  std::string_view period() const;
  /// The period stands right behind the amount: "$50 per hour".
  bool states_rate() const;
  /// No word of its clause stands before the amount.
  bool stands_alone() const;
  /// "+ equity", "plus 10 % bonus" right behind the amount.
  bool adds_more() const;
  /// What the amount is for ("Berlin: ...", "... in Colorado"): a part of the
  /// folded text.
  std::string_view label() const;

private:
  void find_words(pay_line_words& words, std::size_t from);
  bool heading_says(bool (*is_wanted)(pay_word)) const;
  bool is_bound_to_sentence() const;
  std::string_view between(std::size_t from, std::size_t to) const;
  bool touches_begin(std::size_t from) const;
  bool is_of_next(const pay_hit& hit) const;
  bool leads_to_begin(std::size_t from) const;
  std::size_t find_clause_end() const;
  bool has_name_behind() const;
  bool is_hours_a_week(const pay_hit& hit) const;
  bool is_of_other_thing(const pay_hit& hit) const;
  std::string_view unit_on_amount() const;
  const pay_hit* period_before() const;
  bool is_least_pay(const pay_hit& one) const;
  bool is_open_behind() const;
  const pay_hit* bound_before() const;
  bool is_right_behind(pay_word kind) const;
  bool trap_before_decides() const;
  bool trap_after_decides() const;

  std::string_view window_;
  std::size_t begin_;
  std::size_t end_;
  std::size_t previous_;
  std::size_t next_;
  /// Of the amount's sentence, and of the one before where that one goes on.
  std::size_t own_begin_ = 0;
  std::size_t sentence_begin_ = 0;
  std::size_t sentence_end_ = 0;
  std::size_t clause_end_ = 0;
  bool is_named_behind_ = false;
  pay_line_words& heading_;
  /// Of the sentence and shortly around it.
  std::vector<pay_hit>& hits_;
};

} // namespace jobfarm::normalize
