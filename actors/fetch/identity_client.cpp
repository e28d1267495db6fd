#include "actors/fetch/identity_client.hpp"

#include "actors/fetch/order_relay.hpp"

#include <chrono>
#include <utility>

namespace jobfarm::fetch {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// What outlives the client, for whoever still wants to read it.
struct identity_pools : proxy_board {
  identity_pools(session_pool of_sessions, proxy_pool of_proxies)
      : sessions(std::move(of_sessions)), proxies_used(std::move(of_proxies)) {
  }

  std::vector<proxy_status> proxies() const override {
    std::lock_guard lock(mutex);
    return proxies_used.reports(steady_clock::now());
  }

  mutable std::mutex mutex;
  session_pool sessions;
  proxy_pool proxies_used;
};

class identity_router : public http_client {
public:
  identity_router(std::shared_ptr<http_client> inner,
                  std::shared_ptr<identity_pools> pools, wall_judge is_wall)
      : pools_(std::move(pools)),
        mutex_(pools_->mutex),
        sessions_(pools_->sessions),
        proxies_(pools_->proxies_used),
        is_wall_(std::move(is_wall)),
        inner_(std::move(inner)) {
  }

  transfer_id fetch(http_order order, http_done done) override {
    auto id = relay_.open();
    auto one = std::make_shared<trip>();
    one->id = id;
    one->order = std::move(order);
    one->done = std::move(done);
    one->proxies_left = proxies_.size();
    send(one);
    return id;
  }

  void cancel(transfer_id id) override {
    relay_.cancel(id, *inner_);
  }

private:
  /// A request, over all the proxies that it takes.
  struct trip {
    transfer_id id = 0;
    http_order order;
    http_done done;
    std::uint64_t session = 0;
    std::optional<proxy_choice> proxy;
    std::size_t proxies_left = 0;
    steady_clock::time_point sent{};
  };
  using trip_ptr = std::shared_ptr<trip>;

  /// Sets session and proxy. Errors: proxy_failed.
  expected<void> equip(trip& one) {
    auto now = steady_clock::now();
    auto session = sessions_.use(one.order.route.source, now);
    if (session.replaces != 0)
      inner_->end_session(session.replaces);
    one.session = session.number;
    one.order.via.session = session.number;
    one.order.via.user_agent = session.user_agent;
    one.sent = now;
    if (proxies_.size() == 0)
      return {};
    auto chosen = proxies_.choose(one.order.route.source,
                                  one.order.route.proxy_tier, now);
    if (!chosen)
      return chosen.error();
    one.proxy = *chosen;
    const auto& server = proxies_.at(chosen->index);
    one.order.via.proxy_url = server.url;
    one.order.via.proxy_user = server.user;
    one.order.via.proxy_password = server.password;
    return {};
  }

  void send(const trip_ptr& one) {
    expected<void> equipped;
    {
      std::lock_guard lock(mutex_);
      equipped = equip(*one);
    }
    if (!equipped) {
      end(*one, equipped.error());
      return;
    }
    relay_.send(one->id, *inner_, one->order,
                [this, one](auto answer) { on_answer(one, answer); });
  }

  void on_answer(const trip_ptr& one, expected<http_response>& answer) {
    auto is_failing = !answer && answer.error().code == errc::proxy_failed;
    {
      std::lock_guard lock(mutex_);
      account(*one, answer);
    }
    if (is_failing && one->proxy && --one->proxies_left > 0)
      send(one);
    else
      end(*one, std::move(answer));
  }

  void end(const trip& one, expected<http_response> answer) {
    relay_.close(one.id);
    one.done(std::move(answer));
  }

  /// What a failure says of the proxy on the way.
  static proxy_result result_of(errc code) {
    switch (code) {
      case errc::proxy_failed: return proxy_result::failed;
      case errc::cancelled:
      case errc::blocked_address:
      case errc::provider_unavailable:
      case errc::invalid_input: return proxy_result::nothing;
      default: return proxy_result::good;
    }
  }

  void account(trip& one, expected<http_response>& answer) {
    auto now = steady_clock::now();
    auto latency = std::chrono::duration_cast<milliseconds>(now - one.sent);
    auto is_wall = answer && is_wall_ && is_wall_(one.order.request, *answer);
    if (answer)
      answer->is_wall = is_wall;
    const auto& source = one.order.route.source;
    auto seen = is_wall  ? session_pool::result::bot_detected
                : answer ? session_pool::result::good
                         : session_pool::result::failed;
    // A cancelled request says nothing of anybody.
    auto is_cancelled = !answer && answer.error().code == errc::cancelled;
    // A failing proxy is no fault of the session.
    if (!is_cancelled && !(one.proxy && !answer))
      sessions_.report(source, one.session, seen);
    if (!one.proxy)
      return;
    auto result = is_wall  ? proxy_result::bot_detected
                  : answer ? proxy_result::good
                           : result_of(answer.error().code);
    auto words = is_wall   ? std::string{"walled off by the site"}
                 : !answer ? answer.error().detail
                           : std::string{};
    proxies_.report(*one.proxy, result, latency, words, now);
    if (answer)
      proxies_.count_bytes(one.proxy->index, answer->wire_bytes);
    if (is_wall)
      proxies_.move_session(source, one.proxy->index);
  }

  std::shared_ptr<identity_pools> pools_;
  std::mutex& mutex_;
  session_pool& sessions_;
  proxy_pool& proxies_;
  wall_judge is_wall_;
  order_relay relay_;
  // Last, so that its thread has ended before the rest goes.
  std::shared_ptr<http_client> inner_;
};

} // namespace

identity_client make_identity_client(std::shared_ptr<http_client> inner,
                                     identity_options options) {
  auto pools = std::make_shared<identity_pools>(
      session_pool(std::move(options.user_agents), options.sessions),
      proxy_pool(std::move(options.proxies), options.proxying));
  return {std::make_shared<identity_router>(std::move(inner), pools,
                                            std::move(options.is_wall)),
          pools};
}

} // namespace jobfarm::fetch
