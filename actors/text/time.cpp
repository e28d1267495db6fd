#include "actors/text/time.hpp"

#include <algorithm>
#include <array>

namespace jobfarm::text {

namespace {

/// Days since 1970-01-01 of a date of the Gregorian calendar (Hinnant 2013,
/// "chrono-Compatible Low-Level Date Algorithms").
std::int64_t days_of(std::int64_t year, int month, int day) {
  year -= month <= 2;
  auto era = (year >= 0 ? year : year - 399) / 400;
  auto year_of_era = year - era * 400;
  auto day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  auto day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

struct date {
  std::int64_t year;
  int month;
  int day;
};

date date_of(std::int64_t days) {
  days += 719468;
  auto era = (days >= 0 ? days : days - 146096) / 146097;
  auto day_of_era = days - era * 146097;
  auto year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524
                      - day_of_era / 146096)
                     / 365;
  auto day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  auto shifted = (5 * day_of_year + 2) / 153;
  auto month = static_cast<int>(shifted < 10 ? shifted + 3 : shifted - 9);
  return {year_of_era + era * 400 + (month <= 2), month,
          static_cast<int>(day_of_year - (153 * shifted + 2) / 5 + 1)};
}

int days_in(std::int64_t year, int month) {
  constexpr std::array<int, 12> lengths = {31, 28, 31, 30, 31, 30,
                                           31, 31, 30, 31, 30, 31};
  auto is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && is_leap);
}

bool is_possible(std::int64_t year, int month, int day) {
  return year >= 1900 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
         && day <= days_in(year, month);
}

/// Takes digits off the front of a text.
class digit_reader {
public:
  explicit digit_reader(std::string_view text) : rest_(text) {
  }
  std::optional<int> take(std::size_t count) {
    if (rest_.size() < count)
      return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (rest_[i] < '0' || rest_[i] > '9')
        return std::nullopt;
      value = value * 10 + (rest_[i] - '0');
    }
    rest_.remove_prefix(count);
    return value;
  }
  bool skip(char c) {
    if (rest_.empty() || rest_[0] != c)
      return false;
    rest_.remove_prefix(1);
    return true;
  }
  std::string_view rest() const {
    return rest_;
  }

private:
  std::string_view rest_;
};

/// Seconds east of UTC, or nothing if the text is no zone.
std::optional<int> zone_of(digit_reader& in) {
  while (in.skip(' ')) {
  }
  if (in.rest().empty())
    return 0;
  if (in.skip('Z') || in.skip('z'))
    return in.rest().empty() ? std::optional{0} : std::nullopt;
  auto sign = in.skip('-') ? -1 : in.skip('+') ? 1 : 0;
  auto hours = in.take(2);
  in.skip(':');
  auto minutes = in.rest().empty() ? std::optional{0} : in.take(2);
  if (sign == 0 || !hours || !minutes || *hours > 14 || *minutes > 59
      || !in.rest().empty())
    return std::nullopt;
  return sign * (*hours * 3600 + *minutes * 60);
}

/// "hh:mm[:ss[.fraction]]" as seconds of the day.
std::optional<int> clock_of(digit_reader& in) {
  auto hours = in.take(2);
  if (!hours || !in.skip(':'))
    return std::nullopt;
  auto minutes = in.take(2);
  if (!minutes || *hours > 24 || *minutes > 59)
    return std::nullopt;
  int seconds = 0;
  if (in.skip(':')) {
    auto given = in.take(2);
    if (!given || *given > 60)
      return std::nullopt;
    seconds = *given;
    if (in.skip('.') || in.skip(','))
      while (in.take(1)) {
      }
  }
  return *hours * 3600 + *minutes * 60 + seconds;
}

/// Writes the digits of a number right before `end`.
void write_digits(char* end, int number) {
  for (; number > 0; number /= 10)
    *--end = static_cast<char>('0' + number % 10);
}

} // namespace

std::string format_utc(std::int64_t seconds) {
  auto days = seconds / 86400 - (seconds % 86400 < 0);
  auto of_day = static_cast<int>(seconds - days * 86400);
  auto at = date_of(days);
  std::string out = "0000-00-00T00:00:00Z";
  // RFC 3339 has no other years.
  write_digits(&out[4],
               static_cast<int>(std::clamp<std::int64_t>(at.year, 0, 9999)));
  write_digits(&out[7], at.month);
  write_digits(&out[10], at.day);
  write_digits(&out[13], of_day / 3600);
  write_digits(&out[16], of_day / 60 % 60);
  write_digits(&out[19], of_day % 60);
  return out;
}

std::int64_t months_before(std::int64_t seconds, int months) {
  constexpr std::int64_t day_s = 86400;
  auto days = seconds / day_s - (seconds % day_s < 0);
  auto at = date_of(days);
  auto month = at.year * 12 + (at.month - 1) - months;
  auto year = month / 12 - (month % 12 < 0);
  auto of_year = static_cast<int>(month - year * 12) + 1;
  auto day = std::min(at.day, days_in(year, of_year));
  return days_of(year, of_year, day) * day_s + (seconds - days * day_s);
}

std::optional<std::int64_t> parse_utc(std::string_view text) {
  while (!text.empty() && text.front() == ' ')
    text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ')
    text.remove_suffix(1);
  digit_reader in(text);
  auto year = in.take(4);
  auto separated = in.skip('-');
  auto month = in.take(2);
  if (separated && !in.skip('-'))
    return std::nullopt;
  auto day = in.take(2);
  if (!year || !month || !day || !is_possible(*year, *month, *day))
    return std::nullopt;
  auto midnight = days_of(*year, *month, *day) * 86400;
  if (in.rest().empty())
    return midnight;
  if (!in.skip('T') && !in.skip('t') && !in.skip(' '))
    return std::nullopt;
  auto clock = clock_of(in);
  auto zone = clock ? zone_of(in) : std::nullopt;
  if (!zone)
    return std::nullopt;
  return midnight + *clock - *zone;
}

} // namespace jobfarm::text
