#include "nodes/gateway/api_request.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace jobfarm::nodes::gateway {

namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  if (c >= 'a' && c <= 'f')
    return c - 'a' + 10;
  if (c >= 'A' && c <= 'F')
    return c - 'A' + 10;
  return -1;
}

std::string
find_or_empty(const std::map<std::string, std::string, std::less<>>& in,
              std::string_view name) {
  auto found = in.find(name);
  return found == in.end() ? std::string{} : found->second;
}

failure bad_target() {
  return fail(errc::invalid_input, "the address is not well encoded");
}

} // namespace

std::string api_request::part(std::string_view name) const {
  return find_or_empty(parts, name);
}

std::string api_request::parameter(std::string_view name) const {
  return find_or_empty(query, name);
}

std::string_view origin_form(std::string_view target) {
  constexpr std::string_view scheme = "http://";
  if (target.substr(0, scheme.size()) != scheme)
    return target;
  auto path = target.find_first_of("/?", scheme.size());
  return path == target.npos || target[path] == '?' ? std::string_view{"/"}
                                                    : target.substr(path);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  auto end = text.data() + text.size();
  auto read = std::from_chars(text.data(), end, number);
  auto is_number = read.ec == std::errc{} && read.ptr == end && text[0] != '-';
  return is_number ? std::optional{number} : std::nullopt;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto c = text[i];
    if (c == '%') {
      if (i + 2 >= text.size() || hex_value(text[i + 1]) < 0
          || hex_value(text[i + 2]) < 0)
        return std::nullopt;
      c = static_cast<char>(hex_value(text[i + 1]) * 16
                            + hex_value(text[i + 2]));
      i += 2;
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
      return std::nullopt;
    out += c;
  }
  if (text::repair_utf8(out) != out)
    return std::nullopt;
  return out;
}

expected<api_request> read_target(const server_request& raw) {
  api_request request;
  request.raw = &raw;
  auto target = origin_form(raw.target);
  auto mark = std::min(target.find('?'), target.size());
  auto path = percent_decode(target.substr(0, mark));
  if (!path || path->empty() || path->front() != '/')
    return bad_target();
  request.path = *std::move(path);
  auto rest = target.substr(std::min(mark + 1, target.size()));
  while (!rest.empty()) {
    auto pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(pair.size() + 1, rest.size()));
    auto equals = std::min(pair.find('='), pair.size());
    auto name = percent_decode(pair.substr(0, equals));
    auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())));
    if (!name || !value)
      return bad_target();
    if (!name->empty())
      request.query[*name] = *value;
  }
  return request;
}

} // namespace jobfarm::nodes::gateway
