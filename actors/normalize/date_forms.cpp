#include "actors/normalize/date_forms.hpp"

#include "actors/normalize/date_words.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <utility>

namespace jobfarm::normalize {

namespace {

constexpr std::int64_t first_year = 1900;

/// Stems of the months' names by their first byte.
class month_names {
public:
  month_names() {
    for (const auto& row : date_words::months)
      text::for_each_phrase(row.words, [&](std::string_view word) {
        auto stem = text::fold_ascii(word);
        by_byte_[byte(stem[0])].emplace_back(std::move(stem), row.value);
      });
  }

  /// The month whose longest stem begins `word`; 0 for none.
  int find(std::string_view word) const {
    std::size_t longest = 0;
    int month = 0;
    for (const auto& [stem, value] : by_byte_[byte(word[0])])
      if (stem.size() > longest && word.substr(0, stem.size()) == stem) {
        longest = stem.size();
        month = value;
      }
    return month;
  }

private:
  static std::size_t byte(char c) {
    return static_cast<unsigned char>(c);
  }

  std::array<std::vector<std::pair<std::string, int>>, 256> by_byte_;
};

int month_of(std::string_view word) {
  static const month_names names;
  constexpr std::size_t shortest = 3;
  return word.size() >= shortest ? names.find(word) : 0;
}

std::optional<std::int64_t> midnight_of(std::int64_t year, std::int64_t month,
                                        std::int64_t day) {
  auto is_possible = year >= first_year && year <= 9999 && month >= 1
                     && month <= 12 && day >= 1 && day <= 31;
  if (!is_possible)
    return std::nullopt;
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02d-%02d", static_cast<int>(year),
                static_cast<int>(month), static_cast<int>(day));
  return text::parse_utc(text);
}

std::int64_t number_at(const std::vector<date_token>& tokens, std::size_t at) {
  return at < tokens.size() ? tokens[at].number : -1;
}

/// Seconds east of UTC at the end of a text: "-0500", "+02:00", "EST" (RFC 2822
/// 4.3); 0 if it names none.
std::int64_t zone_of(std::string_view folded) {
  constexpr std::pair<std::string_view, int> named[] = {
      {"est", -5}, {"edt", -4}, {"cst", -6}, {"cdt", -5},
      {"mst", -7}, {"mdt", -6}, {"pst", -8}, {"pdt", -7}};
  auto last = folded.substr(folded.find_last_of(' ') + 1);
  for (auto [name, hours] : named)
    if (last == name)
      return hours * date_words::hour_s;
  auto sign = last.find_first_of("+-");
  if (sign != 0 || last.size() < 5 || last.size() > 6)
    return 0;
  std::int64_t digits = 0;
  for (auto c : last.substr(1))
    if (c >= '0' && c <= '9')
      digits = digits * 10 + (c - '0');
  auto seconds = (digits / 100 * 60 + digits % 100) * 60;
  return digits > 1400 ? 0 : last[0] == '-' ? -seconds : seconds;
}

/// The clock at token `at`, in seconds, with its zone taken off; 0 if there is
/// none.
std::int64_t clock_at(std::string_view folded,
                      const std::vector<date_token>& tokens, std::size_t at) {
  if (number_at(tokens, at) < 0 && number_at(tokens, at + 1) >= 0)
    ++at; // "at 8:30", "T08:30"
  auto hour = number_at(tokens, at);
  auto minute = number_at(tokens, at + 1);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    return 0;
  auto second = number_at(tokens, at + 2);
  auto is_pm = folded.find("pm") != folded.npos;
  auto is_am = folded.find("am") != folded.npos;
  if (is_pm && hour < 12)
    hour += 12;
  if (is_am && hour == 12)
    hour = 0;
  auto seconds = second >= 0 && second <= 59 ? second : 0;
  return hour * 3600 + minute * 60 + seconds - zone_of(folded);
}

std::optional<std::int64_t>
from_month_name(std::string_view folded,
                const std::vector<date_token>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto month = month_of(tokens[i].word);
    if (month == 0)
      continue;
    auto before = i > 0 ? number_at(tokens, i - 1) : -1;
    // "2026 november 15."
    if (before >= first_year)
      if (auto at = midnight_of(before, month, number_at(tokens, i + 1)))
        return *at + clock_at(folded, tokens, i + 2);
    auto is_day_first = before >= 1 && before <= 31;
    auto day = is_day_first ? before : number_at(tokens, i + 1);
    auto year_at = is_day_first ? i + 1 : i + 2;
    if (auto at = midnight_of(number_at(tokens, year_at), month, day))
      return *at + clock_at(folded, tokens, year_at + 1);
  }
  return std::nullopt;
}

