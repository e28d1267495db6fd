#include "actors/normalize/dates.hpp"

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

struct unit_word {
  std::string_view stem;
  std::int64_t seconds;
};

/// Stems of time units, folded without diacritics; a word begins with one.
constexpr unit_word units[] = {
    {"second", 1},         {"sec", 1},
    {"sekund", 1},         {"segundo", 1},
    {"minut", 60},         {"min", 60},
    {"hour", 3600},        {"hr", 3600},
    {"stund", 3600},       {"heure", 3600},
    {"hora", 3600},        {"ore", 3600},
    {"ora", 3600},         {"uur", 3600},
    {"uren", 3600},        {"godzin", 3600},
    {"timm", 3600},        {"час", 3600},
    {"day", day_s},        {"tag", day_s},
    {"jour", day_s},       {"dia", day_s},
    {"giorn", day_s},      {"dag", day_s},
    {"dni", day_s},        {"dzien", day_s},
    {"dnu", day_s},        {"дн", day_s},
    {"ден", day_s},        {"nap", day_s},
    {"zile", day_s},       {"gun", day_s},
    {"paiva", day_s},      {"week", 7 * day_s},
    {"woche", 7 * day_s},  {"semaine", 7 * day_s},
    {"semana", 7 * day_s}, {"settiman", 7 * day_s},
    {"weken", 7 * day_s},  {"tydzien", 7 * day_s},
    {"tygodn", 7 * day_s}, {"veck", 7 * day_s},
    {"недел", 7 * day_s},  {"month", 30 * day_s},
    {"monat", 30 * day_s}, {"mois", 30 * day_s},
    {"mes", 30 * day_s},   {"maand", 30 * day_s},
    {"miesi", 30 * day_s}, {"manad", 30 * day_s},
    {"месяц", 30 * day_s}, {"year", 365 * day_s},
    {"jahr", 365 * day_s}, {"ans", 365 * day_s},
    {"ano", 365 * day_s},  {"jaar", 365 * day_s},
    {"rok", 365 * day_s},  {"日", day_s},
    {"天", day_s},         {"小时", 3600},
    {"時間", 3600},        {"周", 7 * day_s},
    {"週間", 7 * day_s},   {"个月", 30 * day_s},
    {"か月", 30 * day_s},  {"일", day_s},
};

/// Words for an age without a number, in days.
constexpr unit_word ages[] = {
    {"just posted", 0}, {"just now", 0}, {"today", 0},   {"heute", 0},
    {"aujourd", 0},     {"hoy", 0},      {"hoje", 0},    {"oggi", 0},
    {"vandaag", 0},     {"dzis", 0},     {"idag", 0},    {"сегодня", 0},
    {"今天", 0},        {"今日", 0},     {"new", 0},     {"few hours", 0},
    {"a l'instant", 0}, {"gerade", 0},   {"recien", 0},  {"yesterday", 1},
    {"gestern", 1},     {"hier", 1},     {"ayer", 1},    {"ontem", 1},
    {"ieri", 1},        {"gisteren", 1}, {"wczoraj", 1}, {"igar", 1},
    {"вчера", 1},       {"昨天", 1},     {"昨日", 1},
};

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
  constexpr std::string_view names[12][6] = {
      {"jan", "ene", "gen", "sty", "янв", "janv"},
      {"feb", "fev", "fevr", "lut", "фев", "febr"},
      {"mar", "mrz", "marz", "maa", "mars", "мар"},
      {"apr", "avr", "abr", "kwi", "апр", "avril"},
      {"may", "mai", "mag", "maj", "mei", "май"},
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
struct date_token {
  std::string word;
  std::int64_t number = -1;
};

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
    // "15 de marzo de 2025", "29th of May"
    if (token.word != "de" && token.word != "of" && token.word != "the")
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

/// "11/20/2019 08:55:24 AM" month first by custom, "20/11/2019" day first by
/// necessity, "20.11.2019" day first by custom.
std::optional<std::int64_t>
from_numbers(std::string_view folded, const std::vector<date_token>& tokens) {
  if (tokens.size() < 3 || tokens[2].number < 1900)
    return std::nullopt;
  auto a = tokens[0].number;
  auto b = tokens[1].number;
  auto dotted = folded.find('.') < folded.find('/');
  auto day_first = dotted || a > 12;
  auto day = day_first ? a : b;
  auto month = day_first ? b : a;
  if (day < 1 || day > 31 || month < 1 || month > 12)
    return std::nullopt;
  std::int64_t hour = tokens.size() > 4 ? tokens[3].number : 0;
  std::int64_t minute = tokens.size() > 4 ? tokens[4].number : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59)
    hour = minute = 0;
  auto is_pm = folded.find("pm") != folded.npos;
  if (is_pm && hour < 12)
    hour += 12;
  return utc(tokens[2].number, static_cast<int>(month), static_cast<int>(day),
             static_cast<int>(hour), static_cast<int>(minute));
}

std::int64_t unit_of(std::string_view word) {
  for (const auto& one : units)
    if (word.substr(0, one.stem.size()) == one.stem)
      return one.seconds;
  return 0;
}

/// How old a relative text says a posting is; a `+` makes it a bound.
struct age {
  std::int64_t seconds = 0;
  bool at_least = false;
};

std::optional<age> age_in(std::string_view folded,
                          const std::vector<date_token>& tokens) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    auto count = tokens[i].number;
    auto is_one = tokens[i].word == "a" || tokens[i].word == "an"
                  || tokens[i].word == "une" || tokens[i].word == "un"
                  || tokens[i].word == "una" || tokens[i].word == "einem"
                  || tokens[i].word == "einer" || tokens[i].word == "um";
    if (is_one)
      count = 1;
    auto unit = unit_of(tokens[i + 1].word);
    // Short units may touch their number: "3d", "5h".
    if (unit == 0 && count >= 0 && tokens[i + 1].word.size() == 1)
      unit = tokens[i + 1].word == "d"   ? day_s
             : tokens[i + 1].word == "h" ? 3600
             : tokens[i + 1].word == "w" ? 7 * day_s
                                         : 0;
    if (count >= 0 && count < 10'000 && unit > 0)
      return age{count * unit, folded.find('+') != folded.npos
                                   || folded.find("more than") != folded.npos
                                   || folded.find("over ") != folded.npos
                                   || folded.find("mehr als") != folded.npos
                                   || folded.find("plus de") != folded.npos};
  }
  for (const auto& one : ages)
    if (folded.find(one.stem) != folded.npos)
      return age{one.seconds * day_s, false};
  return std::nullopt;
}

posted_date from_age(const age& old, std::int64_t fetched) {
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
  auto folded = text::fold_ascii(trimmed);
  auto tokens = tokens_of(folded);
  if (!at)
    at = from_month_name(tokens);
  if (!at)
    at = from_numbers(folded, tokens);
  if (!at && fetched)
    if (auto old = age_in(folded, tokens))
      return from_age(*old, *fetched);
  if (!at || (fetched && *at > *fetched + day_s))
    return {};
  return {text::format_utc(*at), {}};
}

} // namespace jobfarm::normalize
