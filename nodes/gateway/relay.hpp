#pragma once

#include "nodes/http_server.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm::nodes::gateway {

struct relay_options {
  http_server_options http;
  /// `http(s)://HOST[:PORT]` of coordinators, tried in turn.
  std::vector<std::string> coordinators;
  /// Requests, streams among them, under way at the same time.
  std::size_t most_requests = 64;
};

/// The REST interface of a coordinator on another machine: keeps nothing, so
/// there may be as many of them as one likes. Requests go on as they came, with
/// their tokens, and answers come back as they are, long ones piece by piece.
/// If no coordinator can be reached, the answer is 502 with code node_lost
/// (RFC 9457). `/healthz` is its own.
class relay {
public:
  /// Errors: invalid_input for addresses that cannot be used.
  static expected<std::unique_ptr<relay>> start(relay_options options);
  ~relay();

  std::uint16_t port() const noexcept;

private:
  struct implementation;
  explicit relay(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes::gateway
