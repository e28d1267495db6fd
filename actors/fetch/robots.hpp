#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::fetch {

/// The part of a robots.txt that concerns one agent, by RFC 9309: the rules of
/// all groups that name the agent's product token (case-insensitively), else
/// of all groups for `*`. Only the first 500 KiB are read (RFC 9309 2.5); any
/// bytes are taken.
class robots_rules {
public:
  /// `agent` is a product token or a whole user agent, whose token is what
  /// comes before the first character that is no letter, `_` or `-`.
  robots_rules(std::string_view robots_txt, std::string_view agent);

  /// Whether the agent may fetch `url`: the longest rule that matches its path
  /// and query decides, `allow` among equals, everything without a rule
  /// (RFC 9309 2.2.2). /robots.txt itself is always allowed. Only the first
  /// 8 KiB of a path are compared; time is linear in that times the rules.
  bool allows(std::string_view url) const;

  /// Seconds between requests, where the group says so (no part of the RFC).
  std::optional<double> crawl_delay_s() const noexcept {
    return crawl_delay_;
  }

  /// `Sitemap` lines of the whole file, whatever group they stand in.
  const std::vector<std::string>& sitemaps() const noexcept {
    return sitemaps_;
  }

  /// About what they take in memory.
  std::size_t bytes() const noexcept;

private:
  struct rule {
    bool allow = false;
    /// Percent-encoding normalised.
    std::string pattern;
  };

  std::vector<rule> rules_;
  std::optional<double> crawl_delay_;
  std::vector<std::string> sitemaps_;
};

} // namespace jobfarm::fetch
