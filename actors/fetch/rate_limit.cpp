#include "actors/fetch/rate_limit.hpp"

#include "actors/fetch/retry_after.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace jobfarm::fetch {

namespace {

std::string_view trimmed(std::string_view text) {
  return text::ascii_trim(text, " \t\"");
}

bool begins(std::string_view text, std::string_view with) {
  return text.substr(0, with.size()) == with;
}

/// A number at the beginning; `text` keeps what comes after it.
std::optional<double> take_number(std::string_view& text) {
  double value = 0;
  auto end = text.data() + text.size();
  auto read =
      std::from_chars(text.data(), end, value, std::chars_format::fixed);
  if (read.ec != std::errc{} || !std::isfinite(value) || value < 0)
    return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
  return value;
}

std::optional<double> whole_number(std::string_view text) {
  text = trimmed(text);
  auto value = take_number(text);
  // "100, 100;w=60": of a list the first.
  return value && (text.empty() || text[0] == ',' || text[0] == ';')
             ? value
             : std::nullopt;
}

/// "6m0s", "1.5s", "120ms", "1h2m": durations as Go writes them.
std::optional<double> go_duration_s(std::string_view text) {
  double seconds = 0;
  text = trimmed(text);
  if (text.empty())
    return std::nullopt;
  while (!text.empty()) {
    auto value = take_number(text);
    if (!value)
      return std::nullopt;
    auto unit = text.substr(
        0, std::min(text.find_first_of("0123456789."), text.size()));
    text.remove_prefix(unit.size());
    if (unit == "h")
      seconds += *value * 3600;
    else if (unit == "m")
      seconds += *value * 60;
    else if (unit == "s")
      seconds += *value;
    else if (unit == "ms")
      seconds += *value / 1000;
    else
      return std::nullopt;
  }
  return std::isfinite(seconds) ? std::optional{seconds} : std::nullopt;
}

/// A reset as seconds from now, seconds or milliseconds since 1970, a duration
/// or a date: vendors agree on the name only.
std::optional<double> reset_of(std::string_view text, std::int64_t now) {
  // No limit resets in thirty years; what looks like it is a point in time.
  constexpr double first_epoch_s = 1e9;
  constexpr double first_epoch_ms = 1e12;
  auto until = [now](double when) {
    return std::max(0.0, when - static_cast<double>(now));
  };
  if (auto number = whole_number(text)) {
    if (*number >= first_epoch_ms)
      return until(*number / 1000);
    return *number >= first_epoch_s ? until(*number) : *number;
  }
  if (auto duration = go_duration_s(text))
    return duration;
  if (auto date = parse_http_date(text))
    return until(static_cast<double>(*date));
  if (auto date = text::parse_utc(std::string{trimmed(text)}))
    return until(static_cast<double>(*date));
  return std::nullopt;
}

void least(std::optional<std::int64_t>& of, std::optional<double> other) {
  if (!other)
    return;
  auto count = static_cast<std::int64_t>(std::min(*other, 1e15));
  of = of ? std::min(*of, count) : count;
}

void longest(std::optional<double>& of, std::optional<double> other) {
  // An optional without a value is less than any with one.
  of = std::max(of, other);
}

/// `limit=100, remaining=0, reset=50` or `"default";r=0;t=50`.
void read_combined(std::string_view text, rate_limit& into) {
  while (!text.empty()) {
    auto end = std::min(text.find_first_of(",;"), text.size());
    auto part = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    auto equals = std::min(part.find('='), part.size());
    auto name = text::ascii_lower(trimmed(part.substr(0, equals)));
    auto value = part.substr(std::min(equals + 1, part.size()));
    if (name == "remaining" || name == "r")
      least(into.remaining, whole_number(value));
    else if (name == "reset" || name == "t")
      longest(into.reset_s, whole_number(value));
  }
}

} // namespace

rate_limit rate_limit_of(const std::vector<http_header>& headers,
                         std::int64_t now) {
  rate_limit read;
  for (const auto& header : headers) {
    auto name = text::ascii_lower(header.name);
    if (name == "retry-after-ms") {
      if (auto ms = whole_number(header.value))
        longest(read.reset_s, *ms / 1000);
      continue;
    }
    if (begins(name, "x-"))
      name.erase(0, 2);
    if (begins(name, "rate-limit"))
      name.erase(4, 1);
    if (name == "ratelimit")
      read_combined(header.value, read);
    else if (begins(name, "ratelimit-remaining"))
      least(read.remaining, whole_number(header.value));
    else if (begins(name, "ratelimit-reset"))
      longest(read.reset_s, reset_of(header.value, now));
  }
  return read;
}

std::optional<double> wait_asked_s(std::int32_t status,
                                   const std::vector<http_header>& headers,
                                   std::int64_t now) {
  auto asked = retry_after_s(headers, now);
  if (asked && *asked > 0)
    return asked;
  auto limit = rate_limit_of(headers, now);
  auto is_refused = status == 429 || status == 503 || limit.remaining == 0;
  if (is_refused && limit.reset_s)
    return limit.reset_s;
  return asked;
}

} // namespace jobfarm::fetch
