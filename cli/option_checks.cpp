#include "cli/option_checks.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "cli/settings.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <vector>

namespace jobfarm::cli {

std::string refusal(const option& opt, std::string_view wanted,
                    std::string_view value) {
  std::string text = "--";
  text.append(opt.name).append(" takes ").append(wanted);
  return text.append(", not \"").append(value).append("\"");
}

std::optional<std::string>
one_of(const option& opt, std::string_view value,
       std::initializer_list<std::string_view> words) {
  if (std::find(words.begin(), words.end(), value) != words.end())
    return std::nullopt;
  std::string wanted;
  for (const auto* word = words.begin(); word != words.end(); ++word) {
    if (word != words.begin())
      wanted += word + 1 == words.end() ? " or " : ", ";
    wanted += *word;
  }
  return refusal(opt, wanted, value);
}

std::optional<std::string> within(const option& opt, std::string_view value,
                                  std::int64_t least, std::int64_t most) {
  std::int64_t number = 0;
  auto end = value.data() + value.size();
  auto read = std::from_chars(value.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end && number >= least
      && number <= most)
    return std::nullopt;
  return refusal(opt, std::to_string(least) + " to " + std::to_string(most),
                 value);
}

std::optional<std::string> share(const option& opt, std::string_view value) {
  auto number = parse_decimal(value);
  if (number && *number >= 0 && *number <= 1)
    return std::nullopt;
  return refusal(opt, "a number from 0 to 1", value);
}

std::optional<std::string> duration_with_unit(const option& opt,
                                              std::string_view value) {
  constexpr std::string_view units = "smhd";
  if (!value.empty() && units.find(value.back()) != units.npos)
    return std::nullopt;
  return refusal(opt, "a number with a unit, such as 90s, 30m, 24h or 7d",
                 value);
}

std::optional<std::string> web_address(const option& opt,
                                       std::string_view value) {
  auto begins = [&](std::string_view scheme) {
    return value.substr(0, scheme.size()) == scheme;
  };
  auto authority = text::authority_of(value);
  if ((begins("http://") || begins("https://")) && !authority.empty()
      && authority.front() != ':')
    return std::nullopt;
  return refusal(opt, "an http(s) URL", value);
}

std::optional<std::string> utc_time(const option& opt, std::string_view value) {
  if (value.empty() || text::parse_utc(value))
    return std::nullopt;
  return refusal(opt, "a time such as 2026-11-24T10:00:00Z", value);
}

std::optional<std::string> currency_code(const option& opt,
                                         std::string_view value) {
  std::string code{value};
  for (auto& c : code)
    c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  if (code.empty() || normalize::is_currency(code))
    return std::nullopt;
  return refusal(opt, "a code such as USD or EUR", value);
}

std::optional<std::string> source_list(const option&, std::string_view value) {
  for (const auto& name : split_commas({std::string{value}}))
    if (!sources::find_source(name))
      return unknown_source(name);
  return std::nullopt;
}

std::optional<std::string> header_text(const option& opt,
                                       std::string_view value) {
  auto is_visible = [](char c) { return c >= ' ' && c <= '~'; };
  if (value.find_first_not_of(' ') != value.npos
      && std::all_of(value.begin(), value.end(), is_visible))
    return std::nullopt;
  return refusal(opt, "one line of ASCII text", value);
}

std::string unknown_source(const std::string& name) {
  std::vector<std::string_view> names;
  for (const auto* one : sources::all_sources())
    names.push_back(one->traits.name);
  auto hint = nearest(name, names);
  return "unknown source \"" + name + '"'
         + (hint ? "; did you mean " + std::string{*hint} + '?'
                 : "; jobfarm sources lists them");
}

} // namespace jobfarm::cli
