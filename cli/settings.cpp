#include "cli/settings.hpp"

#include "actors/watch/log.hpp"
#include "cli/option_checks.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <numeric>

namespace jobfarm::cli {

namespace {

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t value = 0;
  auto end = text.data() + text.size();
  auto parsed = std::from_chars(text.data(), end, value);
  if (parsed.ec != std::errc{} || parsed.ptr != end)
    return std::nullopt;
  return value;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto replaced = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// Splits at those commas for which `separates` holds of the text after them;
/// empty parts are left out.
template <class Predicate>
std::vector<std::string> split_at(const std::vector<std::string>& values,
                                  Predicate separates) {
  std::vector<std::string> parts;
  for (std::string_view value : values)
    for (std::size_t begin = 0, end = 0; end <= value.size(); ++end) {
      if (end < value.size()
          && (value[end] != ',' || !separates(value.substr(end + 1))))
        continue;
      if (auto part = trimmed(value.substr(begin, end - begin)); !part.empty())
        parts.emplace_back(part);
      begin = end + 1;
    }
  return parts;
}

bool fits(value_kind kind, std::string_view value) {
  switch (kind) {
    case value_kind::count: {
      auto n = parse_whole(value);
      return n && *n >= 0;
    }
    case value_kind::number: {
      auto n = parse_decimal(value);
      return n && *n >= 0 && *n < 1e15;
    }
    case value_kind::duration: return parse_duration(value).has_value();
    case value_kind::flag: return value == "true" || value == "false";
    case value_kind::level:
      return from_string<watch::log_level>(value).has_value();
    default: return true;
  }
}

std::string_view wanted(value_kind kind) {
  switch (kind) {
    case value_kind::count: return "a whole number, 0 or more";
    case value_kind::number: return "a number, 0 or more";
    case value_kind::duration: return "a duration such as 30s, 5m, 2h or 7d";
    case value_kind::flag: return "true or false";
    case value_kind::level: return "trace, debug, info, warn, error or off";
    default: return "text";
  }
}

} // namespace

void settings::offer(std::string_view name, setting value) {
  values_.emplace(name, std::move(value));
}

bool settings::has(std::string_view name) const {
  return values_.find(name) != values_.end();
}

bool settings::flag(std::string_view name) const {
  return text(name) == "true";
}

std::string settings::text(std::string_view name) const {
  auto found = values_.find(name);
  return found == values_.end() || found->second.values.empty()
             ? std::string{}
             : found->second.values.back();
}

std::vector<std::string> settings::list(std::string_view name) const {
  return split_commas(each(name));
}

std::vector<std::string> settings::names(std::string_view name) const {
  return split_names(each(name));
}

std::vector<std::string> settings::each(std::string_view name) const {
  auto found = values_.find(name);
  return found == values_.end() ? std::vector<std::string>{}
                                : found->second.values;
}

std::optional<std::int64_t> settings::count(std::string_view name) const {
  return parse_whole(text(name));
}

std::optional<double> settings::number(std::string_view name) const {
  return parse_decimal(text(name));
}

std::optional<std::chrono::seconds>
settings::duration(std::string_view name) const {
  return parse_duration(text(name));
}

std::optional<double> parse_decimal(std::string_view text) {
  double value = 0;
  auto end = text.data() + text.size();
  auto parsed =
      std::from_chars(text.data(), end, value, std::chars_format::fixed);
  // "inf" and "nan" are numbers to from_chars.
  if (parsed.ec != std::errc{} || parsed.ptr != end || !std::isfinite(value))
    return std::nullopt;
  return value;
}

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  constexpr std::int64_t most = 100LL * 365 * 86400;
  std::int64_t unit = 1;
  if (!text.empty()) {
    switch (text.back()) {
      case 's': unit = 1; break;
      case 'm': unit = 60; break;
      case 'h': unit = 3600; break;
      case 'd': unit = 86400; break;
      default: unit = 0; break;
    }
    if (unit != 0)
      text.remove_suffix(1);
    else
      unit = 1;
  }
  auto n = parse_whole(text);
  if (!n || *n < 0 || *n > most / unit)
    return std::nullopt;
  return std::chrono::seconds{*n * unit};
}

std::vector<std::string> split_commas(const std::vector<std::string>& values) {
  return split_at(values, [](std::string_view) { return true; });
}

std::vector<std::string> split_names(const std::vector<std::string>& values) {
  return split_at(values, [](std::string_view after) {
    return after.empty() || after.front() != ' ';
  });
}

std::optional<std::string> misfit(const option& opt,
                                  const std::vector<std::string>& values) {
  for (const auto& value : values) {
    if (!fits(opt.kind, value))
      return refusal(opt, wanted(opt.kind), value);
    if (auto problem = opt.problem ? opt.problem(opt, value) : std::nullopt)
      return problem;
  }
  return std::nullopt;
}

std::optional<std::string_view>
nearest(std::string_view word, const std::vector<std::string_view>& words) {
  std::optional<std::string_view> best;
  std::size_t least = 3;
  for (auto candidate : words) {
    auto distance = edit_distance(word, candidate);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

} // namespace jobfarm::cli
