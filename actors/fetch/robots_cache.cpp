#include "actors/fetch/robots_cache.hpp"

#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/retry_after.hpp"
#include "actors/text/ascii.hpp"
#include "actors/text/url.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace jobfarm::fetch {

namespace {

using std::chrono::seconds;

/// Far more than sites have.
constexpr std::ptrdiff_t most_sitemaps = 64;

/// True if asking failed at the site, not on the way to it: RFC 9309 2.3.1.2
/// lets more than five redirects count as unavailable.
bool is_unavailable(const expected<http_response>& answer) {
  if (!answer)
    return answer.error().code == errc::http_error;
  return answer->status < 200
         || (answer->status >= 300 && answer->status < 500);
}

failure unreachable(const std::string& origin,
                    const expected<http_response>& answer) {
  if (!answer) {
    auto why = answer.error();
    why.detail = "robots.txt of " + origin
                 + " cannot be had, so that nothing "
                   "of it may be fetched: "
                 + why.detail;
    return why;
  }
  auto why = fail(errc::robots_denied,
                  "robots.txt of " + origin + " answers "
                      + std::to_string(answer->status)
                      + ": nothing may be fetched until it is back");
  why.status = answer->status;
  return why;
}

} // namespace

std::string origin_of(const std::string& url) {
  auto authority = text::authority_of(url);
  if (authority.empty() || !is_web_url(url))
    return {};
  return text::ascii_lower(url.substr(0, url.find(':'))) + "://" + authority;
}

std::string cache_control_of(const std::vector<http_header>& headers) {
  std::string all;
  for (const auto& one : headers)
    if (text::ascii_equal(one.name, "cache-control"))
      all += (all.empty() ? "" : ", ") + text::ascii_lower(one.value);
  return all;
}

std::int64_t age_s(const std::vector<http_header>& headers) {
  for (const auto& one : headers) {
    if (!text::ascii_equal(one.name, "age"))
      continue;
    // RFC 9111 5.1: of a list the first.
    auto text = text::ascii_trim(one.value);
    text = text::ascii_trim(text.substr(0, text.find(',')));
    std::int64_t age = 0;
    auto end = text.data() + text.size();
    auto parsed = std::from_chars(text.data(), end, age);
    // RFC 9111 1.2.2: what is too large to be read is as old as can be.
    if (parsed.ec == std::errc::result_out_of_range)
      return std::numeric_limits<std::int64_t>::max();
    return parsed.ec == std::errc{} && parsed.ptr == end && age > 0 ? age : 0;
  }
  return 0;
}

std::optional<std::int64_t> max_age_s(const std::vector<http_header>& headers) {
  auto text = cache_control_of(headers);
  if (text.find("no-store") != text.npos || text.find("no-cache") != text.npos)
    return 0;
  constexpr std::string_view key = "max-age=";
  auto at = text.find(key);
  // s-maxage is for shared caches and another word.
  if (at == text.npos)
    return std::nullopt;
  std::int64_t age = 0;
  auto end = text.data() + text.size();
  auto parsed = std::from_chars(text.data() + at + key.size(), end, age);
  if (parsed.ec != std::errc{} || age < 0)
    return std::nullopt;
  return age;
}

robots_cache::robots_cache(robots_cache_options options)
    : options_(std::move(options)) {
}

std::optional<robots_cache::ruling> robots_cache::judge(const std::string& url,
                                                        fetch_time now) {
  auto origin = origin_of(url);
  // What is no web address is refused by the client itself.
  if (origin.empty())
    return ruling{};
  auto found = origins_.find(origin);
  if (found == origins_.end() || now >= found->second.expires)
    return std::nullopt;
  auto& known = found->second;
  known.used = now;
  ruling made;
  if (known.unreachable && !known.rules) {
    made.denied = known.unreachable;
    return made;
  }
  if (!known.rules)
    return made;
  made.crawl_delay_s = known.rules->crawl_delay_s();
  const auto& all = known.rules->sitemaps();
  made.sitemaps.assign(
      all.begin(),
      all.begin()
          + std::min<std::ptrdiff_t>(most_sitemaps,
                                     static_cast<std::ptrdiff_t>(all.size())));
  if (!known.rules->allows(url))
    made.denied = fail(errc::robots_denied, "fetch " + url + ": robots.txt of "
                                                + origin + " disallows it");
  return made;
}

void robots_cache::learn(const std::string& origin,
                         const expected<http_response>& answer,
                         fetch_time now) {
  auto& known = origins_[origin];
  known.used = now;
  known.unreachable.reset();
  known.expires = now + options_.longest_life;
  if (answer && answer->status >= 200 && answer->status < 300) {
    set_rules(known, std::make_shared<const robots_rules>(answer->body,
                                                          options_.agent));
    make_room(origin);
    if (auto age = max_age_s(answer->headers))
      known.expires =
          now
          + std::min(std::max(seconds{std::min<std::int64_t>(
                                  *age - age_s(answer->headers), 86'400)},
                              options_.shortest_life),
                     options_.longest_life);
    return;
  }
  if (is_unavailable(answer)) {
    set_rules(known, nullptr);
    make_room(origin);
    return;
  }
  // RFC 9309 2.4: an older copy serves while the file is unreachable.
  known.unreachable = unreachable(origin, answer);
  known.expires = now + options_.unreachable_life;
  make_room(origin);
}

void robots_cache::set_rules(entry& known,
                             std::shared_ptr<const robots_rules> rules) {
  auto bytes_of = [](const auto& some) { return some ? some->bytes() : 0; };
  bytes_ += bytes_of(rules);
  bytes_ -= bytes_of(known.rules);
  known.rules = std::move(rules);
}

/// For whom there are pages waiting stays.
void robots_cache::make_room(const std::string& newest) {
  while (origins_.size() > 1
         && (origins_.size() > options_.most_origins
             || bytes_ > options_.most_bytes)) {
    auto oldest = std::min_element(
        origins_.begin(), origins_.end(), [&](const auto& a, const auto& b) {
          return std::make_pair(a.first == newest, a.second.used)
                 < std::make_pair(b.first == newest, b.second.used);
        });
    set_rules(oldest->second, nullptr);
    origins_.erase(oldest);
    ++evictions_;
  }
}

} // namespace jobfarm::fetch
