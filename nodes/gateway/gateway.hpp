#pragma once

#include "actors/watch/metrics.hpp"
#include "nodes/fault_desk.hpp"
#include "nodes/gateway/farm_port.hpp"
#include "nodes/gateway/tokens.hpp"
#include "nodes/http_server.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace jobfarm::nodes::gateway {

struct gateway_options {
  http_server_options http;
  token_table tokens;
  /// Requests a minute of one token.
  std::int64_t requests_per_minute = 600;
  /// Attempts a minute from one address without a good token.
  std::int64_t failures_per_minute = 30;
  /// Threads that wait for actors and disk.
  std::size_t threads = 4;
  /// Requests and streams that may wait for a thread.
  std::size_t most_waiting = 1024;
  std::string version;
  /// The boards of a search that names none, asked for each time; may block.
  std::function<expected<std::vector<board>>()> known_boards = [] {
    return std::vector<board>{};
  };
  /// What may be injected over the API; null for nothing.
  std::shared_ptr<fault_desk> faults;
};

/// The farm's REST interface: `/api/v1`, `/docs`, `/healthz`, `/readyz`,
/// `/metrics`. Every request but the two of health needs a bearer token (RFC
/// 6750). Errors are problem documents (RFC 9457). The farm must outlive it.
class gateway {
public:
  /// Errors: invalid_input, if the address cannot be listened on.
  static expected<std::unique_ptr<gateway>>
  start(gateway_options options, farm_port& farm,
        std::shared_ptr<watch::metrics> metrics);
  /// Answers nothing more; requests that run are finished first.
  ~gateway();

  std::uint16_t port() const noexcept;

  /// `/readyz` says 503 from now on; everything else goes on.
  void drain();

private:
  struct implementation;
  explicit gateway(std::unique_ptr<implementation> running);

  std::unique_ptr<implementation> running_;
};

} // namespace jobfarm::nodes::gateway
