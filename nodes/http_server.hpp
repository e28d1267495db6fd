#pragma once

#include "messages/expected.hpp"
#include "nodes/http_message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace jobfarm::nodes {

struct http_server_options {
  std::string address = "127.0.0.1";
  /// 0 takes a free one.
  std::uint16_t port = 0;
  std::size_t max_body_bytes = 1u << 20;
  std::size_t max_header_bytes = 16u << 10;
  /// Path and query.
  std::size_t max_target_bytes = 8u << 10;
  /// Connections at the same time, or as many as `connections_within` this
  /// process's limit of open files; some more are refused with 503, the rest
  /// closed.
  std::size_t max_connections = 4096;
  /// For a whole header, for a whole body, and for an answer (or a part of a
  /// streamed one) to be taken.
  std::chrono::seconds patience{10};
};

/// Answers a request at once; called on the server's thread, must not block.
using request_handler = std::function<server_response(const server_request&)>;

/// The right to answer one request: once, from any thread, now or later. If
/// every copy is gone without an answer, the client gets 500. Outlives the
/// server harmlessly.
class responder {
public:
  class target;

  explicit responder(std::shared_ptr<target> to) : to_(std::move(to)) {
  }

  void operator()(server_response response) const;

private:
  std::shared_ptr<target> to_;
};

/// Takes a request and sees to it that it is answered; called on the server's
/// thread, must not block.
using deferring_handler = std::function<void(server_request, responder)>;

/// An HTTP/1.1 server on a thread of its own, over Boost.Beast. Refuses what
/// could be framed in two ways (RFC 9112 6.3), a missing or double Host, and
/// what is too large (413, 414, 431) or too slow; refusals are problem
/// documents (RFC 9457). The destructor closes everything.
class http_server {
public:
  /// Errors: invalid_input with what to do, if the port is in use or may not
  /// be used.
  static expected<std::unique_ptr<http_server>>
  start(http_server_options options, request_handler handler);
  static expected<std::unique_ptr<http_server>>
  start(http_server_options options, deferring_handler handler);
  ~http_server();

  std::uint16_t port() const noexcept;

  struct implementation;

private:
  explicit http_server(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes
