#include "actors/normalize/no_pay.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

/// "Minimum $83,200 - Midpoint $104,000 - Maximum $124,800": the middle bounds
/// nothing.
bool is_midpoint(std::string_view line, const money& one) {
  constexpr std::size_t longest_word = 9;
  auto behind = line.substr(one.end, longest_word + 1);
  if (behind == " Midpoint " || behind == " midpoint ")
    return true;
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

/// "$22.56 (step 1) - $30.88 (step 9)": the name of a grade.
bool is_grade(std::string_view line, const money& one) {
  constexpr double most = 100;
  constexpr std::size_t longest_word = 6;
  if (one.has_mark || one.has_groups || one.factor > 1 || !(one.amount < most))
    return false;
  auto from = one.begin > longest_word ? one.begin - longest_word : 0;
  auto before = line.substr(from, one.begin - from);
  for (std::string_view word :
       {"tep ", "evel ", "rade ", "tufe ", "ier ", "one "})
    if (before.size() >= word.size()
        && before.substr(before.size() - word.size()) == word)
      return true;
  return false;
}

/// "80-100%": a workload, and each end of its range.
bool is_share(std::string_view line, const money& one) {
  if (one.has_mark || one.amount >= 1000)
    return false;
  constexpr std::size_t reach = 8;
  auto rest = line.substr(one.end, reach + 1);
  auto behind = rest.find_first_not_of("0123456789.,- ");
  if (behind == rest.npos || rest[behind] != '%')
    return false;
  auto gap = rest.substr(0, behind);
  return gap.empty() || gap == " " || gap.find('-') != gap.npos;
}

constexpr double least_pay_of_the_rich = 8000;

} // namespace

void drop_no_pay(std::string_view line, std::vector<money>& amounts) {
  amounts.erase(std::remove_if(amounts.begin(), amounts.end(),
                               [&](const money& one) {
                                 return is_midpoint(line, one)
                                        || is_share(line, one)
                                        || is_grade(line, one)
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

bool is_hourly(std::string_view line, const money& one) {
  return line.substr(one.end, 2) == "/h" && one.amount >= 1;
}

bool is_rate_of_field(std::string_view field, const money& one) {
  constexpr std::size_t longest_rate = 14;
  return !pay_period_of(field.substr(one.end, longest_rate)).empty();
}

bool is_plain_field(std::string_view field, const money& one) {
  constexpr double least = 10'000;
  return is_rate_of_field(field, one)
         || (one.amount >= least
             && field.find_first_not_of("0123456789., ") == field.npos);
}

bool is_pay_list(std::string_view line, const std::vector<money>& amounts,
                 std::size_t at) {
  constexpr double nobodys_pay = 5e6; // US dollars
  auto stop = line.rfind(". ", at);
  auto begin = stop == line.npos ? 0 : stop + 2;
  auto end = std::min(line.find(". ", at), line.size());
  std::size_t covered = 0;
  for (const auto& one : amounts) {
    if (one.begin < begin || one.begin >= end)
      continue;
    covered += one.has_mark ? one.end - one.begin : 0;
    auto units = units_per_usd(one.currency);
    if (units && one.amount / *units > nobodys_pay)
      return false;
  }
  return is_short_line(line) || covered * 5 >= (end - begin) * 2;
}

bool has_letters(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

bool is_short_line(std::string_view line) {
  return line.size() <= 60;
}

bool is_close_range(std::optional<double> low, std::optional<double> high,
                    double yearly) {
  constexpr double widest = 1.7;
  constexpr double least = 25'000;
  return low && high && *low < *high && *high < *low * widest && yearly > least;
}

bool is_living(std::string_view period, double yearly, bool is_range) {
  if (period == "hour")
    return true;
  if (period == "year" || is_range)
    return yearly > 15'000;
  return period != "month" && yearly > 30'000;
}

bool is_of_rich_country(std::string_view currency) {
  constexpr std::string_view rich =
      "USD EUR GBP CHF CAD AUD NZD SEK NOK DKK SGD JPY ILS";
  return currency.size() == 3 && rich.find(currency) != rich.npos;
}

double least_unsaid_pay(std::string_view currency) {
  return is_of_rich_country(currency) ? least_pay_of_the_rich : 1500;
}

double least_listed_pay(std::string_view currency) {
  return is_of_rich_country(currency) ? 15'000 : 4'000;
}

} // namespace jobfarm::normalize
