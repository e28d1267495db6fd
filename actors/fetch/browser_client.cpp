#include "actors/fetch/browser_client.hpp"

#include "actors/fetch/address_guard.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace jobfarm::fetch {

namespace {

/// A page is tried again after its browser has died on it.
constexpr int most_tries = 2;

/// After these the browser itself is as good as before.
bool is_harmless(errc code) {
  switch (code) {
    case errc::blocked_address:
    case errc::dns_failed:
    case errc::connect_failed:
    case errc::proxy_failed:
    case errc::tls_failed: return true;
    default: return false;
  }
}

std::optional<failure> why_not(const http_request& request) {
  if (!is_web_url(request.url))
    return fail(errc::blocked_address,
                "load " + request.url + ": only http and https addresses");
  if (request.method != "GET" || !request.body.empty())
    return fail(errc::invalid_input,
                "load " + request.url + ": a browser only gets pages");
  if (!request.credential.empty())
    return fail(errc::invalid_input,
                "load " + request.url + ": a browser is given no credentials");
  return std::nullopt;
}

/// Numbers of our own and of the inner client's transfers, side by side.
constexpr std::uint64_t own_number(std::uint64_t number) {
  return number << 1 | 1;
}
constexpr std::uint64_t passed_number(std::uint64_t number) {
  return number << 1;
}
constexpr bool is_own(std::uint64_t number) {
  return (number & 1) != 0;
}

class browser_client : public http_client {
public:
  browser_client(std::shared_ptr<http_client> inner, browser_options options,
                 http_client_options http)
      : options_(std::move(options)),
        http_(std::move(http)),
        inner_(std::move(inner)) {
    for (std::size_t i = 0;
         i < std::max<std::size_t>(1, options_.most_browsers); ++i)
      seats_.emplace_back(std::make_unique<seat>());
    for (auto& one : seats_)
      one->thread = std::thread([this, own = one.get()] { serve(*own); });
  }

  ~browser_client() override {
    {
      std::lock_guard lock(mutex_);
      is_stopping_ = true;
    }
    changed_.notify_all();
    for (auto& one : seats_)
      one->thread.join();
    for (auto& one : waiting_)
      one->done(fail(errc::cancelled, "load: stopped"));
  }

  transfer_id fetch(http_order order, http_done done) override {
    if (!order.route.by_browser)
      return passed_number(inner_->fetch(std::move(order), std::move(done)));
    auto id = own_number(++last_id_);
    if (auto reason = why_not(order.request)) {
      done(*std::move(reason));
      return id;
    }
    auto one = std::make_shared<visit>();
    one->id = id;
    one->order = std::move(order);
    one->done = std::move(done);
    {
      std::lock_guard lock(mutex_);
      waiting_.push_back(std::move(one));
    }
    changed_.notify_all();
    return id;
  }

  void cancel(transfer_id id) override {
    if (!is_own(id)) {
      inner_->cancel(id >> 1);
      return;
    }
    visit_ptr removed;
    {
      std::lock_guard lock(mutex_);
      for (auto& one : seats_)
        if (one->current && one->current->id == id)
          one->current->is_cancelled = true;
      auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                [&](const auto& one) { return one->id == id; });
      if (found != waiting_.end()) {
        removed = *found;
        waiting_.erase(found);
      }
    }
    if (removed)
      removed->done(fail(errc::cancelled, "load: cancelled"));
  }

  void end_session(std::uint64_t session) override {
    inner_->end_session(session);
    {
      std::lock_guard lock(mutex_);
      for (auto& one : seats_)
        if (one->session == session)
          one->is_ending = true;
    }
    changed_.notify_all();
  }

private:
  /// A page that is to be loaded.
  struct visit {
    transfer_id id = 0;
    http_order order;
    http_done done;
    std::atomic<bool> is_cancelled{false};
  };
  using visit_ptr = std::shared_ptr<visit>;

  /// A place for one browser, and the thread that serves it. All but the
  /// browser itself belongs to the mutex.
  struct seat {
    visit_ptr current;
    transport via;
    std::uint64_t session = 0;
    bool has_browser = false;
    bool is_ending = false;
    std::thread thread;
  };

  enum class next_step { load, let_go, end };

  void serve(seat& own) {
    std::unique_ptr<browser_session> browser;
    for (;;) {
      switch (wait_for_work(own)) {
        case next_step::end: return;
        case next_step::let_go:
          browser.reset();
          settle(own, nullptr);
          break;
        case next_step::load: {
          auto answer = load(own, browser);
          auto one = finish(own);
          one->done(std::move(answer));
        }
      }
    }
  }

