#include "actors/fetch/retry_after.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <string>

namespace jobfarm::fetch {

namespace {

int month_of(std::string_view name) {
  constexpr std::array<std::string_view, 12> names = {
      "Jan", "Feb", "Mar", "Apr", "May", "Jun",
      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? 0 : static_cast<int>(found - names.begin()) + 1;
}

std::optional<std::int64_t> utc(int year, std::string_view month, int day,
                                int hour, int minute, int second) {
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02d-%02dT%02d:%02d:%02dZ", year,
                month_of(month), day, hour, minute, second);
  return text::parse_utc(text);
}

} // namespace

std::optional<std::int64_t> parse_http_date(std::string_view given) {
  std::string text{text::ascii_trim(given).substr(0, 64)};
  char month[4] = "";
  int day = 0, year = 0, hour = 0, minute = 0, second = 0;
  const auto* begin = text.c_str();
  if (std::sscanf(begin, "%*3[A-Za-z], %2d %3[A-Za-z] %4d %2d:%2d:%2d GMT",
                  &day, month, &year, &hour, &minute, &second)
      == 6)
    return utc(year, month, day, hour, minute, second);
  if (std::sscanf(begin, "%*9[A-Za-z], %2d-%3[A-Za-z]-%2d %2d:%2d:%2d GMT",
                  &day, month, &year, &hour, &minute, &second)
      == 6)
    return utc(year + (year < 70 ? 2000 : 1900), month, day, hour, minute,
               second);
  if (std::sscanf(begin, "%*3[A-Za-z] %3[A-Za-z] %2d %2d:%2d:%2d %4d", month,
                  &day, &hour, &minute, &second, &year)
      == 6)
    return utc(year, month, day, hour, minute, second);
  return std::nullopt;
}

std::optional<double> retry_after_s(const std::vector<http_header>& headers,
                                    std::int64_t now) {
  auto found =
      std::find_if(headers.begin(), headers.end(), [](const http_header& one) {
        return text::ascii_equal(one.name, "retry-after");
      });
  if (found == headers.end())
    return std::nullopt;
  auto text = text::ascii_trim(found->value);
  double seconds = 0;
  auto end = text.data() + text.size();
  auto parsed =
      std::from_chars(text.data(), end, seconds, std::chars_format::fixed);
  if (!text.empty() && parsed.ec == std::errc{} && parsed.ptr == end)
    return seconds >= 0 && std::isfinite(seconds) ? std::optional{seconds}
                                                  : std::nullopt;
  if (auto date = parse_http_date(text))
    return std::max<double>(0, static_cast<double>(*date - now));
  return std::nullopt;
}

} // namespace jobfarm::fetch
