#pragma once

#include "messages/expected.hpp"
#include "messages/task.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
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

  /// The first header of that lower-case name, or empty.
  std::string_view header(std::string_view name) const;
};

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
};

struct http_server_options {
  std::string address = "127.0.0.1";
  /// 0 takes a free one.
  std::uint16_t port = 0;
  std::size_t max_body_bytes = 1u << 20;
  std::size_t max_header_bytes = 16u << 10;
  /// For a whole request, and for an answer to be taken.
  std::chrono::seconds patience{10};
};

/// Answers a request; called on the server's thread, must not block.
using request_handler = std::function<server_response(const server_request&)>;

/// An HTTP/1.1 server on a thread of its own, over Boost.Beast. Refuses what
/// could be framed in two ways (RFC 9112 6.3), a missing or double Host, and
/// what is too large or too slow. The destructor closes everything.
class http_server {
public:
  /// Errors: invalid_input with what to do, if the port is in use or may not
  /// be used.
  static expected<std::unique_ptr<http_server>>
  start(http_server_options options, request_handler handler);
  ~http_server();

  std::uint16_t port() const noexcept;

private:
  struct implementation;
  explicit http_server(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes
