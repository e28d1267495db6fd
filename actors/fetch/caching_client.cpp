#include "actors/fetch/caching_client.hpp"

#include "actors/fetch/retry_after.hpp"
#include "actors/fetch/robots_cache.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

namespace jobfarm::fetch {

namespace {

std::string header_of(const http_response& answer, std::string_view name) {
  for (const auto& one : answer.headers)
    if (one.name == name)
      return one.value;
  return {};
}

/// Pages are told apart by what was asked, for whom and how it was loaded: what
/// a browser shows is not what it was sent.
std::string key_of(const http_order& order) {
  auto key = order.route.source + '\n' + order.request.url;
  for (const auto& one : order.request.headers)
    key += '\n' + one.name + ':' + one.value;
  if (order.route.by_browser)
    key += "\n(by a browser)";
  return key;
}

/// What may share an answer: who knows another version is told something else.
std::string flight_name_of(const std::string& key, const http_order& order) {
  const auto& known = order.route.known;
  return known ? key + "\nknown\n" + known->etag + '\n' + known->last_modified
               : key;
}

bool may_be_kept(const http_order& order) {
  const auto& request = order.request;
  return request.method == "GET" && request.body.empty()
         && request.credential.empty() && !order.first_bytes
         && std::none_of(request.headers.begin(), request.headers.end(),
                         [](const http_header& one) {
                           return one.name == "Authorization"
                                  || one.name == "Cookie";
                         });
}

/// Seconds since the answer left the site, received at `now` (RFC 9111 4.2.3).
std::int64_t age_of(const http_response& answer, std::int64_t now) {
  auto delay =
      std::chrono::duration_cast<std::chrono::seconds>(answer.elapsed).count();
  auto age = age_s(answer.headers);
  age = age > std::numeric_limits<std::int64_t>::max() - delay ? age
                                                               : age + delay;
  auto sent = parse_http_date(header_of(answer, "date"));
  return sent ? std::max(age, now - *sent) : age;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const auto& one : lines)
    text += one + '\n';
  return text;
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  for (std::size_t end = 0; (end = text.find('\n')) != text.npos;
       text.remove_prefix(end + 1))
    lines.emplace_back(text.substr(0, end));
  return lines;
}

http_response answer_from(const cached_page& page) {
  http_response answer;
  answer.status = page.status;
  answer.body = page.body;
  answer.final_url = page.final_url;
  if (!page.content_type.empty())
    answer.headers.push_back({"content-type", page.content_type});
  if (!page.etag.empty())
    answer.headers.push_back({"etag", page.etag});
  if (!page.last_modified.empty())
    answer.headers.push_back({"last-modified", page.last_modified});
  answer.sitemaps = lines_of(page.sitemaps);
  return answer;
}

bool is_version(const cached_page& page, const page_version& known) {
  return page.status == 200 && page.etag == known.etag
         && page.last_modified == known.last_modified;
}

/// A page that is kept, to who may know it already.
http_response answer_from(const cached_page& page,
                          const std::optional<page_version>& known) {
  if (!known || !is_version(page, *known))
    return answer_from(page);
  http_response answer;
  answer.status = 304;
  answer.final_url = page.final_url;
  return answer;
}

struct cache_state {
  struct waiting_order {
    std::uint64_t id = 0;
    http_done done;
  };
  /// One request to the site and all who wait for its answer.
  struct flight {
    /// Among the flights, and of its page in the cache.
    std::string name;
    std::string key;
    std::optional<page_version> known;
    std::uint64_t inner_id = 0;
    std::vector<waiting_order> waiting;
  };
  using flight_ptr = std::shared_ptr<flight>;

  /// Nobody can join it any more. Called with the mutex held.
  void close(const flight_ptr& one) {
    auto found = flights.find(one->name);
    if (found != flights.end() && found->second == one)
      flights.erase(found);
  }

