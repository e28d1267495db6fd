#pragma once

#include "actors/fetch/page_body.hpp"
#include "messages/expected.hpp"
#include "messages/task.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Getting pages: HTTP, politeness, guards.
namespace jobfarm::fetch {

/// What bounds a transfer.
struct http_limits {
  std::chrono::milliseconds connect_timeout{10'000};
  std::chrono::milliseconds total_timeout{60'000};
  /// Body after decompression.
  std::size_t max_body_bytes = 64u << 20;
  std::size_t max_header_bytes = 64u << 10;
  int max_redirects = 5;
};

/// Names the program and where to read about it.
inline constexpr std::string_view honest_user_agent =
    "jobfarm/0.1 (+https://jobfarm.invalid/bot)";

struct http_client_options {
  http_limits limits;
  /// What the bodies of all transfers under way may take together; beyond it
  /// the largest fails.
  std::size_t max_body_bytes_under_way = 256u << 20;
  /// Connections to one host at the same time, and in all.
  long max_host_connections = 32;
  long max_connections = 512;
  std::string user_agent{honest_user_agent};
  /// Hosts, by name or address, that may be private or loopback.
  std::vector<std::string> allowed_hosts;
  /// PEM file of the authorities whose certificates count; empty for those of
  /// the system.
  std::string authorities_file;
};

/// How a request goes out: who asks for it and through what. Decided by
/// configuration and recovery, not by the source that planned the request.
struct fetch_route {
  /// The source whose page it is.
  std::string source;
  /// False only where the operator's configuration says so.
  bool obeys_robots = true;
  /// Proxies of lower tiers are passed over.
  std::int32_t proxy_tier = 1;
  /// Loaded and rendered by a browser instead of only fetched.
  bool by_browser = false;
  /// A version that who asks need not see again: if it still holds, the answer
  /// is 304 and nothing else.
  std::optional<page_version> known;
};

/// What carries a request, once chosen. Empty is direct, without cookies, with
/// the client's own user agent.
struct transport {
  std::string proxy_url;
  std::string proxy_user;
  std::string proxy_password;
  std::string user_agent;
  /// Requests of one session share a cookie jar; 0 has none.
  std::uint64_t session = 0;
};

/// A request and its route.
struct http_order {
  http_order() = default;
  /// A bare request takes the standard route.
  http_order(http_request wanted, fetch_route by = {})
      : request(std::move(wanted)), route(std::move(by)) {
  }

  http_request request;
  fetch_route route;
  transport via;
  /// If set, the body is cut after so many bytes, and that is no failure.
  std::optional<std::size_t> first_bytes;
  /// Asked before a redirect is followed, with its absolute target. False ends
  /// the transfer with the redirect itself as its answer and what it asks for
  /// as `onward`. Empty follows all.
  std::function<bool(const std::string& url)> may_follow;
  /// Redirects on the way to this request; they count among the most allowed.
  int redirects = 0;
};

/// What the other side answered.
struct http_response {
  std::int32_t status = 0;
  /// Names in lower case, of the final answer.
  std::vector<http_header> headers;
  page_body body;
  std::string final_url;
  /// Bytes on the wire, before decompression.
  std::int64_t wire_bytes = 0;
  std::chrono::microseconds elapsed{0};
  /// Seconds between requests that the site's robots.txt asks for.
  std::optional<double> crawl_delay_s;
  /// What the site's robots.txt calls its sitemaps, the first ones of many.
  std::vector<std::string> sitemaps;
  /// The request that a redirect asks for, if `may_follow` was against it.
  std::optional<http_request> onward;
  /// Redirects on the way to this answer.
  int redirects = 0;
  /// A wall for robots, where that is judged: nothing to keep.
  bool is_wall = false;
};

/// Called once a transfer, on a thread of the client.
using http_done = std::function<void(expected<http_response>)>;

/// Fetches pages. Thread-safe.
class http_client {
public:
  using transfer_id = std::uint64_t;

  virtual ~http_client() = default;

  /// Starts a transfer; `done` is called exactly once, with `cancelled` if the
  /// client stops before. Failures: timeout, dns_failed, connect_failed,
  /// tls_failed, too_large, blocked_address, robots_denied, proxy_failed,
  /// provider_unavailable (it cannot be begun, no memory is left for it),
  /// invalid_input, cancelled. Any status is an answer, not a failure.
  virtual transfer_id fetch(http_order order, http_done done) = 0;

  /// Ends a transfer with `cancelled`; nothing if it has ended.
  virtual void cancel(transfer_id id) = 0;

  /// Drops the cookies of a session.
  virtual void end_session(std::uint64_t) {
  }
};

} // namespace jobfarm::fetch
