#pragma once

#include "actors/fetch/http_client.hpp"

#include <atomic>
#include <cstdint>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>

namespace jobfarm::fetch {

struct gate_options {
  /// Hosts, by name or address, that may be private or loopback.
  std::vector<std::string> allowed_hosts;
  /// The way out: empty for direct.
  std::string proxy_url;
  std::string proxy_user;
  std::string proxy_password;
  std::chrono::milliseconds connect_timeout{10'000};
  /// Bytes that one page may bring in, of all its parts.
  std::size_t most_page_bytes = 128u << 20;
};

/// The only way out of a browser: a SOCKS5 proxy (RFC 1928, CONNECT without
/// authentication) on a free port of loopback. Names are resolved here and
/// every address is judged after that, so no page can reach a blocked address
/// by any name, script or redirect; nor what Chromium asks for on its own
/// account. Closed except while a page is being loaded: what a browser does for
/// itself leads nowhere. One thread listens, one carries each connection, 64 at
/// most.
class browser_gate {
public:
  /// Errors: internal (no port).
  static expected<std::unique_ptr<browser_gate>> start(gate_options options);
  ~browser_gate();
  browser_gate(const browser_gate&) = delete;
  browser_gate& operator=(const browser_gate&) = delete;

  std::uint16_t port() const noexcept {
    return port_;
  }

  /// Lets connections through for a page of this host, and counts anew.
  void open(std::string_view page_host = {});
  /// Ends every connection and lets none through.
  void close();

  /// Why no connection to `host` came about since `open`: blocked_address,
  /// dns_failed, connect_failed, proxy_failed, timeout.
  std::optional<failure> refusal(const std::string& host) const;

  /// Hosts that were looked up or connected to since `open`.
  std::set<std::string> hosts() const;

  /// True if the page has brought in more than it may.
  bool is_spent() const noexcept {
    return moved_ > options_.most_page_bytes;
  }

  /// A connection on its way; defined where it is used.
  class passage;

private:
  struct carrier {
    std::thread thread;
    std::atomic<bool> has_ended{false};
  };

  explicit browser_gate(gate_options options);
  void listen();
  void reap(bool all);
  void note(const std::string& host);
  void refuse(const std::string& host, failure why);

  gate_options options_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  /// Odd while open; a passage of an earlier time ends.
  std::atomic<std::uint64_t> era_{0};
  std::atomic<std::size_t> moved_{0};
  /// The page that is loaded is Google's.
  std::atomic<bool> is_googles_{false};
  mutable std::mutex mutex_;
  std::map<std::string, failure> refusals_;
  std::set<std::string> hosts_;
  std::list<carrier> carriers_;
  std::thread thread_;
};

} // namespace jobfarm::fetch
