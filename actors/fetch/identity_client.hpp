#pragma once

#include "actors/fetch/http_client.hpp"
#include "actors/fetch/proxy_pool.hpp"
#include "actors/fetch/session_pool.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace jobfarm::fetch {

/// True if an answer to a request is a wall for robots.
using wall_judge =
    std::function<bool(const http_request&, const http_response&)>;

struct identity_options {
  /// Empty: everything goes direct.
  std::vector<proxy_server> proxies;
  proxy_policy proxying;
  /// The first is who asks, also for robots.txt; the next one is taken where
  /// that was refused. Empty for the client's own.
  std::vector<std::string> user_agents;
  session_policy sessions;
  wall_judge is_wall;
};

/// What has become of the proxies so far; safe from any thread.
class proxy_board {
public:
  virtual ~proxy_board() = default;
  virtual std::vector<proxy_status> proxies() const = 0;
};

struct identity_client {
  std::shared_ptr<http_client> client;
  std::shared_ptr<const proxy_board> board;
};

/// An `http_client` that gives each request of `inner` its session (cookies,
/// user agent) and its proxy. A proxy that fails is followed by the next one
/// at once, each tried once; none left is proxy_failed, never a direct
/// request. A wall ends the session and moves the source to another proxy for
/// the next try, which is recovery's to decide; a 429 burns nothing.
identity_client make_identity_client(std::shared_ptr<http_client> inner,
                                     identity_options options);

} // namespace jobfarm::fetch
