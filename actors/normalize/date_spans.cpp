#include "actors/normalize/date_spans.hpp"

#include "actors/normalize/date_words.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/time.hpp"

#include <functional>
#include <map>
#include <string>

namespace jobfarm::normalize {

namespace {

using date_words::day_s;

constexpr std::int64_t days_a_week = 7;

std::int64_t days_of(std::int64_t seconds) {
  auto days = seconds / day_s;
  return seconds % day_s < 0 ? days - 1 : days;
}

/// Monday is 0. 1970-01-01 was a Thursday.
std::int64_t weekday_of(std::int64_t days) {
  constexpr std::int64_t thursday = 3;
  return ((days + thursday) % days_a_week + days_a_week) % days_a_week;
}

void add_words(std::map<std::string, int, std::less<>>& words,
               std::string_view list, int value) {
  text::for_each_phrase(
      list, [&](std::string_view word) { words.emplace(word, value); });
}

enum class span { week, month, year };

/// Seconds of midnight on the day before the first one of this week, month or
/// year. Weeks begin on Monday (ISO 8601).
std::int64_t last_day_before(span part, std::int64_t fetched) {
  auto days = days_of(fetched);
  if (part == span::week)
    return (days - weekday_of(days) - 1) * day_s;
  auto first = text::format_utc(fetched).substr(0, 10); // YYYY-MM-DD
  first.replace(8, 2, "01");
  if (part == span::year)
    first.replace(5, 2, "01");
  return *text::parse_utc(first) - day_s;
}

} // namespace

std::optional<named_day> named_weekday(const std::vector<date_token>& tokens,
                                       std::int64_t fetched) {
  enum : int { past = 7, beside };
  static const auto words = [] {
    std::map<std::string, int, std::less<>> made;
    for (const auto& row : date_words::weekdays)
      add_words(made, row.words, row.value);
    add_words(made, date_words::past_words, past);
    add_words(made, date_words::weekday_neighbours, beside);
    return made;
  }();
  std::optional<int> weekday;
  named_day day;
  for (const auto& one : tokens) {
    auto known = words.find(one.word);
    auto is_name = known != words.end() && known->second < past;
    if (is_name ? weekday.has_value() : known == words.end() && !weekday)
      return std::nullopt;
    if (is_name)
      weekday = known->second;
    else if (known != words.end() && known->second == past)
      day.is_bound = true;
  }
  auto today = days_of(fetched);
  if (!weekday || *weekday == weekday_of(today))
    return std::nullopt;
  auto back = (weekday_of(today) - *weekday + days_a_week) % days_a_week;
  day.seconds = (today - back) * day_s;
  return day;
}

std::optional<std::int64_t> end_of_last_span(std::string_view folded,
                                             std::int64_t fetched) {
  static const text::phrase_table<span> table({
      {span::week, date_words::last_week},
      {span::month, date_words::last_month},
      {span::year, date_words::last_year},
  });
  static const text::phrase_table<int> wide(
      {text::phrase_group<int>{0, date_words::wide_spans}});
  std::optional<span> named;
  table.scanner().scan(
      folded, [&](const text::phrase_hit& one) { named = table.kind(one); });
  wide.scanner().scan(folded, [&](const text::phrase_hit&) { named.reset(); });
  if (!named)
    return std::nullopt;
  return last_day_before(*named, fetched);
}

} // namespace jobfarm::normalize
