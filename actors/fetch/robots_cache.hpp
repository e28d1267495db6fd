#pragma once

#include "actors/fetch/http_client.hpp"
#include "actors/fetch/robots.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace jobfarm::fetch {

/// A point on a monotonic clock; handed in, never read.
using fetch_time = std::chrono::steady_clock::time_point;

struct robots_cache_options {
  /// Whose rules are read: a product token or a whole user agent.
  std::string agent = "jobfarm";
  /// RFC 9309 2.4: no copy is used for longer than 24 hours.
  std::chrono::seconds longest_life{24 * 3600};
  /// `Cache-Control: max-age` shortens a life, down to this.
  std::chrono::seconds shortest_life{300};
  /// A host whose robots.txt could not be had is asked again after this.
  std::chrono::seconds unreachable_life{60};
  /// Origins known at most, and what their rules take together; the ones
  /// longest unused go first, and are asked again when they are needed.
  std::size_t most_origins = 10'000;
  std::size_t most_bytes = 64u << 20;
};

/// What the robots.txt of every origin says, by RFC 9309 2.3 and 2.4: found
/// (its rules), unavailable (4xx, too many redirects: all is allowed),
/// unreachable (5xx: nothing is allowed, unless an older copy is at hand).
/// Pure; not thread-safe.
class robots_cache {
public:
  explicit robots_cache(robots_cache_options options);

  struct ruling {
    /// Why the page may not be fetched; nothing if it may.
    std::optional<failure> denied;
    std::optional<double> crawl_delay_s;
    /// The first of its `Sitemap` lines.
    std::vector<std::string> sitemaps;
  };

  /// Judges `url`. Nothing if its origin's robots.txt has to be read first.
  std::optional<ruling> judge(const std::string& url, fetch_time now);

  /// Remembers what asking for the robots.txt of `origin` gave.
  void learn(const std::string& origin, const expected<http_response>& answer,
             fetch_time now);

  std::size_t size() const noexcept {
    return origins_.size();
  }
  /// About what the rules take.
  std::size_t bytes() const noexcept {
    return bytes_;
  }
  /// Origins that had to go for others.
  std::uint64_t evictions() const noexcept {
    return evictions_;
  }

private:
  struct entry {
    /// Null if none is available: everything is allowed.
    std::shared_ptr<const robots_rules> rules;
    /// Set while it cannot be reached.
    std::optional<failure> unreachable;
    fetch_time expires{};
    fetch_time used{};
  };

  void set_rules(entry& known, std::shared_ptr<const robots_rules> rules);
  void make_room(const std::string& newest);

  robots_cache_options options_;
  std::map<std::string, entry> origins_;
  std::size_t bytes_ = 0;
  std::uint64_t evictions_ = 0;
};

/// Scheme, host and port of a URL as `https://host:port`; empty if it is not
/// an absolute http(s) URL.
std::string origin_of(const std::string& url);

/// What all `Cache-Control` headers say together (RFC 9110 5.3), lower case.
std::string cache_control_of(const std::vector<http_header>& headers);

/// Seconds that an answer had spent in caches on its way, by its `Age` (RFC
/// 9111 5.1); 0 without a usable one.
std::int64_t age_s(const std::vector<http_header>& headers);

/// Seconds of `max-age` in the `Cache-Control` headers; 0 for `no-store` and
/// `no-cache` (RFC 9111 5.2.2); nothing if they say neither.
std::optional<std::int64_t> max_age_s(const std::vector<http_header>& headers);

} // namespace jobfarm::fetch
