#include "actors/fetch/curl_client.hpp"

#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/transfer.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <utility>

namespace jobfarm::fetch {

namespace {

class curl_client : public http_client {
public:
  explicit curl_client(http_client_options options)
      : options_(std::move(options)) {
    load_curl();
    multi_ = curl_multi_init();
    if (!multi_)
      throw std::runtime_error("libcurl gives no multi handle");
    curl_multi_setopt(multi_, CURLMOPT_MAX_HOST_CONNECTIONS,
                      options_.max_host_connections);
    curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS,
                      options_.max_connections);
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, options_.max_connections);
    curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
    thread_ = std::thread([this] { run(); });
  }

  ~curl_client() override {
    stopping_ = true;
    curl_multi_wakeup(multi_);
    thread_.join();
    curl_multi_cleanup(multi_);
  }

  transfer_id fetch(http_order wanted, http_done done) override {
    auto id = ++last_id_;
    std::unique_lock lock(mutex_);
    arrived_.push_back({id, std::move(wanted), std::move(done)});
    wake(lock);
    return id;
  }

  void cancel(transfer_id id) override {
    std::unique_lock lock(mutex_);
    cancelled_.push_back(id);
    wake(lock);
  }

  void end_session(std::uint64_t session) override {
    std::lock_guard lock(mutex_);
    ended_sessions_.push_back(session);
  }

private:
  struct order {
    transfer_id id;
    http_order what;
    http_done done;
  };

  void run() {
    while (!stopping_) {
      take_orders();
      int running = 0;
      auto code = curl_multi_perform(multi_, &running);
      finish_transfers();
      // What it cannot go on with would be waited for for ever.
      if (code != CURLM_OK)
        end_all(fail(errc::provider_unavailable,
                     std::string{"fetch: libcurl does not go on: "}
                         + curl_multi_strerror(code)));
      sleep();
    }
    do {
      take_orders();
      end_all(fail(errc::cancelled, "fetch: stopped"));
    } while (has_orders());
  }

  void end_all(const failure& why) {
    while (!transfers_.empty())
      end(transfers_.begin()->first, why);
  }

  /// Whoever is told of an end may ask anew.
  bool has_orders() {
    std::lock_guard lock(mutex_);
    return !arrived_.empty();
  }

  /// Until a socket is ready, a timer of curl's ends, or somebody wakes it.
  void sleep() {
    {
      std::lock_guard lock(mutex_);
      if (!arrived_.empty() || !cancelled_.empty())
        return;
      is_asleep_ = true;
    }
    curl_multi_poll(multi_, nullptr, 0, 1000, nullptr);
    std::lock_guard lock(mutex_);
    is_asleep_ = false;
  }

  /// A thread that is at work looks for orders before it sleeps.
  void wake(std::unique_lock<std::mutex>& lock) {
    auto was_asleep = std::exchange(is_asleep_, false);
    lock.unlock();
    if (was_asleep)
      curl_multi_wakeup(multi_);
  }

  void take_orders() {
    std::vector<order> orders;
    std::vector<transfer_id> cancelled;
    {
      std::lock_guard lock(mutex_);
      orders.swap(arrived_);
      cancelled.swap(cancelled_);
    }
    drop_jars();
    for (auto& one : orders)
      start(std::move(one));
    for (auto id : cancelled)
      end(id, fail(errc::cancelled, "fetch: cancelled"));
  }

  void start(order one) {
    auto id = one.id;
    auto session = one.what.via.session;
    auto made = std::make_unique<transfer>(
        options_, budget_, std::move(one.what), std::move(one.done));
    if (session != 0)
      made->jar = jar_of(session);
    auto& added = *transfers_.emplace(id, std::move(made)).first->second;
    begin_hop(id, added);
  }

  void begin_hop(transfer_id id, transfer& one) {
    auto* handle = take_handle();
    auto problem = one.prepare(handle, id);
    if (!problem) {
      auto code = curl_multi_add_handle(multi_, handle);
      if (code == CURLM_OK)
        return;
      problem = one.not_begun(curl_multi_strerror(code));
    }
    if (!one.handle)
      one.handle = handle;
    end(id, *std::move(problem));
  }

