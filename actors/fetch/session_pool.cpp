#include "actors/fetch/session_pool.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::fetch {

session_pool::session_pool(std::vector<std::string> user_agents,
                           session_policy policy)
    : user_agents_(std::move(user_agents)), policy_(policy) {
}

session_pool::session session_pool::use(const std::string& source,
                                        time_point now) {
  auto& one = by_source_[source];
  auto is_over = one.number == 0 || now - one.born >= policy_.longest_life
                 || one.uses >= policy_.most_uses
                 || one.errors >= policy_.most_errors;
  session made;
  if (is_over) {
    made.replaces = one.number;
    // The next user agent only where this one was refused.
    if (one.errors >= policy_.most_errors)
      ++one.agent;
    one.number = ++last_number_;
    one.born = now;
    one.uses = 0;
    one.errors = 0;
  }
  ++one.uses;
  made.number = one.number;
  if (!user_agents_.empty())
    made.user_agent = user_agents_[one.agent % user_agents_.size()];
  return made;
}

void session_pool::report(const std::string& source, std::uint64_t number,
                          result what) {
  auto found = by_source_.find(source);
  if (found == by_source_.end() || found->second.number != number)
    return;
  auto& errors = found->second.errors;
  switch (what) {
    case result::good: errors = std::max(0, errors - 1); break;
    case result::failed: ++errors; break;
    case result::bot_detected: errors += policy_.wall_score; break;
  }
}

} // namespace jobfarm::fetch
