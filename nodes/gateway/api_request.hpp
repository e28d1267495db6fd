#pragma once

#include "messages/expected.hpp"
#include "nodes/http_message.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::gateway {

/// Who asks, as the token told.
struct caller {
  std::string name;
  std::string role;
};

/// A request as the API's operations see it.
struct api_request {
  const server_request* raw = nullptr;
  /// Decoded; no query.
  std::string path;
  /// Decoded query parameters; the last of a name counts.
  std::map<std::string, std::string, std::less<>> query;
  /// What stood for `{name}` in the route's pattern.
  std::map<std::string, std::string, std::less<>> parts;
  caller who;
  std::string request_id;

  std::string part(std::string_view name) const;
  std::string parameter(std::string_view name) const;
  std::string_view header(std::string_view name) const {
    return raw->header(name);
  }
};

/// A request's target without the scheme and host that a client may send (RFC
/// 9112 3.2.2). Begins with a slash unless the target is malformed.
std::string_view origin_form(std::string_view target);

/// Reads path and query of a request. Errors: invalid_input for percent
/// signs that encode nothing, control characters and what is no UTF-8.
expected<api_request> read_target(const server_request& raw);

/// The number that `text` is, if it is nothing but decimal digits and not too
/// large.
std::optional<std::int64_t> whole_number(std::string_view text);

/// Decodes `%XX` (RFC 3986 2.1). Nothing if it is malformed.
std::optional<std::string> percent_decode(std::string_view text);

} // namespace jobfarm::nodes::gateway
