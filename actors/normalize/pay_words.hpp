#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// What a word beside an amount says of it.
enum class pay_word {
  cue,           ///< the amount is pay
  named_behind,  ///< "basic": the amount is pay right before it
  promise,       ///< "you will receive": it is, if it is large enough
  neutral,       ///< "paid leave": says nothing, nor do the words in it
  trap,          ///< money that is not pay, on either side
  trap_before,   ///< the same, but only before the amount
  trap_after,    ///< the same, but only behind it
  stipend,       ///< pay if one can live on it, else other money
  outsider,      ///< people whose money is not the reader's, before it
  total,         ///< pay with bonus or commission: OTE, total compensation
  net,           ///< after tax
  gross,         ///< before tax
  floor,         ///< "from", right before the amount
  ceiling,       ///< "up to", right before
  floor_after,   ///< "or more", right behind
  ceiling_after, ///< "max", right behind
  aside,         ///< "in addition to": the next word of pay is not the subject
  link,          ///< "of", "worth": binds an amount to the word before
  copula,        ///< "is", "ranges from": binds it to the subject
  cut,           ///< "plus", "with": what follows is another matter
  piece,         ///< "per shift": a rate for no time that records know
  hour,
  day,
  week,
  month,
  year,
  two_weeks, ///< "bi-weekly": no period of records, see `pay_range`
  half_month
};

/// No such word has more bytes: one that begins in a part of a text ends less
/// than so far behind it.
constexpr std::size_t longest_pay_word = 27;

/// One such word in a folded text.
struct pay_hit {
  pay_word kind = pay_word::cue;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Makes `hits` all of them between two positions of a text, in order of their
/// ends; positions count from `from`. The words are those of job ads in the
/// languages that `contracts.md` 1 has currencies for.
void pay_words_in(const text::folded_text& text, std::size_t from,
                  std::size_t to, std::vector<pay_hit>& hits);
std::vector<pay_hit> pay_words_in(std::string_view folded);

/// The record's word for a kind from hour to year, "two weeks", "half a month";
/// empty for another kind.
std::string_view period_of(pay_word kind);

} // namespace jobfarm::normalize