/// Whether the numbers of a date stand between dots, "20.11.2019".
bool has_dots(std::string_view folded) {
  auto slash = std::min(folded.find('/'), folded.size());
  for (std::size_t at = 1; at < slash; ++at)
    if (folded[at] == '.' && folded[at - 1] >= '0' && folded[at - 1] <= '9')
      return true;
  return false;
}

/// One of two ways to read a date; the later one as a bound where nothing
/// tells. What is after `latest` was not posted.
date_reading chosen(std::optional<std::int64_t> day_first,
                    std::optional<std::int64_t> month_first,
                    std::optional<std::int64_t> latest, date_order order) {
  if (!day_first || !month_first || *day_first == *month_first)
    return {day_first ? day_first : month_first, {}};
  auto later = std::max(*day_first, *month_first);
  auto sooner = std::min(*day_first, *month_first);
  if (latest && later > *latest && sooner <= *latest)
    return {sooner, {}};
  if (order == date_order::unknown)
    return {{}, later};
  return {order == date_order::day_first ? day_first : month_first, {}};
}

/// Three numbers: the year first or last. Two digits are a year of this century
/// only between dots or slashes.
date_reading from_numbers(std::string_view folded,
                          const std::vector<date_token>& tokens,
                          std::optional<std::int64_t> latest,
                          date_order order) {
  std::size_t at = 0;
  while (at + 2 < tokens.size()
         && (tokens[at].number < 0 || tokens[at + 1].number < 0
             || tokens[at + 2].number < 0))
    ++at;
  auto a = number_at(tokens, at);
  auto b = number_at(tokens, at + 1);
  auto c = number_at(tokens, at + 2);
  auto clock = clock_at(folded, tokens, at + 3);
  auto with_clock = [&](std::optional<std::int64_t> day) {
    return day ? std::optional{*day + clock} : std::nullopt;
  };
  if (a >= first_year)
    return {with_clock(midnight_of(a, b, c)), {}};
  auto is_dotted = has_dots(folded);
  auto is_slashed = folded.find('/') != folded.npos;
  constexpr std::int64_t century = 2000;
  auto year = c >= 10 && c < 100 && (is_dotted || is_slashed) ? century + c : c;
  auto day_first = midnight_of(year, b, a);
  auto month_first = midnight_of(year, a, b);
  // Dots are for the day first, but some write them where it is not.
  if (is_dotted && order == date_order::month_first)
    order = date_order::unknown;
  else if (is_dotted && day_first)
    month_first.reset();
  auto day = chosen(day_first, month_first, latest, order);
  return {with_clock(day.at), with_clock(day.before)};
}

/// Whether a word is the sign of a year, month or day in East Asian dates.
bool is_sign(std::string_view word, std::string_view han,
             std::string_view hangul) {
  return word == han || word == text::fold_ascii(hangul);
}

/// The last such day that is not after `latest`.
std::optional<std::int64_t> last_day(std::int64_t month, std::int64_t day,
                                     std::int64_t latest) {
  auto this_year = std::stoll(text::format_utc(latest).substr(0, 4));
  auto at = midnight_of(this_year, month, day);
  return at && *at > latest ? midnight_of(this_year - 1, month, day) : at;
}

/// "2025年5月29日", "5월 29일".
std::optional<std::int64_t> from_signs(const std::vector<date_token>& tokens,
                                       std::optional<std::int64_t> latest) {
  for (std::size_t i = 1; i + 1 < tokens.size(); ++i) {
    if (!is_sign(tokens[i].word, "月", "월"))
      continue;
    auto month = tokens[i - 1].number;
    auto day = tokens[i + 1].number;
    if (i >= 3 && is_sign(tokens[i - 2].word, "年", "년"))
      return midnight_of(tokens[i - 3].number, month, day);
    return latest ? last_day(month, day, *latest) : std::nullopt;
  }
  return std::nullopt;
}

} // namespace

date_reading written_date(std::string_view folded,
                          const std::vector<date_token>& tokens,
                          std::optional<std::int64_t> latest,
                          date_order order) {
  if (auto at = from_month_name(folded, tokens))
    return {at, {}};
  auto read = from_numbers(folded, tokens, latest, order);
  return read.at || read.before ? read
                                : date_reading{from_signs(tokens, latest), {}};
}

std::optional<std::int64_t> day_of_year(const std::vector<date_token>& tokens,
                                        std::int64_t latest) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto month = month_of(tokens[i].word);
    auto before = i > 0 ? number_at(tokens, i - 1) : -1;
    auto day = before >= 0 ? before : number_at(tokens, i + 1);
    if (month > 0 && day > 0)
      return last_day(month, day, latest);
  }
  return std::nullopt;
}

} // namespace jobfarm::normalize
