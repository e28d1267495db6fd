#include "actors/normalize/dates.hpp"

#include "actors/normalize/date_ages.hpp"
#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <optional>
#include <vector>

namespace jobfarm::normalize {

namespace {

constexpr std::int64_t day_s = 86'400;

std::string midnight(std::int64_t seconds) {
  return text::format_utc(seconds - ((seconds % day_s) + day_s) % day_s);
}

std::optional<std::int64_t> number_at(std::string_view text, std::size_t at) {
  std::int64_t value = 0;
  auto parsed =
      std::from_chars(text.data() + at, text.data() + text.size(), value);
  return parsed.ec == std::errc{} ? std::optional{value} : std::nullopt;
}

/// Ten digits are seconds, thirteen milliseconds.
std::optional<std::int64_t> from_epoch(std::string_view text) {
  auto is_number =
      !text.empty() && text.find_first_not_of("0123456789.") == text.npos;
  auto value = is_number ? number_at(text, 0) : std::nullopt;
  if (!value || *value < 100'000'000)
    return std::nullopt;
  return *value >= 100'000'000'000 ? *value / 1000 : *value;
}

int month_of(std::string_view word) {
  constexpr std::string_view names[12][7] = {
      {"jan", "ene", "gen", "sty", "янв", "janv"},
      {"feb", "fev", "fevr", "lut", "фев", "febr"},
      {"mar", "mrz", "marz", "maa", "mars", "мар"},
      {"apr", "avr", "abr", "kwi", "апр", "avril"},
      {"may", "mai", "mag", "maj", "mei", "маи", "мая"},
      {"jun", "juin", "giu", "cze", "июн", "juni"},
      {"jul", "juil", "lug", "lip", "июл", "juli"},
      {"aug", "aou", "ago", "sie", "авг", "aout"},
      {"sep", "set", "wrz", "сен", "sept", "szept"},
      {"oct", "okt", "ott", "out", "paz", "окт"},
      {"nov", "lis", "ноя", "novem", "nove", "listop"},
      {"dec", "dez", "dic", "gru", "дек", "des"},
  };
  for (int month = 0; month < 12; ++month)
    for (auto name : names[month])
      if (!name.empty() && word.substr(0, name.size()) == name)
        return month + 1;
  return 0;
}

std::optional<std::int64_t> utc(std::int64_t year, int month, int day,
                                int hour = 0, int minute = 0, int second = 0) {
  char text[64];
  std::snprintf(text, sizeof text, "%04lld-%02d-%02dT%02d:%02d:%02dZ",
                static_cast<long long>(year), month, day, hour, minute, second);
  return text::parse_utc(text);
}

/// Words and numbers of a text, in order; separators are dropped.
std::vector<date_token> tokens_of(std::string_view folded) {
  std::vector<date_token> tokens;
  for (std::size_t at = 0; at < folded.size() && tokens.size() < 16;) {
    auto c = folded[at];
    auto is_digit = c >= '0' && c <= '9';
    auto is_word =
        (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    if (!is_digit && !is_word) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < folded.size()
           && (is_digit
                   ? folded[end] >= '0' && folded[end] <= '9'
                   : (folded[end] >= 'a' && folded[end] <= 'z')
                         || static_cast<unsigned char>(folded[end]) >= 0x80))
      ++end;
    date_token token;
    if (is_digit)
      token.number = number_at(folded.substr(0, end), at).value_or(-1);
    else
      token.word = folded.substr(at, end - at);
    at = end;
    // "15 de marzo de 2025", "29th of May", "1er juin"
    auto is_noise = false;
    for (std::string_view word :
         {"de", "of", "the", "st", "nd", "rd", "th", "er", "del", "den"})
      is_noise = is_noise || token.word == word;
    if (!is_noise)
      tokens.push_back(std::move(token));
  }
  return tokens;
}

/// "Fri, 26 Mar 2021 06:30:11 GMT", "May 29, 2025", "29. Mai 2025".
std::optional<std::int64_t>
from_month_name(const std::vector<date_token>& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    auto month = tokens[i].word.size() >= 3 ? month_of(tokens[i].word) : 0;
    if (month == 0)
      continue;
    auto number = [&](std::size_t at) {
      return at < tokens.size() ? tokens[at].number : -1;
    };
    auto day_first = i > 0 && number(i - 1) >= 1 && number(i - 1) <= 31;
    auto day = day_first ? number(i - 1) : number(i + 1);
    auto year_at = day_first ? i + 1 : i + 2;
    auto year = number(year_at);
    if (day < 1 || day > 31 || year < 1900)
      continue;
    auto hour = number(year_at + 1);
    auto minute = number(year_at + 2);
    auto second = number(year_at + 3);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
      hour = minute = second = 0;
    return utc(year, month, static_cast<int>(day), static_cast<int>(hour),
               static_cast<int>(minute),
               static_cast<int>(std::clamp<std::int64_t>(second, 0, 59)));
  }
  return std::nullopt;
}

/// The clock behind a date's three numbers, in seconds; 0 if there is none.
int clock_behind(std::string_view folded,
                 const std::vector<date_token>& tokens) {
  auto number = [&](std::size_t at, std::int64_t most) {
    auto value = at < tokens.size() ? tokens[at].number : -1;
    return value <= most ? static_cast<int>(value) : -1;
  };
  auto hour = number(3, 23);
  auto minute = number(4, 59);
  if (hour < 0 || minute < 0)
    return 0;
  if (folded.find("pm") != folded.npos && hour < 12)
    hour += 12;
  if (folded.find("am") != folded.npos && hour == 12)
    hour = 0;
  return hour * 3600 + minute * 60 + std::max(0, number(5, 59));
}

/// "11/20/2019 08:55:24 AM" month first by custom, "20/11/2019" day first by
/// necessity, "20.11.2019" day first by custom, "2019/11/20" year first.
std::optional<std::int64_t>
from_numbers(std::string_view folded, const std::vector<date_token>& tokens) {
  if (tokens.size() < 3 || tokens[1].number < 0)
    return std::nullopt;
  auto a = tokens[0].number;
  auto b = tokens[1].number;
  auto c = tokens[2].number;
  if (a < 1900 && c < 1900)
    return std::nullopt;
  auto dotted = folded.find('.') < folded.find('/');
  auto day_first = dotted || a > 12;
  auto year = a >= 1900 ? a : c;
  auto day = a >= 1900 ? c : day_first ? a : b;
  auto month = a >= 1900 ? b : day_first ? b : a;
  if (day < 1 || day > 31 || month < 1 || month > 12)
    return std::nullopt;
  auto at = utc(year, static_cast<int>(month), static_cast<int>(day));
  return at ? std::optional{*at + clock_behind(folded, tokens)} : std::nullopt;
}

/// "2025年5月29日", "2025년 5월 29일".
std::optional<std::int64_t> from_units(const std::vector<date_token>& tokens) {
  static const auto korean_year = text::fold_ascii("년");
  if (tokens.size() < 5 || tokens[0].number < 1900
      || (tokens[1].word != "年" && tokens[1].word != korean_year))
    return std::nullopt;
  auto month = tokens[2].number;
  auto day = tokens[4].number;
  if (month < 1 || month > 12 || day < 1 || day > 31)
    return std::nullopt;
  return utc(tokens[0].number, static_cast<int>(month), static_cast<int>(day));
}

posted_date from_age(const posting_age& old, std::int64_t fetched) {
  posted_date date;
  auto at = fetched - old.seconds;
  if (old.at_least)
    date.before = midnight(at);
  else
    date.at = old.seconds < day_s && old.seconds > 0 ? text::format_utc(at)
                                                     : midnight(at);
  return date;
}

} // namespace

posted_date parse_posted(std::string_view given, std::string_view fetched_at) {
  constexpr std::size_t longest = 200;
  auto trimmed = text::collapse_space(given.substr(0, longest));
  if (trimmed.empty())
    return {};
  auto fetched = text::parse_utc(fetched_at);
  auto at = text::parse_utc(trimmed);
  if (!at)
    at = from_epoch(trimmed);
  if (!at) {
    auto folded = text::fold_ascii(trimmed);
    auto tokens = tokens_of(folded);
    at = from_month_name(tokens);
    if (!at)
      at = from_numbers(folded, tokens);
    if (!at)
      at = from_units(tokens);
    if (!at && fetched)
      if (auto old = age_in(folded, tokens))
        return from_age(*old, *fetched);
  }
  if (!at || (fetched && *at > *fetched + day_s))
    return {};
  return {text::format_utc(*at), {}};
}

} // namespace jobfarm::normalize
