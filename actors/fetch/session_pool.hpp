#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace jobfarm::fetch {

struct session_policy {
  std::chrono::seconds longest_life{3600};
  std::int64_t most_uses = 500;
  /// A session is given up at this score; a wall counts `wall_score`, a
  /// failure 1, a good answer takes 1 away.
  std::int32_t most_errors = 3;
  std::int32_t wall_score = 3;
};

/// Who a source's requests are seen as: one session a source at a time, with a
/// number that names its cookie jar and a user agent of the configured list.
/// Sessions are retired by age, uses and errors. Pure; not thread-safe.
class session_pool {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// Without user agents the client's own is used.
  session_pool(std::vector<std::string> user_agents, session_policy policy);

  struct session {
    std::uint64_t number = 0;
    std::string user_agent;
    /// The session before it, if this is the first use of a new one; else 0.
    std::uint64_t replaces = 0;
  };

  /// The session for a request of `source` now.
  session use(const std::string& source, time_point now);

  enum class result : std::uint8_t { good, failed, bot_detected };
  /// Tells how a request of session `number` ended; late news of a retired
  /// session change nothing.
  void report(const std::string& source, std::uint64_t number, result what);

private:
  struct state {
    std::uint64_t number = 0;
    std::size_t agent = 0;
    time_point born{};
    std::int64_t uses = 0;
    std::int32_t errors = 0;
  };

  std::vector<std::string> user_agents_;
  session_policy policy_;
  std::map<std::string, state> by_source_;
  std::uint64_t last_number_ = 0;
};

} // namespace jobfarm::fetch