  void finish_transfers() {
    int left = 0;
    while (auto* message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE)
        continue;
      auto* handle = message->easy_handle;
      auto code = message->data.result;
      void* tag = nullptr;
      curl_easy_getinfo(handle, CURLINFO_PRIVATE, &tag);
      finish_hop(reinterpret_cast<std::uintptr_t>(tag), code);
    }
  }

  void finish_hop(transfer_id id, CURLcode code) {
    auto found = transfers_.find(id);
    if (found == transfers_.end())
      return;
    auto& one = *found->second;
    auto answer = one.conclude(code);
    if (!answer) {
      end(id, answer.error());
      return;
    }
    if (*answer) {
      end(id, std::move(**answer));
      return;
    }
    release(one);
    begin_hop(id, one);
  }

  void end(transfer_id id, expected<http_response> answer) {
    auto found = transfers_.find(id);
    if (found == transfers_.end())
      return;
    auto one = std::move(found->second);
    transfers_.erase(found);
    release(*one);
    one->done(std::move(answer));
  }

  /// Cookies of a session; touched by this thread alone, so without locks.
  CURLSH* jar_of(std::uint64_t session) {
    auto& jar = jars_[session];
    if (!jar.handle) {
      jar.handle = curl_share_init();
      curl_share_setopt(jar.handle, CURLSHOPT_SHARE, CURL_LOCK_DATA_COOKIE);
    }
    return jar.handle;
  }

  /// A jar that transfers still use stays until they end.
  void drop_jars() {
    std::lock_guard lock(mutex_);
    auto in_use = [this](std::uint64_t session) {
      auto jar = jars_.find(session);
      return jar != jars_.end()
             && std::any_of(transfers_.begin(), transfers_.end(),
                            [&](const auto& one) {
                              return one.second->jar == jar->second.handle;
                            });
    };
    auto& ended = ended_sessions_;
    for (auto at = ended.begin(); at != ended.end();) {
      if (in_use(*at)) {
        ++at;
        continue;
      }
      jars_.erase(*at);
      at = ended.erase(at);
    }
  }

  CURL* take_handle() {
    if (idle_.empty())
      return curl_easy_init();
    auto* handle = idle_.back();
    idle_.pop_back();
    curl_easy_reset(handle);
    return handle;
  }

  /// Takes the transfer's handle back for the next one.
  void release(transfer& one) {
    auto* handle = std::exchange(one.handle, nullptr);
    if (!handle)
      return;
    curl_multi_remove_handle(multi_, handle);
    // A recycled handle must not carry one session's cookies to another.
    curl_easy_setopt(handle, CURLOPT_SHARE, nullptr);
    constexpr std::size_t most_idle = 256;
    if (idle_.size() < most_idle && !stopping_)
      idle_.push_back(handle);
    else
      curl_easy_cleanup(handle);
  }

  struct idle_handles : std::vector<CURL*> {
    ~idle_handles() {
      for (auto* handle : *this)
        curl_easy_cleanup(handle);
    }
  };

  struct cookie_jar {
    cookie_jar() = default;
    cookie_jar(const cookie_jar&) = delete;
    ~cookie_jar() {
      if (handle)
        curl_share_cleanup(handle);
    }
    CURLSH* handle = nullptr;
  };

  http_client_options options_;
  std::map<std::uint64_t, cookie_jar> jars_;
  std::vector<std::uint64_t> ended_sessions_;
  CURLM* multi_ = nullptr;
  idle_handles idle_;
  body_budget budget_{options_.max_body_bytes_under_way};
  std::map<transfer_id, std::unique_ptr<transfer>> transfers_;
  std::atomic<transfer_id> last_id_{0};
  std::atomic<bool> stopping_{false};
  std::mutex mutex_;
  std::vector<order> arrived_;
  std::vector<transfer_id> cancelled_;
  /// And nobody has woken it yet.
  bool is_asleep_ = false;
  std::thread thread_;
};

} // namespace

/// libcurl wants one initialisation a process, before any thread of its own.
void load_curl() {
  static const auto result = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (result != CURLE_OK)
    throw std::runtime_error("libcurl cannot be initialised");
}

std::unique_ptr<http_client> make_curl_client(http_client_options options) {
  return std::make_unique<curl_client>(std::move(options));
}

} // namespace jobfarm::fetch
