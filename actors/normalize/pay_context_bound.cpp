#include "actors/normalize/pay_context.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/text/affix.hpp"

#include <algorithm>

// The part of the pay context that tells open ranges: "from", "up to", "+".

namespace jobfarm::normalize {

namespace {

/// "Minimum", "max" ...: adjectives of the pay that follows.
bool names_bound(std::string_view word) {
  return word.substr(0, 3) == "min" || word.substr(0, 3) == "max"
         || word.substr(0, 5) == "massi";
}

} // namespace

/// Whether only words of pay stand between a word that ends at `from` and the
/// amount: "minimum salary is", "maximum base pay:".
bool pay_context::leads_to_begin(std::size_t from) const {
  for (const auto& one : hits_) {
    auto is_filling = is_pay(one.kind) || one.kind == pay_word::copula
                      || one.kind == pay_word::gross
                      || one.kind == pay_word::link || is_period(one.kind);
    if (is_filling && one.begin >= from && one.end <= begin_
        && stripped(between(from, one.begin), " :").empty())
      from = one.end;
  }
  return touches_begin(from);
}

/// "Mindestgehalt": whatever stands between, the amount of its sentence is the
/// least.
bool pay_context::is_least_pay(const pay_hit& one) const {
  auto word = window_.substr(one.begin, one.end - one.begin);
  return word.substr(0, 7) == "mindest" && word != "mindestens"
         && one.begin >= sentence_begin_ && one.end >= previous_
         && one.end <= begin_;
}

/// The longest of "from", "up to" ... that stands right before the amount:
/// "no less than" holds "less than".
const pay_hit* pay_context::bound_before() const {
  const pay_hit* best = nullptr;
  for (const auto& one : hits_)
    if ((one.kind == pay_word::floor || one.kind == pay_word::ceiling)
        && (touches_begin(one.end) || is_least_pay(one)
            || (names_bound(window_.substr(one.begin, one.end - one.begin))
                && leads_to_begin(one.end))))
      best = nearer(best, one);
  return best;
}

/// "And up", "maximum".
bool pay_context::is_right_behind(pay_word kind) const {
  constexpr std::size_t reach = 3;
  return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == kind && one.begin >= end_ && one.begin - end_ <= reach;
  });
}

bool pay_context::is_floor() const {
  if (const auto* bound = bound_before())
    return bound->kind == pay_word::floor;
  if (is_right_behind(pay_word::floor_after))
    return true;
  if (begin_ > 0 && is_one_of(">", window_[begin_ - 1]))
    return true;
  if (is_open_behind())
    return true;
  auto rest = window_.substr(end_);
  // "$120k+" is open, "$120k+ bonus" is not.
  if (rest.empty() || rest[0] != '+')
    return false;
  auto word_at = end_ + 1;
  while (word_at < window_.size() && window_[word_at] == ' ')
    ++word_at;
  for (std::string_view word :
       {"bonus", "equity", "stock", "benefit", "commission", "vat", "tips",
        "super", "ote", "rsu", "perks", "profit", "options", "stock",
        "uncapped", "great", "health", "excellent", "generous"})
    if (window_.substr(word_at, word.size()) == word)
      return false;
  return std::none_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
    return one.kind == pay_word::trap && one.begin == word_at;
  });
}

bool pay_context::is_ceiling() const {
  if (const auto* bound = bound_before())
    return bound->kind == pay_word::ceiling;
  if (is_right_behind(pay_word::ceiling_after))
    return true;
  // "to £55k" as all that stands before.
  return (begin_ > 0 && is_one_of("<", window_[begin_ - 1]))
         || stripped(between(sentence_begin_, begin_), " ") == "to";
}

/// "1,300円〜", and nothing behind the wave.
bool pay_context::is_open_behind() const {
  auto rest = window_.substr(end_);
  return text::starts(rest, "\xE3\x80\x9C")
         || text::starts(rest, "\xEF\xBD\x9E") || text::starts(rest, "~");
}

} // namespace jobfarm::normalize
