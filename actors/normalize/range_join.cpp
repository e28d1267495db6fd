#include "actors/normalize/range_join.hpp"

#include "actors/normalize/pay_hits.hpp"
#include "actors/normalize/recent_results.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// What joins two amounts, folded, without blanks.
constexpr std::string_view joins[] = {"-",
                                      "--",
                                      "\xE2\x80\x93",
                                      "\xE2\x80\x94",
                                      "\xE2\x88\x92",
                                      "~",
                                      "to",
                                      "and",
                                      "bis",
                                      "a",
                                      "al",
                                      "do",
                                      "ate",
                                      "hasta",
                                      "y",
                                      "en",
                                      "e",
                                      "und",
                                      "et",
                                      "tot",
                                      "til",
                                      "till",
                                      "thru",
                                      "through",
                                      "up",
                                      "-upto",
                                      "biszu",
                                      "și",
                                      "si",
                                      "до",
                                      "i",
                                      "og",
                                      "och",
                                      "és",
                                      "es",
                                      "upto",
                                      "&",
                                      "max",
                                      "\xE2\x80\x90",
                                      "\xE2\x80\x91",
                                      "az",
                                      "至",
                                      "到",
                                      "〜",
                                      "～",
                                      "から",
                                      "\xE2\x80\xA6",
                                      "den",
                                      "-max",
                                      "untill",
                                      "until",
                                      "hingga",
                                      "sampai",
                                      "đen",
                                      "ja",
                                      "~~",
                                      "tra",
                                      ",max",
                                      ",max:",
                                      "max:",
                                      "/max:",
                                      "/max",
                                      ",maximum:",
                                      "maximum:",
                                      "maximum",
                                      "–max",
                                      "iki",
                                      "lidz",
                                      "kuni",
                                      "εως",
                                      "ως",
                                      "إلى",
                                      "الى"};

constexpr auto longest_join = [] {
  std::size_t longest = 0;
  for (auto one : joins)
    longest = std::max(longest, one.size());
  return longest;
}();

bool is_join(std::string_view text) {
  return text.size() <= longest_join
         && std::find(std::begin(joins), std::end(joins), text)
                != std::end(joins);
}

bool is_filling(char c) {
  return c == ' ' || c == '(' || c == ')' || c == '.' || c == '*';
}

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || static_cast<unsigned char>(c) >= 0x80;
}

/// Words of periods, taxes and bounds. "Band 4 - starting at $72,735": a word
/// for the least right before an amount begins another one.
bool is_noise(const pay_hit& one, std::string_view gap) {
  auto size = one.end - one.begin;
  auto is_last = gap.find_first_not_of(" :", one.end) == gap.npos;
  return size > 1
         && (!period_of(one.kind).empty() || one.kind == pay_word::gross
             || (one.kind == pay_word::floor && size > 2 && !is_last));
}

/// Without blanks and brackets, and without the words for periods and taxes.
std::string without_noise(std::string_view folded,
                          const std::vector<pay_hit>& hits) {
  std::string kept{folded};
  // A filling: the noise goes with it.
  for (const auto& one : hits)
    if (is_noise(one, folded))
      std::fill_n(kept.begin() + static_cast<std::ptrdiff_t>(one.begin),
                  one.end - one.begin, ' ');
  kept.erase(std::remove_if(kept.begin(), kept.end(), is_filling), kept.end());
  return kept;
}

/// "$48,500 (bachelor's) to $76,420 (doctorate)": without the remark.
std::string without_remark(std::string_view folded) {
  constexpr std::size_t longest = 24;
  auto begin = folded.find('(');
  auto end = folded.find(')');
  if (begin == folded.npos || end == folded.npos || end < begin
      || end - begin > longest)
    return std::string{folded};
  std::string kept{folded.substr(0, begin)};
  return kept.append(folded.substr(end + 1));
}

/// "minimaal 3.200 en maximaal 4.900": without the word for the most.
std::string_view without_most(std::string_view kept) {
  for (std::string_view most : {"maximaal", "maximal", "maximalt", "massimo",
                                "maximo", "maximum", "max"})
    if (kept.size() > most.size()
        && kept.substr(kept.size() - most.size()) == most)
      return kept.substr(0, kept.size() - most.size());
  return kept;
}

/// "minimaal 3.200 en maximaal 4.900".
bool joins_bound(std::string_view kept) {
  auto least = without_most(kept);
  return least.size() < kept.size() && is_join(least);
}

/// "... in our lowest geographic market up to ...".
bool joins_markets(std::string_view folded, std::string_view kept) {
  constexpr std::string_view join = "upto";
  return folded.find(" lowest ") != folded.npos && kept.size() > join.size()
         && kept.substr(kept.size() - join.size()) == join;
}

/// "$48,500 (bachelor's) to $76,420"; "$16 (days) and $19 (nights)" are two.
bool joins_remark(std::string_view folded) {
  auto rest = without_remark(folded);
  auto is_and = rest.find(" and ") != rest.npos || rest.find('&') != rest.npos
                || rest.find(" und ") != rest.npos;
  return rest.size() < folded.size() && !is_and && joins_range(rest, false);
}

} // namespace

bool joins_range(std::string_view folded, bool may_slash) {
  constexpr std::size_t longest = 48;
  if (folded.size() > longest)
    return false;
  // Most gaps hold a dash and nothing else.
  if (auto mark = stripped(folded, " "); mark == "-" || mark == "\xE2\x80\x93")
    return true;
  auto kept = without_noise(folded, {});
  if (is_join(kept))
    return true;
  // Marks alone are no words.
  if (std::any_of(folded.begin(), folded.end(), is_of_word)) {
    thread_local recent_results<std::string> recent;
    kept = recent.of(
        folded, [&] { return without_noise(folded, pay_words_in(folded)); });
  }
  // Round sums: "3.500,- tot 4.800,-", "110'000.– bis".
  for (std::string_view dash :
       {",-", "/-", ",\xE2\x80\x93", "\xE2\x80\x93", "-"})
    if (kept.size() > dash.size() && kept.compare(0, dash.size(), dash) == 0) {
      kept.erase(0, dash.size());
      break;
    }
  if (may_slash && kept == "/")
    return true;
  if (is_join(kept))
    return true;
  return joins_bound(kept) || joins_markets(folded, kept)
         || joins_remark(folded);
}

std::pair<double, double> bounds_of(const money& a, const money& b) {
  constexpr double myriad = 1e4;
  // "Level 5 - $80K": more than that is no shorthand.
  constexpr double widest_shorthand = 8;
  auto low = a.amount;
  auto high = b.amount;
  if (a.factor == 1 && b.factor > 1 && (!a.has_groups || b.factor == myriad)
      && low < high / b.factor * 10 && low * b.factor <= high * 1.0001
      && low * b.factor * widest_shorthand >= high)
    low *= b.factor;
  else if (a.factor > 1 && b.factor == 1 && !b.has_groups && high < 1000
           && high * a.factor >= low)
    high *= a.factor;
  else if (b.has_groups && !a.has_groups && low < 1000 && low * 1000 <= high
           && low * 1000 * widest_shorthand >= high)
    low *= 1000;
  return {low, high};
}

} // namespace jobfarm::normalize
