#include "actors/normalize/dates.hpp"

#include "actors/normalize/date_ages.hpp"
#include "actors/normalize/date_forms.hpp"
#include "actors/normalize/date_spans.hpp"
#include "actors/normalize/date_words.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

namespace jobfarm::normalize {

namespace {

using date_words::day_s;

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

/// ISO 8601 behind a label, before a zone in words: "Posted on
/// 2026-11-15T08:30:00 UTC".
std::optional<std::int64_t> from_iso(std::string_view text) {
  auto begin = text.find_first_of("0123456789");
  if (begin == text.npos)
    return std::nullopt;
  text.remove_prefix(begin);
  for (std::string_view zone : {" UTC", " GMT"})
    if (text.size() > zone.size()
        && text.substr(text.size() - zone.size()) == zone)
      text.remove_suffix(zone.size());
  return text::parse_utc(text);
}

/// The digits of Arabic and Persian as those of ASCII.
std::string with_ascii_digits(std::string text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto lead = static_cast<unsigned char>(text[at]);
    auto trail =
        at + 1 < text.size() ? static_cast<unsigned char>(text[at + 1]) : 0;
    auto is_arabic = lead == 0xD9 && trail >= 0xA0 && trail <= 0xA9;
    auto is_persian = lead == 0xDB && trail >= 0xB0 && trail <= 0xB9;
    if (is_arabic || is_persian) {
      out += static_cast<char>('0' + trail % 16);
      ++at;
    } else {
      out += text[at];
    }
  }
  return out;
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

/// The part of a text that speaks of when a job was posted: "Posted 5 days ago,
/// updated today" without its end. Empty if it speaks of another date only.
std::string_view posting_part(std::string_view folded) {
  constexpr auto posted = true;
  static const text::phrase_table<bool> labels(
      {text::phrase_group<bool>{posted, date_words::posted_labels},
       text::phrase_group<bool>{!posted, date_words::other_labels}});
  constexpr auto none = std::string_view::npos;
  auto begin = none;
  auto other_before = none;
  auto end = none;
  labels.scanner().scan(folded, [&](const text::phrase_hit& one) {
    if (labels.kind(one) == posted)
      begin = std::min(begin, one.begin);
    else if (begin == none)
      other_before = one.begin;
    else
      end = std::min(end, one.begin);
  });
  if (other_before == none)
    return folded.substr(0, end);
  // "2 days ago, updated today"
  auto apart = folded.substr(0, other_before).find_last_not_of(' ');
  if (begin == none && apart != none
      && std::string_view{",;(|"}.find(folded[apart]) != none)
    return folded.substr(0, apart);
  return begin == none ? std::string_view{} : folded.substr(begin, end - begin);
}

/// The age that a text states. What stands beside it, "• Over 100 applicants",
/// is no part of it.
std::optional<posting_age> stated_age(std::string_view part,
                                      const std::vector<date_token>& tokens) {
  // "1 week ago Over 200 applicants"
  constexpr std::string_view ago = " ago ";
  if (auto at = part.find(ago); at != part.npos) {
    auto head = part.substr(0, at + ago.size() - 1);
    if (auto age = age_in(head, tokens_of(head)))
      return age;
  }
  auto whole = age_in(part, tokens);
  if (!whole || !whole->at_least)
    return whole;
  for (std::string_view mark : {"\u2022", "\u00b7", "|"})
    if (auto at = part.find(mark); at != part.npos)
      for (auto piece : {part.substr(0, at), part.substr(at + mark.size())})
        if (auto age = age_in(piece, tokens_of(piece)); age && !age->at_least)
          return age;
  return whole;
}

posted_date from_age(const posting_age& old, std::int64_t fetched) {
  posted_date date;
  auto at = text::months_before(fetched, old.months) - old.seconds;
  auto has_clock = old.months == 0 && old.seconds < day_s && old.seconds > 0;
  if (old.at_least)
    date.before = midnight(at);
  else
    date.at = has_clock ? text::format_utc(at) : midnight(at);
  return date;
}

} // namespace

std::optional<std::int64_t> exact_time(std::string_view text) {
  auto at = text::parse_utc(text);
  return at ? at : from_epoch(text);
}

posted_date parse_posted(std::string_view given, std::string_view fetched_at,
                         date_order order) {
  constexpr std::size_t longest = 200;
  auto trimmed = text::collapse_space(given.substr(0, longest));
  if (trimmed.empty())
    return {};
  auto fetched = text::parse_utc(fetched_at);
  auto latest = fetched ? std::optional{*fetched + day_s} : std::nullopt;
  auto at = exact_time(trimmed);
  if (!at) {
    auto folded = with_ascii_digits(text::fold_ascii(trimmed));
    auto part = posting_part(folded);
    auto tokens = tokens_of(part);
    if (part.size() == folded.size())
      at = from_iso(trimmed);
    if (!at) {
      auto written = written_date(part, tokens, latest, order);
      if (written.before && !(latest && *written.before > *latest))
        return {{}, text::format_utc(*written.before)};
      at = written.at;
    }
    if (!at && fetched)
      if (auto old = stated_age(part, tokens))
        return from_age(*old, *fetched);
    if (!at && fetched)
      at = day_of_year(tokens, *latest);
    if (!at && fetched)
      if (auto day = named_weekday(tokens, *fetched)) {
        auto named = midnight(day->seconds);
        return day->is_bound ? posted_date{{}, named} : posted_date{named, {}};
      }
    if (!at && fetched)
      if (auto end = end_of_last_span(part, *fetched))
        return {{}, midnight(*end)};
  }
  if (!at || (latest && *at > *latest))
    return {};
  return {text::format_utc(*at), {}};
}

} // namespace jobfarm::normalize
