#include "actors/normalize/pay_ranges.hpp"

#include "actors/normalize/range_join.hpp"
#include "actors/text/affix.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/utf8.hpp"

namespace jobfarm::normalize {

namespace {

/// In "scale 10 (max. 5,247)" the scale is no lower bound.
constexpr double widest_ratio = 20;

using text::has;

} // namespace

std::size_t pay_ranges::last_of(std::size_t i) const {
  if (i + 2 < amounts_.size() && is_graded(i))
    return i + 2;
  return i + (i + 1 < amounts_.size() && is_range(i) ? 1 : 0);
}

bool pay_ranges::is_graded(std::size_t i) const {
  const auto& low = amounts_[i];
  const auto& mid = amounts_[i + 1];
  const auto& high = amounts_[i + 2];
  auto is_rising = low.has_mark && mid.has_mark && high.has_mark
                   && low.amount < mid.amount && mid.amount < high.amount;
  if (!is_rising)
    return false;
  if (is_range(i) && is_range(i + 1))
    return true;
  // A row of a table of grades.
  return has(above_, "idpoint")
         && line_.find_first_of("0123456789", high.end) == line_.npos;
}

/// Two cells below a heading with columns for the least and the most.
bool pay_ranges::is_row_of_bounds(const money& a, const money& b) const {
  auto gap = line_.substr(a.end, b.begin - a.end);
  if (gap != " | " || !(a.amount < b.amount) || a.has_mark != b.has_mark)
    return false;
  auto above = text::fold_ascii(above_);
  return has(above, "min") && has(above, "max");
}

bool pay_ranges::is_range(std::size_t i) const {
  constexpr std::size_t widest_gap = 60;
  const auto& a = amounts_[i];
  const auto& b = amounts_[i + 1];
  if (b.begin < a.end || b.begin - a.end > widest_gap)
    return false;
  if (b.amount * b.factor < a.amount && b.factor == 1 && a.factor == 1) {
    // "Base $120,000 and $20,000 bonus" is none, "$90,000 - $70,000" a wrong
    // one.
    auto gap = line_.substr(a.end, b.begin - a.end);
    auto is_dash = gap.find_first_not_of(" -to\xE2\x80\x93\x94") == gap.npos;
    return a.has_mark && b.has_mark && is_dash && joins_range(gap, false);
  }
  // "$80 $120/hour": a dash that a site lost.
  if (b.begin - a.end == 1 && line_[a.end] == ' ' && a.has_mark && b.has_mark
      && b.amount > a.amount && a.currency == b.currency)
    return true;
  auto [least, most] = bounds_of(a, b);
  if (!a.has_mark && !a.has_groups && least * widest_ratio < most)
    return false;
  if (is_row_of_bounds(a, b))
    return true;
  auto from = whole_.to_folded(begin_ + a.end);
  auto to = whole_.to_folded(begin_ + b.begin);
  // "$36.52 hourly / $5,934.50 monthly" is one pay said twice.
  constexpr double widest_slash = 3;
  auto may_slash = b.amount > a.amount
                   && (a.has_mark == b.has_mark || b.factor > 1)
                   && most < least * widest_slash;
  return joins_range(whole_.folded().substr(from, to - from), may_slash)
         && (a.currency.empty() || b.currency.empty()
             || a.currency == b.currency || a.is_currency_inferred
             || b.is_currency_inferred);
}

} // namespace jobfarm::normalize
