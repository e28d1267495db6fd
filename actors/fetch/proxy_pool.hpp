#pragma once

#include "messages/expected.hpp"
#include "messages/operations.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::fetch {

/// A proxy as the operator configured it.
struct proxy_server {
  /// `http`, `https` or `socks5`, host and port: `socks5://10.1.2.3:1080`.
  std::string url;
  /// Lower tiers are used as long as one of theirs works.
  std::int32_t tier = 1;
  /// File with `user:password`; empty for none. Read by who opens the file.
  std::string credential_file;
  std::string user;
  std::string password;
};

/// Reads a proxy list: a line `[TIER] URL [CREDENTIAL_FILE]` each; `#` begins a
/// comment. Errors: invalid_input with the line, also for credentials within
/// the URL, which belong in a file.
expected<std::vector<proxy_server>> read_proxies(std::string_view text);

/// What a request through a proxy said of the proxy.
enum class proxy_result : std::uint8_t {
  good,         ///< an answer came, whatever the site said (429 too)
  bot_detected, ///< the site takes who comes from there for a robot
  failed,       ///< the proxy did not answer, refused, or took too long
  nothing,      ///< it was cancelled, or never sent: somebody else has to tell
};

/// The proxy of a request, and in which period of its life (between two
/// quarantines or probes) it was chosen.
struct proxy_choice {
  std::size_t index = 0;
  std::uint32_t period = 0;
};

struct proxy_policy {
  /// Failures or walls in a row that put a proxy into quarantine.
  std::int32_t most_failures = 2;
  std::int32_t most_walls = 2;
  /// Quarantine doubles with each one in a row.
  std::chrono::seconds first_quarantine{30};
  std::chrono::seconds longest_quarantine{1800};
};

/// Chooses proxies: sticky for a session, the lowest tier that has one, the
/// quickest among equals, each of them tried. A quarantined proxy is probed by
/// one request when its time is over. Pure; not thread-safe.
class proxy_pool {
public:
  using time_point = std::chrono::steady_clock::time_point;

  proxy_pool(std::vector<proxy_server> proxies, proxy_policy policy);

  /// The proxy for a request of `session`, of tier `lowest_tier` or above; to
  /// be reported afterwards. Errors: proxy_failed if none is left, with what
  /// happened to each. Nothing ever goes direct.
  expected<proxy_choice> choose(const std::string& session,
                                std::int32_t lowest_tier, time_point now);

  /// Tells what became of a request through the proxy chosen for it. What was
  /// sent before a quarantine began says nothing of the proxy after it: only
  /// the probe itself ends or prolongs it.
  void report(proxy_choice chosen, proxy_result result,
              std::chrono::milliseconds latency, const std::string& error,
              time_point now);

  /// So much came through proxy `index`.
  void count_bytes(std::size_t index, std::int64_t bytes) {
    members_[index].bytes += bytes;
  }

  /// The session shall not go through proxy `index` again, if any other is
  /// left.
  void move_session(const std::string& session, std::size_t index);

  /// The session has ended: nothing is kept for it.
  void forget_session(const std::string& session);

  const proxy_server& at(std::size_t index) const {
    return members_[index].server;
  }
  std::size_t size() const noexcept {
    return members_.size();
  }
  std::vector<proxy_status> reports(time_point now) const;

private:
  struct member {
    proxy_server server;
    std::int64_t requests = 0;
    std::int64_t bytes = 0;
    std::int64_t failures = 0;
    std::int64_t walls = 0;
    std::int32_t failures_in_a_row = 0;
    std::int32_t walls_in_a_row = 0;
    std::int32_t quarantines_in_a_row = 0;
    std::int32_t in_flight = 0;
    std::optional<double> latency_ms;
    std::optional<time_point> quarantined_until;
    bool is_probing = false;
    std::uint32_t period = 0;
    std::string last_error;
  };

  bool is_usable(const member& one, time_point now) const;
  bool is_better(const member& a, const member& b) const;
  proxy_choice start(std::size_t index);
  void note(member& one, proxy_result result, const std::string& error);
  void quarantine(member& one, time_point now);
  std::optional<std::size_t> best_of(std::int32_t lowest_tier,
                                     const std::set<std::size_t>& avoided,
                                     time_point now) const;
  failure none_left(time_point now) const;
  std::string_view state_of(const member& one) const;

  std::vector<member> members_;
  std::int32_t highest_tier_ = 1;
  proxy_policy policy_;
  std::map<std::string, std::size_t> by_session_;
  std::map<std::string, std::set<std::size_t>> avoided_;
};

} // namespace jobfarm::fetch