  std::recursive_mutex mutex;
  /// Those that an equal request may join.
  std::map<std::string, flight_ptr> flights;
  std::map<std::uint64_t, std::uint64_t> passed;
};

/// Each gets its copy, the last one `got` itself: pages are large, and most
/// have one reader. The bytes went over the wire once.
void answer_all(std::vector<cache_state::waiting_order>& waiting,
                expected<http_response> got) {
  waiting.erase(std::remove_if(waiting.begin(), waiting.end(),
                               [](const auto& one) { return !one.done; }),
                waiting.end());
  for (std::size_t i = 0; i + 1 < waiting.size(); ++i) {
    waiting[i].done(got);
    if (got)
      got->wire_bytes = 0;
  }
  if (!waiting.empty())
    waiting.back().done(std::move(got));
}

class caching_client : public http_client {
public:
  caching_client(std::shared_ptr<http_client> inner,
                 std::shared_ptr<page_cache> cache, caching_options options,
                 wall_seconds clock)
      : state_(std::make_shared<cache_state>()),
        cache_(std::move(cache)),
        options_(options),
        clock_(std::move(clock)),
        inner_(std::move(inner)) {
  }

  transfer_id fetch(http_order order, http_done done) override {
    auto id = ++last_id_;
    if (!may_be_kept(order)) {
      pass(id, std::move(order), std::move(done));
      return id;
    }
    auto key = key_of(order);
    auto name = flight_name_of(key, order);
    std::lock_guard lock(state_->mutex);
    if (auto found = state_->flights.find(name);
        found != state_->flights.end()) {
      found->second->waiting.push_back({id, std::move(done)});
      return id;
    }
    auto kept = get(key, order);
    if (kept && is_fresh(*kept)) {
      done(answer_from(*kept, order.route.known));
      return id;
    }
    auto made = std::make_shared<cache_state::flight>();
    made->name = name;
    made->key = std::move(key);
    made->known = order.route.known;
    made->waiting.push_back({id, std::move(done)});
    state_->flights[std::move(name)] = made;
    ask(made, std::move(order), std::move(kept));
    return id;
  }

  void cancel(transfer_id id) override {
    std::unique_lock lock(state_->mutex);
    if (auto found = state_->passed.find(id); found != state_->passed.end()) {
      auto inner_id = found->second;
      lock.unlock();
      inner_->cancel(inner_id);
      return;
    }
    for (auto& [key, flight] : state_->flights)
      for (auto& one : flight->waiting)
        if (one.id == id && one.done) {
          leave(flight, one, lock);
          return;
        }
  }

private:
  /// Cancels an order, and its flight with the last one that waits: whoever
  /// asks from now on is not to be told that it was cancelled.
  void leave(cache_state::flight_ptr from, cache_state::waiting_order& one,
             std::unique_lock<std::recursive_mutex>& lock) {
    auto done = std::exchange(one.done, nullptr);
    auto is_wanted =
        std::any_of(from->waiting.begin(), from->waiting.end(),
                    [](const auto& other) { return other.done != nullptr; });
    if (!is_wanted)
      state_->close(from);
    lock.unlock();
    if (!is_wanted)
      inner_->cancel(from->inner_id);
    done(fail(errc::cancelled, "fetch: cancelled"));
  }

  /// Called with the mutex held.
  void ask(const cache_state::flight_ptr& flight, http_order order,
           cached_page_ptr kept) {
    page_version version;
    if (flight->known)
      version = *flight->known;
    else if (kept && kept->status == 200)
      version = {kept->etag, kept->last_modified, {}};
    auto& headers = order.request.headers;
    if (!version.etag.empty())
      headers.push_back({"If-None-Match", version.etag});
    if (!version.last_modified.empty())
      headers.push_back({"If-Modified-Since", version.last_modified});
    flight->inner_id =
        inner_->fetch(std::move(order), [this, flight, kept](auto got) {
          on_answer(flight, kept, std::move(got));
        });
  }

  void on_answer(const cache_state::flight_ptr& flight,
                 const cached_page_ptr& kept, expected<http_response> got) {
    if (got && got->status == 304 && flight->known)
      renew(*flight, *got);
    else if (got && got->status == 304 && kept)
      got = confirm(flight->key, *kept, *got);
    else if (got)
      keep(flight->key, *got);
    std::vector<cache_state::waiting_order> waiting;
    {
      std::lock_guard lock(state_->mutex);
      state_->close(flight);
      waiting.swap(flight->waiting);
    }
    answer_all(waiting, std::move(got));
  }