  /// `load` has set the seat's page.
  next_step wait_for_work(seat& own) {
    std::unique_lock lock(mutex_);
    auto has_work = changed_.wait_for(lock, options_.most_idle, [&] {
      return is_stopping_ || own.is_ending || choose(own) != waiting_.end();
    });
    if (is_stopping_)
      return next_step::end;
    if (std::exchange(own.is_ending, false) || !has_work)
      return next_step::let_go;
    auto chosen = choose(own);
    own.current = *chosen;
    waiting_.erase(chosen);
    return next_step::load;
  }

  static bool suits(const seat& one, const visit& what) {
    const auto& via = what.order.via;
    return one.has_browser && via.session == one.via.session
           && via.proxy_url == one.via.proxy_url
           && via.user_agent == one.via.user_agent;
  }

  /// The first page of the seat's own session; else the first that no free
  /// seat's browser waits for, unless an empty seat can take it.
  std::deque<visit_ptr>::iterator choose(const seat& own) {
    auto suits_own = [&](const auto& one) { return suits(own, *one); };
    auto found = std::find_if(waiting_.begin(), waiting_.end(), suits_own);
    if (found != waiting_.end())
      return found;
    auto is_free = [](const auto& one) { return !one->current; };
    auto is_empty = [&](const auto& one) {
      return is_free(one) && !one->has_browser;
    };
    if (own.has_browser && std::any_of(seats_.begin(), seats_.end(), is_empty))
      return waiting_.end();
    return std::find_if(waiting_.begin(), waiting_.end(), [&](const auto& one) {
      return std::none_of(seats_.begin(), seats_.end(), [&](const auto& other) {
        return is_free(other) && suits(*other, *one);
      });
    });
  }

  /// Writes down whose browser the seat has now.
  void settle(seat& own, const browser_session* browser) {
    {
      std::lock_guard lock(mutex_);
      own.has_browser = browser != nullptr;
      own.session = browser ? browser->number() : 0;
      if (browser && own.current)
        own.via = own.current->order.via;
    }
    changed_.notify_all();
  }

  visit_ptr finish(seat& own) {
    visit_ptr one;
    {
      std::lock_guard lock(mutex_);
      one = std::move(own.current);
      own.current.reset();
    }
    changed_.notify_all();
    return one;
  }

  expected<http_response> load(seat& own,
                               std::unique_ptr<browser_session>& browser) {
    const auto& order = own.current->order;
    for (int attempt = 1;; ++attempt) {
      auto answer = load_once(own, browser);
      if (!answer && !is_harmless(answer.error().code))
        browser.reset();
      if (browser && browser->is_worn())
        browser.reset();
      settle(own, browser.get());
      if (answer || answer.error().code != errc::provider_unavailable)
        return answer;
      if (attempt == most_tries)
        return fail(errc::provider_unavailable,
                    "load " + order.request.url + ": " + answer.error().detail
                        + ", " + std::to_string(most_tries) + " times");
    }
  }

  expected<http_response> load_once(seat& own,
                                    std::unique_ptr<browser_session>& browser) {
    const auto& order = own.current->order;
    if (browser && !browser->fits(order.via))
      browser.reset();
    if (!browser) {
      auto is_stopped = [this, &own] {
        return is_stopping_ || (own.current && own.current->is_cancelled);
      };
      auto started =
          browser_session::start(options_, http_, order.via, is_stopped);
      if (!started)
        return started.error();
      browser = *std::move(started);
      settle(own, browser.get());
    }
    return browser->load(order);
  }

  const browser_options options_;
  const http_client_options http_;
  std::shared_ptr<http_client> inner_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<visit_ptr> waiting_;
  std::vector<std::unique_ptr<seat>> seats_;
  std::atomic<transfer_id> last_id_{0};
  std::atomic<bool> is_stopping_{false};
};

} // namespace

expected<std::shared_ptr<http_client>>
make_browser_client(std::shared_ptr<http_client> inner, browser_options options,
                    http_client_options http) {
  if (auto found = check_programs(options.programs); !found)
    return found.error();
  return std::shared_ptr<http_client>(std::make_shared<browser_client>(
      std::move(inner), std::move(options), std::move(http)));
}

} // namespace jobfarm::fetch
