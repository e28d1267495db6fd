#pragma once

#include "messages/task.hpp"

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes {

/// A request that was read completely and strictly.
struct server_request {
  std::string method;
  /// Path and query as sent, not decoded.
  std::string target;
  std::vector<http_header> headers;
  std::string body;
  /// Address of the other side, without its port.
  std::string peer;

  /// The first header of that lower-case name, or empty.
  std::string_view header(std::string_view name) const;
};

/// A piece of a streamed body.
struct body_part {
  enum class kind {
    more,   ///< ask again when this was taken
    last,   ///< the body ends with this
    broken, ///< it cannot go on: the client sees that something is missing
  };
  std::string bytes;
  kind what = kind::more;
};

/// Gives a body piece by piece. Called when the piece before was taken, so a
/// slow client slows it down; answers once, now or later, from any thread. Is
/// dropped when the client goes away.
using body_source = std::function<void(std::function<void(body_part)>)>;

/// What to answer, and how badly.
struct server_response {
  int status = 200;
  std::vector<http_header> headers;
  std::string body;
  /// Waits before answering.
  std::chrono::milliseconds delay{0};
  /// Sends only so much of the body that was announced, then closes.
  std::size_t cut_after = std::string::npos;
  /// Resets the connection instead of answering.
  bool reset = false;
  /// Called when the whole answer was handed to the other side's machine.
  std::function<void()> on_sent;
  /// Where the body comes from if it is not `body`; sent in chunks.
  body_source stream;
};

} // namespace jobfarm::nodes