  /// What was stored later than now was so by a clock that was wrong.
  bool is_fresh(const cached_page& page) const {
    auto now = clock_();
    return page.stored_at <= now && now < page.fresh_until;
  }

  /// RFC 9111 4.2: what is left of `max-age`, by the answer's age.
  std::int64_t fresh_until(const http_response& answer) const {
    auto now = clock_();
    auto left = max_age_s(answer.headers).value_or(0) - age_of(answer, now);
    return now
           + std::clamp<std::int64_t>(left, 0, options_.longest_fresh.count());
  }

  /// What is kept of a page. Of one whose version is known it is of use only if
  /// nobody needs to be asked.
  cached_page_ptr get(const std::string& key, const http_order& order) {
    auto is_of_use = !order.route.known || clock_() < cache_->fresh_until(key);
    return is_of_use ? cache_->get(key) : nullptr;
  }

  /// A version that was known holds: so does the kept page, if it is that one.
  void renew(const cache_state::flight& flight, const http_response& answer) {
    if (fresh_until(answer) <= clock_())
      return;
    auto kept = cache_->get(flight.key);
    if (kept && is_version(*kept, *flight.known))
      confirm(flight.key, *kept, answer);
  }

  /// RFC 9111 4.3.4: the kept page holds, longer if the answer says so.
  http_response confirm(const std::string& key, const cached_page& kept,
                        const http_response& answer) {
    auto made = answer_from(kept);
    made.wire_bytes = answer.wire_bytes;
    made.elapsed = answer.elapsed;
    made.crawl_delay_s = answer.crawl_delay_s;
    made.sitemaps = answer.sitemaps;
    auto until = fresh_until(answer);
    // Nothing has changed that is worth writing a whole page for.
    if (until > clock_()) {
      auto renewed = std::make_shared<cached_page>(kept);
      renewed->stored_at = clock_();
      renewed->sitemaps = joined(answer.sitemaps);
      renewed->fresh_until = until;
      cache_->put(key, std::move(renewed));
    }
    return made;
  }

  void keep(const std::string& key, const http_response& answer) {
    auto is_negative = answer.status == 404 || answer.status == 410;
    auto etag = header_of(answer, "etag");
    auto modified = header_of(answer, "last-modified");
    auto has_validator = !etag.empty() || !modified.empty();
    auto control = cache_control_of(answer.headers);
    auto until = fresh_until(answer);
    if (is_negative)
      until = clock_() + options_.negative_life.count();
    if (answer.is_wall || (answer.status != 200 && !is_negative)
        || control.find("no-store") != control.npos
        || (!has_validator && until <= clock_()))
      return;
    auto page = std::make_shared<cached_page>();
    page->etag = std::move(etag);
    page->last_modified = std::move(modified);
    page->content_type = header_of(answer, "content-type");
    page->final_url = answer.final_url;
    page->sitemaps = joined(answer.sitemaps);
    page->body = answer.body;
    page->status = answer.status;
    page->stored_at = clock_();
    page->fresh_until = until;
    cache_->put(key, std::move(page));
  }

  void pass(transfer_id id, http_order order, http_done done) {
    auto state = state_;
    auto has_ended = std::make_shared<bool>(false);
    std::lock_guard lock(state->mutex);
    auto inner_id =
        inner_->fetch(std::move(order), [state, id, has_ended,
                                         done = std::move(done)](auto answer) {
          {
            std::lock_guard own(state->mutex);
            *has_ended = true;
            state->passed.erase(id);
          }
          done(std::move(answer));
        });
    if (!*has_ended)
      state->passed[id] = inner_id;
  }

  std::shared_ptr<cache_state> state_;
  std::shared_ptr<page_cache> cache_;
  caching_options options_;
  wall_seconds clock_;
  std::atomic<transfer_id> last_id_{0};
  // Last, so that its thread has ended before the rest goes.
  std::shared_ptr<http_client> inner_;
};

} // namespace

std::int64_t system_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::shared_ptr<http_client>
make_caching_client(std::shared_ptr<http_client> inner,
                    std::shared_ptr<page_cache> cache, caching_options options,
                    wall_seconds clock) {
  return std::make_shared<caching_client>(std::move(inner), std::move(cache),
                                          options, std::move(clock));
}

} // namespace jobfarm::fetch
