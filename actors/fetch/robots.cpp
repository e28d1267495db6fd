#include "actors/fetch/robots.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/percent.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>

namespace jobfarm::fetch {

namespace {

constexpr std::size_t most_bytes = 500u << 10;
/// Longer paths come from nobody who means well.
constexpr std::size_t most_path_bytes = 8u << 10;

/// RFC 9309 2.2.1: letters, `_` and `-`.
std::string_view product_token(std::string_view agent) {
  auto is_token = [](char c) {
    auto lower = text::ascii_lower(c);
    return (lower >= 'a' && lower <= 'z') || c == '-' || c == '_';
  };
  auto end = std::find_if_not(agent.begin(), agent.end(), is_token);
  return agent.substr(0, static_cast<std::size_t>(end - agent.begin()));
}

/// RFC 9309 2.2.2: octets outside US-ASCII and reserved ones are compared
/// percent-encoded, unreserved ones as they are.
std::string normalised(std::string_view path) {
  return text::normal_encoding(
      path, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Path, parameters and query of a URL; "/" if it has none.
std::string_view path_of(std::string_view url) {
  auto scheme = url.find("://");
  auto authority = scheme == url.npos
                       ? (url.substr(0, 2) == "//" ? std::size_t{2} : 0)
                       : scheme + 3;
  auto begin = url[0] == '/' && url.substr(0, 2) != "//"
                   ? 0
                   : url.find_first_of("/?;#", authority);
  if (begin == url.npos)
    return "/";
  auto path = url.substr(begin);
  return path.substr(0, path.find('#'));
}

/// Moves `path` past the first `piece` in it; false if there is none. Linear
/// in both, whatever they are.
bool skip_past(std::string_view& path, std::string_view piece) {
  const void* found =
      ::memmem(path.data(), path.size(), piece.data(), piece.size());
  if (found == nullptr)
    return false;
  auto at =
      static_cast<std::size_t>(static_cast<const char*>(found) - path.data());
  path.remove_prefix(at + piece.size());
  return true;
}

/// Whether a pattern with `*` (any run) and a final `$` (the end) matches the
/// begin of `path`: each piece between stars where it first is.
bool matches(std::string_view pattern, std::string_view path) {
  auto anchored = !pattern.empty() && pattern.back() == '$';
  if (anchored)
    pattern.remove_suffix(1);
  auto star = pattern.find('*');
  auto first = pattern.substr(0, star);
  if (path.substr(0, first.size()) != first)
    return false;
  path.remove_prefix(first.size());
  if (star == pattern.npos)
    return !anchored || path.empty();
  pattern.remove_prefix(star + 1);
  for (; (star = pattern.find('*')) != pattern.npos;
       pattern.remove_prefix(star + 1))
    if (!skip_past(path, pattern.substr(0, star)))
      return false;
  if (!anchored)
    return skip_past(path, pattern);
  return path.size() >= pattern.size()
         && path.substr(path.size() - pattern.size()) == pattern;
}

enum class line_kind { agent, allow, disallow, delay, sitemap, other };

struct robots_line {
  line_kind kind = line_kind::other;
  std::string_view value;
};

/// A key and its value; `:` may be missing (RFC 9309 2.2, erroneous input).
robots_line read_line(std::string_view line) {
  line = text::ascii_trim(line.substr(0, line.find('#')));
  auto colon = line.find(':');
  auto blank = line.find_first_of(" \t");
  auto end = colon != line.npos ? colon : blank;
  if (end == line.npos)
    return {};
  auto key = text::ascii_trim(line.substr(0, end));
  auto value = text::ascii_trim(line.substr(end + 1));
  // Misspellings that common parsers forgive, in the site's favour.
  constexpr std::pair<std::string_view, line_kind> keys[] = {
      {"user-agent", line_kind::agent},  {"useragent", line_kind::agent},
      {"user agent", line_kind::agent},  {"allow", line_kind::allow},
      {"disallow", line_kind::disallow}, {"dissallow", line_kind::disallow},
      {"dissalow", line_kind::disallow}, {"disalow", line_kind::disallow},
      {"diasllow", line_kind::disallow}, {"disallaw", line_kind::disallow},
      {"crawl-delay", line_kind::delay}, {"sitemap", line_kind::sitemap},
      {"site-map", line_kind::sitemap}};
  for (const auto& [name, kind] : keys)
    if (text::ascii_equal(key, name))
      return {kind, value};
  return {line_kind::other, value};
}

} // namespace

robots_rules::robots_rules(std::string_view text, std::string_view agent) {
  text = text.substr(0, most_bytes);
  if (text.substr(0, 3) == "\xEF\xBB\xBF")
    text.remove_prefix(3);
  auto wanted = product_token(agent);
  // Rules for the agent itself and, kept apart, for everybody.
  std::vector<rule> general;
  std::optional<double> general_delay;
  bool is_named = false;
  bool in_own = false;
  bool in_general = false;
  bool group_open = false;
  while (!text.empty()) {
    auto end = std::min(text.find_first_of("\r\n"), text.size());
    auto line = read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    switch (line.kind) {
      case line_kind::agent: {
        if (!group_open)
          in_own = in_general = false;
        group_open = true;
        auto is_star =
            line.value == "*"
            || (line.value.size() > 1 && line.value[0] == '*'
                && text::ascii_trim(line.value.substr(1, 1)).empty());
        in_general = in_general || is_star;
        auto token = product_token(line.value);
        auto own = !wanted.empty() && text::ascii_equal(token, wanted);
        in_own = in_own || own;
        is_named = is_named || own;
        break;
      }
      case line_kind::allow:
      case line_kind::disallow: {
        group_open = false;
        // An empty value says nothing.
        if (line.value.empty())
          break;
        rule one{line.kind == line_kind::allow, normalised(line.value)};
        if (in_own)
          rules_.push_back(one);
        if (in_general)
          general.push_back(std::move(one));
        break;
      }
      case line_kind::delay: {
        double seconds = 0;
        // "inf" and "nan" are numbers to from_chars.
        auto parsed = std::from_chars(
            line.value.data(), line.value.data() + line.value.size(), seconds);
        if (parsed.ec != std::errc{} || !std::isfinite(seconds) || seconds < 0)
          break;
        if (in_own)
          crawl_delay_ = seconds;
        if (in_general)
          general_delay = seconds;
        break;
      }
      case line_kind::sitemap:
        if (!line.value.empty())
          sitemaps_.emplace_back(line.value);
        break;
      case line_kind::other: break;
    }
  }
  if (!is_named) {
    rules_ = std::move(general);
    crawl_delay_ = general_delay;
  }
  // They are kept for long.
  rules_.shrink_to_fit();
  sitemaps_.shrink_to_fit();
}

std::size_t robots_rules::bytes() const noexcept {
  auto bytes = sizeof *this + rules_.capacity() * sizeof(rule)
               + sitemaps_.capacity() * sizeof(std::string);
  for (const auto& one : rules_)
    bytes += one.pattern.capacity();
  for (const auto& one : sitemaps_)
    bytes += one.capacity();
  return bytes;
}

bool robots_rules::allows(std::string_view url) const {
  if (url.empty())
    return true;
  auto path = normalised(path_of(url).substr(0, most_path_bytes));
  if (path.empty() || path[0] != '/')
    path.insert(path.begin(), '/');
  if (path == "/robots.txt")
    return true;
  const rule* best = nullptr;
  for (const auto& one : rules_) {
    if (!matches(one.pattern, path))
      continue;
    auto longer = !best || one.pattern.size() > best->pattern.size();
    auto kinder =
        best && one.pattern.size() == best->pattern.size() && one.allow;
    if (longer || kinder)
      best = &one;
  }
  return !best || best->allow;
}

} // namespace jobfarm::fetch
