#include "actors/normalize/pay_context.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/text/affix.hpp"

#include <algorithm>

// The part of the pay context that tells money that is not pay.

namespace jobfarm::normalize {

namespace {

constexpr std::size_t trap_reach_before = 160;

bool is_trap_before(pay_word kind) {
  return kind == pay_word::trap || kind == pay_word::trap_before
         || kind == pay_word::outsider;
}

/// Whether an item of a list ends at `at`, before `last`: at a comma, a dash, a
/// mark of Japan.
bool ends_item(std::string_view text, std::size_t at, std::size_t last) {
  auto rest = text.substr(at);
  switch (rest[0]) {
    case ',':
    case '(':
    case ':': return true;
    case ' ':
      return text::starts(rest, " - ") || text::starts(rest, " \xE2\x80\x93 ");
    case '\xE3':
      return text::starts(rest, "\xE3\x80\x80")
             || text::starts(rest, "\xE3\x80\x81")
             || text::starts(rest, "\xE3\x80\x90");
    // "28万円/資本金": folded from "／".
    case '/':
      return at + 1 < last && static_cast<unsigned char>(rest[1]) >= 0x80;
    default: return false;
  }
}

} // namespace

bool pay_context::trap_before_decides() const {
  if (is_named_behind_)
    return false;
  auto from =
      std::max({previous_, sentence_begin_,
                begin_ > trap_reach_before ? begin_ - trap_reach_before : 0});
  const pay_hit* nearest = nullptr;
  const pay_hit* first = nullptr;
  const pay_hit* aside = nullptr;
  for (const auto& one : hits_) {
    // "Budget: 35 LPA" says itself that it is pay.
    if (is_pay(one.kind) && one.begin >= begin_ && one.end <= end_)
      return false;
    if (one.begin < from || one.end > begin_)
      continue;
    if (one.kind == pay_word::aside)
      aside = &one;
    if (!is_pay(one.kind)
        && (!is_trap_before(one.kind) || one.begin < own_begin_))
      continue;
    nearest = nearer(nearest, one);
    auto is_aside = aside != nullptr && one.begin >= aside->end
                    && one.begin - aside->end < 30;
    if (first == nullptr && !is_aside)
      first = &one;
  }
  if (nearest == nullptr) {
    if (!stripped(between(sentence_begin_, begin_), " -*(~:").empty())
      return false;
    for (const auto& one : heading_.all())
      if (is_pay(one.kind) || is_trap_before(one.kind))
        nearest = nearer(nearest, one);
    return nearest != nullptr && is_trap_before(nearest->kind)
           && !heading_says(is_pay);
  }
  if (!is_trap_before(nearest->kind))
    return false;
  auto has = [&](pay_word kind, std::size_t low, std::size_t high) {
    return std::any_of(hits_.begin(), hits_.end(), [&](const pay_hit& one) {
      return one.kind == kind && one.begin >= low && one.end <= high;
    });
  };
  auto subject_is_pay = first != nullptr && is_pay(first->kind);
  auto is_bound =
      has(pay_word::link, nearest->end, begin_) && begin_ - nearest->end < 14;
  // "salary, including bonus: $..." and "salary plus equity is $...".
  auto added =
      has(pay_word::cut, nearest->begin > 14 ? nearest->begin - 14 : 0,
          nearest->begin)
      || between(nearest->begin > 3 ? nearest->begin - 3 : 0, nearest->begin)
                 .find_first_of("&+/")
             != std::string_view::npos;
  if (subject_is_pay && !is_bound
      && (added || has(pay_word::copula, nearest->end, begin_)))
    return false;
  return true;
}

bool pay_context::trap_after_decides() const {
  if (end_ < window_.size() && is_one_of(",(:;", window_[end_]))
    return false;
  if (is_open_behind())
    return false;
  if (end_ + 1 < window_.size() && window_[end_] == '+'
      && (window_[end_ + 1] == ' '
          || static_cast<unsigned char>(window_[end_ + 1]) >= 0x80))
    return false;
  auto last = std::min(clause_end_, end_ + trap_reach_after);
  auto is_in_item = [&](const pay_hit& one) {
    auto stop = end_;
    while (stop <= one.begin && !ends_item(window_, stop, last))
      ++stop;
    return stop > one.begin;
  };
  for (const auto& one : hits_) {
    auto is_trap =
        one.kind == pay_word::trap || one.kind == pay_word::trap_after;
    if (one.begin < end_ || one.begin >= last || !(is_pay(one.kind) || is_trap)
        || !is_in_item(one))
      continue;
    if (is_pay(one.kind))
      return false;
    auto rest = window_.substr(one.end, 9);
    // "..., bonus: ...": the label of what follows.
    if (text::starts(rest, ":") || text::starts(rest, "\xEF\xBC\x9A"))
      return false;
    return !text::starts(rest, " eligibl") && !text::starts(rest, "-eligib");
  }
  return false;
}

bool pay_context::is_trap() const {
  return trap_after_decides() || trap_before_decides();
}

} // namespace jobfarm::normalize
