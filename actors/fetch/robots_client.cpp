#include "actors/fetch/robots_client.hpp"

#include "actors/fetch/order_relay.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <vector>

namespace jobfarm::fetch {

namespace {

constexpr std::size_t most_robots_bytes = 500u << 10;

/// An order on its way, over the redirects that had to wait for a robots.txt.
struct trip {
  http_client::transfer_id id = 0;
  http_order order;
  http_done done;
  /// The page, where the browser that loaded it went on to another address.
  std::optional<http_response> landed;
  /// The longest of the origins asked.
  std::optional<double> crawl_delay_s;
  /// Of the first origin asked: the one that was meant.
  std::optional<std::vector<std::string>> sitemaps;
};

/// What is to be judged next.
const std::string& target_of(const trip& one) {
  return one.landed ? one.landed->final_url : one.order.request.url;
}

/// What the client shares with answers on their way to it.
struct robots_state {
  explicit robots_state(robots_cache_options options)
      : cache(std::move(options)) {
  }

  std::mutex mutex;
  robots_cache cache;
  /// Orders that wait for the robots.txt of an origin.
  std::map<std::string, std::vector<trip>> waiting;
};

class robots_client : public http_client {
public:
  robots_client(std::shared_ptr<http_client> inner,
                robots_cache_options options, fetch_clock clock)
      : state_(std::make_shared<robots_state>(std::move(options))),
        clock_(std::move(clock)),
        inner_(std::move(inner)) {
  }

  transfer_id fetch(http_order order, http_done done) override {
    auto id = relay_.open();
    trip one{id, std::move(order), std::move(done), {}, {}, {}};
    if (one.order.route.obeys_robots)
      admit(std::move(one));
    else
      pass(std::move(one));
    return id;
  }

  void cancel(transfer_id id) override {
    relay_.cancel(id, *inner_);
    std::unique_lock lock(state_->mutex);
    for (auto& [origin, queue] : state_->waiting)
      for (auto& one : queue)
        if (one.id == id && one.done) {
          // The order keeps its place: the first one's asking is under way.
          auto done = std::exchange(one.done, nullptr);
          lock.unlock();
          relay_.close(id);
          done(fail(errc::cancelled, "fetch: cancelled"));
          return;
        }
  }

private:
  /// Judges what is asked for, now or when its origin's robots.txt is here.
  void admit(trip one) {
    auto now = clock_();
    std::unique_lock lock(state_->mutex);
    auto ruling = state_->cache.judge(target_of(one), now);
    if (ruling) {
      lock.unlock();
      rule(std::move(one), *ruling);
      return;
    }
    // From here on, a cancel finds it among those that wait.
    if (relay_.is_cancelled(one.id)) {
      lock.unlock();
      end(one, fail(errc::cancelled, "fetch: cancelled"));
      return;
    }
    auto origin = origin_of(target_of(one));
    auto& queue = state_->waiting[origin];
    queue.push_back(std::move(one));
    auto is_first = queue.size() == 1;
    auto route = queue.back().order.route;
    lock.unlock();
    if (is_first)
      ask(origin, std::move(route));
  }

  void ask(const std::string& origin, fetch_route route) {
    http_request request;
    request.url = origin + "/robots.txt";
    route.by_browser = false;
    http_order order(std::move(request), std::move(route));
    order.first_bytes = most_robots_bytes;
    inner_->fetch(std::move(order),
                  [this, origin](auto answer) { on_robots(origin, answer); });
  }

  void on_robots(const std::string& origin,
                 const expected<http_response>& answer) {
    std::vector<trip> queue;
    std::vector<robots_cache::ruling> rulings;
    auto is_ending = !answer && answer.error().code == errc::cancelled;
    {
      std::lock_guard lock(state_->mutex);
      queue.swap(state_->waiting[origin]);
      state_->waiting.erase(origin);
      auto now = clock_();
      if (!is_ending)
        state_->cache.learn(origin, answer, now);
      for (const auto& one : queue)
        rulings.push_back(is_ending
                              ? robots_cache::ruling{answer.error(), {}, {}}
                              : state_->cache.judge(target_of(one), now)
                                    .value_or(robots_cache::ruling{}));
    }
    for (std::size_t i = 0; i < queue.size(); ++i)
      if (queue[i].done)
        rule(std::move(queue[i]), rulings[i]);
  }

  void rule(trip one, const robots_cache::ruling& by) {
    if (by.denied) {
      end(one, *by.denied);
      return;
    }
    // An optional without a value is less than any with one.
    one.crawl_delay_s = std::max(one.crawl_delay_s, by.crawl_delay_s);
    if (!one.sitemaps)
      one.sitemaps = by.sitemaps;
    if (one.landed) {
      deliver(one, *std::move(one.landed));
      return;
    }
    one.order.may_follow = [this](const std::string& url) {
      std::lock_guard lock(state_->mutex);
      auto ruling = state_->cache.judge(url, clock_());
      return ruling && !ruling->denied;
    };
    pass(std::move(one));
  }

  void pass(trip one) {
    auto id = one.id;
    auto order = one.order;
    relay_.send(id, *inner_, std::move(order),
                [this, one = std::move(one)](auto answer) mutable {
                  on_page(std::move(one), std::move(answer));
                });
  }

  /// Gives the answer, or sees to the redirect that is not judged yet. A
  /// browser asks nobody before it follows one: what it came to is judged
  /// afterwards, and thrown away if it may not be had.
  void on_page(trip one, expected<http_response> answer) {
    if (answer && answer->onward) {
      one.order.request = *std::move(answer->onward);
      one.order.redirects = answer->redirects;
      admit(std::move(one));
    } else if (answer && one.order.route.by_browser
               && one.order.route.obeys_robots
               && answer->final_url != one.order.request.url) {
      one.landed = *std::move(answer);
      admit(std::move(one));
    } else {
      deliver(one, std::move(answer));
    }
  }

  void end(const trip& one, expected<http_response> answer) {
    relay_.close(one.id);
    one.done(std::move(answer));
  }

  void deliver(const trip& one, expected<http_response> answer) {
    if (answer) {
      answer->crawl_delay_s = one.crawl_delay_s;
      answer->sitemaps = one.sitemaps.value_or(std::vector<std::string>{});
    }
    end(one, std::move(answer));
  }

  std::shared_ptr<robots_state> state_;
  fetch_clock clock_;
  order_relay relay_;
  // Last, so that its thread has ended before the rest goes.
  std::shared_ptr<http_client> inner_;
};

} // namespace

std::shared_ptr<http_client>
make_robots_client(std::shared_ptr<http_client> inner,
                   robots_cache_options options, fetch_clock clock) {
  return std::make_shared<robots_client>(std::move(inner), std::move(options),
                                         std::move(clock));
}

} // namespace jobfarm::fetch
