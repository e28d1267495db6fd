#include "actors/collect/collector_actor.hpp"

#include "actors/collect/read_pages.hpp"
#include "actors/errors.hpp"
#include "actors/normalize/normalizer_actor.hpp"

#include <algorithm>
#include <iterator>

namespace jobfarm {

namespace {

/// Postings a message: enough to make its cost vanish, few enough to share a
/// large board among the cores.
constexpr std::size_t batch_size = 128;

/// Normalising is bounded work: far beyond it.
constexpr auto normalize_timeout = std::chrono::minutes{5};

std::int64_t microseconds_since(std::chrono::steady_clock::time_point begin) {
  return std::chrono::duration_cast<std::chrono::microseconds>(
             std::chrono::steady_clock::now() - begin)
      .count();
}

template <class T>
void move_to_end(std::vector<T>& to, std::vector<T>&& from) {
  if (to.capacity() == 0)
    to = std::move(from);
  else
    to.insert(to.end(), std::make_move_iterator(from.begin()),
              std::make_move_iterator(from.end()));
}

void add(normal_batch&& batch, finished_task& to) {
  auto& outcome = to.outcome;
  move_to_end(outcome.postings, std::move(batch.postings));
  move_to_end(outcome.rejections, std::move(batch.rejections));
  move_to_end(to.prints, std::move(batch.prints));
  outcome.timings.normalize_us += batch.normalize_us;
}

} // namespace

collector_state::collector_state(collector_actor::pointer self) : self_(self) {
}

void collector_state::start(collector_config config,
                            collector_partners partners, wall_clock clock) {
  config_ = std::move(config);
  partners_ = std::move(partners);
  clock_ = clock;
  ask_for_work(config_.credit);
  self_->delayed_send(self_, config_.renewal, atom::tick::value);
}

void collector_state::ask_for_work(std::size_t credit) {
  self_->send(partners_.frontier,
              work_request{config_.name, credit, config_.has_browser});
}

void collector_state::on_granted(work_granted granted) {
  if (is_struck(granted))
    return;
  for (auto& one : granted.leases)
    run(std::move(one));
}

/// True if a fault keeps it from taking these.
bool collector_state::is_struck(const work_granted& granted) {
  auto struck = config_.faults && !is_hung_
                    ? config_.faults->pass("collector.page")
                    : std::nullopt;
  if (struck && struck->effect == watch::fault_effect::kill) {
    self_->quit(to_error(fail(errc::internal, "a fault was injected")));
    return true;
  }
  if (struck && struck->delay.count() > 0)
    self_->delayed_send(self_, struck->delay, atom::wake::value);
  is_hung_ = is_hung_ || struck;
  if (is_hung_)
    missed_.insert(missed_.end(), granted.leases.begin(),
                   granted.leases.end());
  return is_hung_;
}

void collector_state::on_wake() {
  is_hung_ = false;
  for (auto& one : std::exchange(missed_, {}))
    run(std::move(one));
  if (is_draining_)
    on_drain();
}

void collector_state::run(plan::lease one) {
  in_hand_[one.id];
  if (one.task.known && one.task.known->reader != config_.reader)
    one.task.known.reset();
  auto request = one.task.request;
  if (!request.credential.empty()) {
    auto secret = config_.credentials.find(request.credential);
    if (secret == config_.credentials.end()) {
      on_failure(one, fail(errc::auth_failed,
                           one.task.source
                               + " needs a credential that is not configured: "
                               + request.credential));
      return;
    }
    request.headers.push_back(secret->second);
  }
  if (one.task.by_browser && !config_.has_browser) {
    on_failure(one, fail(errc::provider_unavailable,
                         "load " + request.url + ": no node has a browser"));
    return;
  }
  auto shared = std::make_shared<plan::lease>(std::move(one));
  auto struck = config_.faults ? config_.faults->pass("source.answer")
                               : std::nullopt;
  if (struck && struck->effect == watch::fault_effect::fail)
    on_failure(*shared, fail(struck->code, "a fault was injected"));
  else if (struck)
    ask_later(struck->delay, std::move(shared), std::move(request));
  else
    ask(std::move(shared), std::move(request));
}

void collector_state::ask_later(std::chrono::milliseconds delay,
                                std::shared_ptr<plan::lease> one,
                                http_request request) {
  auto id = one->id;
  late_[id] = {std::move(one), std::move(request)};
  self_->delayed_send(self_, delay, lease_query{id});
}

void collector_state::on_due(std::int64_t lease) {
  auto found = late_.find(lease);
  if (found == late_.end())
    return;
  auto [one, request] = std::move(found->second);
  late_.erase(found);
  ask(std::move(one), std::move(request));
}

void collector_state::on_rest(const host_rest& one) {
  auto& until = rests_[one.host];
  until = std::max(until, self_->clock().now() + one.left);
}

/// How long a host is still to be left alone; nothing if it may be asked.
std::optional<std::chrono::milliseconds>
collector_state::rest_left(const std::string& host) {
  auto found = rests_.find(host);
  if (found == rests_.end())
    return std::nullopt;
  auto left = std::chrono::ceil<std::chrono::milliseconds>(
      found->second - self_->clock().now());
  if (left.count() > 0)
    return left;
  rests_.erase(found);
  return std::nullopt;
}

caf::result<atom::done> collector_state::on_pulse() {
  if (!is_hung_)
    return atom::done::value;
  unanswered_.push_back(self_->make_response_promise<atom::done>());
  return unanswered_.back();
}

void collector_state::ask(std::shared_ptr<plan::lease> shared,
                          http_request request) {
  // The last moment: it was lent before the host wanted to rest.
  if (auto left = rest_left(shared->task.host)) {
    auto why = fail(errc::budget_exceeded, shared->task.host
                                               + " rests: it was not asked for "
                                               + request.url);
    why.retry_after_s = std::chrono::duration<double>(*left).count();
    on_failure(*shared, std::move(why));
    return;
  }
  auto route = route_of(shared->task);
  auto timeout =
      config_.fetch_timeout
      + (route.by_browser ? config_.browser_timeout : std::chrono::seconds{0});
  in_hand_[shared->id] = {shared, self_->clock().now() + timeout};
  self_
      ->request(partners_.fetcher, caf::infinite,
                fetch_request{std::move(request), std::move(route)})
      .then(
          [this, shared](const fetch_result& got) {
            if (is_awaited(shared->id))
              on_answer(*shared, got);
          },
          [this, shared](caf::error& error) {
            if (is_awaited(shared->id))
              on_failure(*shared, from_error(error));
          });
}

/// True once for a page that was asked for: what comes when it was given up
/// counts no more.
bool collector_state::is_awaited(std::int64_t lease) {
  auto found = in_hand_.find(lease);
  if (found == in_hand_.end() || !found->second.asked)
    return false;
  found->second = {};
  return true;
}

/// A page that does not come has failed; an outcome that nobody takes is the
/// end.
void collector_state::end_overdue() {
  const auto now = self_->clock().now();
  const caf::error why = caf::sec::request_timeout;
  std::vector<std::shared_ptr<plan::lease>> late;
  for (auto& [id, one] : in_hand_) {
    if (one.deadline > now)
      continue;
    if (!one.asked)
      return self_->quit(why);
    late.push_back(one.asked);
  }
  for (const auto& one : late)
    if (is_awaited(one->id))
      on_failure(*one, from_error(why));
}

fetch::fetch_route collector_state::route_of(const task& one) const {
  fetch::fetch_route route;
  route.source = one.source;
  route.proxy_tier = one.proxy_tier;
  auto configured = config_.sources.find(one.source);
  if (configured != config_.sources.end())
    route.obeys_robots = configured->second.obeys_robots;
  route.by_browser =
      one.by_browser || plan::always_uses_browser(one.source, config_.sources);
  // What a browser makes of a page may change when the page does not.
  if (!route.by_browser && one.known)
    route.known = *one.known;
  return route;
}

void collector_state::on_answer(plan::lease& one, const fetch_result& answer) {
  const auto& response = *answer.response;
  collect::page_answer answered;
  answered.status = response.status;
  answered.body = response.body;
  answered.readable_behind = fetch::page_body::readable_behind;
  answered.headers = response.headers;
  answered.final_url = response.final_url;
  answered.sitemaps = response.sitemaps;
  answered.fetched_at = clock_->at(self_->clock().now());
  auto begin = std::chrono::steady_clock::now();
  auto read = collect::read_page(one.task, answered, config_.sources);
  auto version =
      collect::version_read(one.task, answered, read, config_.reader);
  finished_task finished;
  finished.outcome = std::move(read.outcome);
  auto& outcome = finished.outcome;
  outcome.version = std::move(version);
  outcome.timings.parse_us = microseconds_since(begin);
  outcome.timings.fetch_us = response.elapsed.count();
  outcome.bytes = response.wire_bytes;
  outcome.crawl_delay_s = response.crawl_delay_s;
  outcome.lease = one.id;
  outcome.worker = config_.name;
  finished.task = std::move(one.task);
  normalize(std::move(finished), std::move(read.raw));
}

void collector_state::on_failure(plan::lease& one, failure why) {
  finished_task finished;
  finished.outcome.task_id = one.task.id;
  finished.outcome.lease = one.id;
  finished.outcome.worker = config_.name;
  finished.outcome.status = answer::partial;
  finished.outcome.failed = std::move(why);
  finished.task = std::move(one.task);
  hand_in(std::move(finished));
}

bool collector_state::wants_prints() const {
  return config_.prints && config_.prints->is_there();
}

void collector_state::normalize(finished_task finished,
                                std::vector<raw_posting> raw) {
  if (raw.size() > batch_size)
    return share_out(std::move(finished), std::move(raw));
  if (!raw.empty()) {
    raw_batch batch{std::move(raw), wants_prints()};
    add(normalize_all(*partners_.rules, batch), finished);
  }
  hand_in(std::move(finished));
}

void collector_state::share_out(finished_task finished,
                                std::vector<raw_posting> raw) {
  auto page = std::make_shared<reading>();
  page->finished = std::move(finished);
  page->finished.outcome.postings.reserve(raw.size());
  page->batches_left = (raw.size() + batch_size - 1) / batch_size;
  const auto with_prints = wants_prints();
  for (std::size_t begin = 0; begin < raw.size(); begin += batch_size) {
    auto end = std::min(begin + batch_size, raw.size());
    raw_batch batch{{}, with_prints};
    batch.postings.assign(std::make_move_iterator(
                              raw.begin() + static_cast<std::ptrdiff_t>(begin)),
                          std::make_move_iterator(
                              raw.begin() + static_cast<std::ptrdiff_t>(end)));
    auto& worker =
        partners_
            .normalizers[next_normalizer_++ % partners_.normalizers.size()];
    self_->request(worker, normalize_timeout, std::move(batch))
        .then([this, page](normal_batch& done) { on_normal(page, done); },
              [this, page](caf::error& error) {
                page->finished.outcome.failed = from_error(error);
                normal_batch nothing;
                on_normal(page, nothing);
              });
  }
}

void collector_state::on_normal(const reading_ptr& page, normal_batch& batch) {
  add(std::move(batch), page->finished);
  if (--page->batches_left == 0)
    hand_in(std::move(page->finished));
}

void collector_state::hand_in(finished_task finished) {
  auto lease = finished.outcome.lease;
  in_hand_[lease].deadline = self_->clock().now() + config_.hand_in_timeout;
  self_->request(partners_.ingest, caf::infinite, std::move(finished))
      .then([this, lease](atom::done) { task_over(lease); },
            [this](caf::error& error) { self_->quit(error); });
}

void collector_state::task_over(std::int64_t lease) {
  in_hand_.erase(lease);
  if (!is_draining_)
    ask_for_work(1);
  else if (in_hand_.empty())
    self_->quit();
}

void collector_state::on_drain() {
  is_draining_ = true;
  if (in_hand_.empty() && !is_hung_)
    self_->quit();
}

void collector_state::on_tick() {
  end_overdue();
  if (!in_hand_.empty() && !is_hung_) {
    work_renewal renewal;
    for (const auto& [lease, one] : in_hand_)
      renewal.leases.push_back(lease);
    self_->send(partners_.frontier, std::move(renewal));
  }
  self_->delayed_send(self_, config_.renewal, atom::tick::value);
}

collector_actor::behavior_type
collector(collector_actor::stateful_pointer<collector_state> self,
          collector_config config, collector_partners partners,
          wall_clock clock) {
  self->state.start(std::move(config), std::move(partners), clock);
  return {
      [self](work_granted& granted) {
        self->state.on_granted(std::move(granted));
      },
      [self](const host_rest& one) { self->state.on_rest(one); },
      [self](atom::pulse) { return self->state.on_pulse(); },
      [self](atom::drain) { self->state.on_drain(); },
      [self](atom::tick) { self->state.on_tick(); },
      [self](atom::wake) { self->state.on_wake(); },
      [self](lease_query due) { self->state.on_due(due.lease); },
  };
}

} // namespace jobfarm
