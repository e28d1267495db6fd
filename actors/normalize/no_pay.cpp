#include "actors/normalize/no_pay.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// "Minimum $83,200 - Midpoint $104,000 - Maximum $124,800": the middle bounds
/// nothing.
bool is_midpoint(std::string_view line, const money& one) {
  constexpr std::size_t longest_word = 9;
  auto before = line.substr(0, one.begin);
  while (!before.empty() && (before.back() == ' ' || before.back() == ':'))
    before.remove_suffix(1);
  before.remove_prefix(before.size() - std::min(before.size(), longest_word));
  auto is_m = [](char c) { return c == 'm' || c == 'M'; };
  if (std::none_of(before.begin(), before.end(), is_m))
    return false;
  auto word = text::fold_ascii(before);
  for (std::string_view middle : {"midpoint", "mid-point", "mid point"})
    if (word.find(middle) != word.npos)
      return true;
  constexpr std::string_view mid = " mid";
  return word == "mid"
         || (word.size() >= mid.size()
             && word.compare(word.size() - mid.size(), mid.size(), mid) == 0);
}

/// Sections of the US tax code.
bool is_savings_plan(const money& one) {
  return !one.has_mark && (one.amount == 401'000 || one.amount == 403'000);
}

} // namespace

void drop_no_pay(std::string_view line, std::vector<money>& amounts) {
  amounts.erase(std::remove_if(amounts.begin(), amounts.end(),
                               [&](const money& one) {
                                 return is_midpoint(line, one)
                                        || is_savings_plan(one);
                               }),
                amounts.end());
}

bool is_bare(const money& a, const money& b, bool is_range, bool needs_words) {
  if (a.has_mark || b.has_mark || a.factor > 1 || b.factor > 1)
    return false;
  if (needs_words)
    return !(a.has_groups || b.has_groups);
  auto is_year = a.amount > 1900 && a.amount < 2100 && !a.has_groups;
  return is_year || (!is_range && a.amount < 1000);
}

double least_unsaid_pay(std::string_view currency) {
  for (std::string_view rich : {"USD", "EUR", "GBP", "CHF", "CAD", "AUD", "NZD",
                                "SEK", "NOK", "DKK", "SGD", "JPY", "ILS"})
    if (rich == currency)
      return 8000;
  return 1500;
}

} // namespace jobfarm::normalize
