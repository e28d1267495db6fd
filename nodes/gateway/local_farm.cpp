#include "nodes/gateway/local_farm.hpp"

#include "actors/sources/source.hpp"
#include "actors/text/time.hpp"
#include "actors/watch/audit.hpp"

#include <unistd.h>

#include <chrono>
#include <thread>

namespace jobfarm::nodes::gateway {

namespace {

/// The event that tells a cancelled query from one that was cut off.
constexpr std::string_view cancelled_event = "query_cancelled";

/// A few hundred bytes each.
constexpr std::size_t most_last_ids = 1000;

std::string now_text() {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return text::format_utc(
      std::chrono::duration_cast<std::chrono::seconds>(now).count());
}

event event_of(const std::string& query_id, std::string_view name,
               std::string text) {
  event made;
  made.at = now_text();
  made.query_id = query_id;
  made.name = name;
  made.text = std::move(text);
  return made;
}

failure no_query(const std::string& query_id) {
  return fail(errc::not_found, "no such query: " + query_id);
}

expected<bool> was_cancelled(const store::store& disk,
                             const std::string& query_id) {
  auto found = false;
  auto scanned = disk.scan_events(query_id, [&](const event& one) {
    found = one.name == cancelled_event;
    return !found;
  });
  if (!scanned)
    return scanned.error();
  return found;
}

/// The farm's proxies, which all sources share.
proxy_counts counted(const std::vector<proxy_status>& proxies) {
  proxy_counts counts;
  for (const auto& one : proxies) {
    counts.in_use += one.requests > 0;
    ++(one.state == "healthy" ? counts.healthy : counts.banned);
  }
  return counts;
}

std::int64_t physical_memory_bytes() {
  return static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES))
         * ::sysconf(_SC_PAGESIZE);
}

} // namespace

local_farm::local_farm(farm& inside, local_farm_options options)
    : farm_(inside), options_(std::move(options)), started_at_(now_text()) {
}

expected<std::size_t> local_farm::resume_all() {
  std::vector<query_record> open;
  auto scanned = farm_.disk().scan_queries([&](const query_record& one) {
    if (!one.result)
      open.push_back(one);
    return true;
  });
  if (!scanned)
    return scanned.error();
  std::size_t resumed = 0;
  for (const auto& one : open) {
    auto cancelled = was_cancelled(farm_.disk(), one.query.query_id);
    if (!cancelled)
      return cancelled.error();
    if (*cancelled)
      continue;
    if (auto going = farm_.resume(one); !going)
      return going.error();
    ++resumed;
  }
  return resumed;
}

expected<void> local_farm::submit(const job_query& query) {
  auto known = farm_.disk().query(query.query_id);
  if (!known)
    return known.error();
  if (*known)
    return {};
  auto accepted = farm_.submit(query);
  if (!accepted)
    return accepted.error();
  return farm_.note({event_of(query.query_id, "query_submitted", query.text)});
}

expected<query_view> local_farm::view_of(query_record record) {
  query_view view;
  const auto& id = record.query.query_id;
  if (record.result) {
    view.phase =
        record.result->partial ? query_phase::partial : query_phase::complete;
  } else if (auto live = farm_.progress(id); live) {
    // Also while its end is being written.
    record.progress = *std::move(live);
  } else if (live.error().code == errc::not_found) {
    // Between the two looks it may have ended.
    auto again = farm_.disk().query(id);
    if (again && *again && (*again)->result)
      return view_of(**std::move(again));
    auto cancelled = was_cancelled(farm_.disk(), id);
    if (!cancelled)
      return cancelled.error();
    view.phase = *cancelled ? query_phase::cancelled : query_phase::interrupted;
  } else {
    return live.error();
  }
  view.record = std::move(record);
  return view;
}

expected<std::vector<query_view>> local_farm::queries(const std::string& after,
                                                      std::size_t limit) {
  std::vector<query_record> some;
  auto is_past = after.empty();
  auto scanned = farm_.disk().scan_queries([&](const query_record& one) {
    if (is_past)
      some.push_back(one);
    is_past = is_past || one.query.query_id == after;
    return some.size() < limit;
  });
  if (!scanned)
    return scanned.error();
  if (!is_past)
    return no_query(after);
  std::vector<query_view> views;
  for (auto& one : some) {
    auto view = view_of(std::move(one));
    if (!view)
      return view.error();
    views.push_back(*std::move(view));
  }
  return views;
}

expected<query_view> local_farm::query(const std::string& query_id) {
  auto record = farm_.disk().query(query_id);
  if (!record)
    return record.error();
  if (!*record)
    return no_query(query_id);
  return view_of(**std::move(record));
}

expected<void> local_farm::cancel(const std::string& query_id) {
  auto view = query(query_id);
  if (!view)
    return view.error();
  if (view->has_ended())
    return {};
  // Written first: a farm that dies now does not take it up again.
  auto noted = farm_.note({event_of(query_id, cancelled_event, "")});
  if (!noted)
    return noted;
  farm_.cancel(query_id);
  return {};
}

expected<result_source> local_farm::results(const std::string& query_id,
                                            const std::string& after) {
  auto record = farm_.disk().query(query_id);
  if (!record)
    return record.error();
  if (!*record)
    return no_query(query_id);
  auto match = farm_.match_of((*record)->query);
  auto last = last_of(**record, match);
  if (!last)
    return last.error();
  auto pages = std::make_shared<result_pages>(
      farm_.disk(), query_id, std::move(match), after, *std::move(last));
  return result_source{[pages](std::size_t most) { return pages->next(most); }};
}

expected<std::string> local_farm::last_of(const query_record& of,
                                          const plan::query_match& match) {
  if (of.query.limit == 0 || !of.result)
    return last_handed_out(farm_.disk(), of.query, match);
  std::lock_guard lock(mutex_);
  auto known = last_ids_.find(of.query.query_id);
  if (known != last_ids_.end())
    return known->second;
  auto last = last_handed_out(farm_.disk(), of.query, match);
  if (!last)
    return last;
  if (last_ids_.size() >= most_last_ids)
    last_ids_.clear();
  return last_ids_[of.query.query_id] = *last;
}

expected<std::vector<event>> local_farm::events(const std::string& query_id,
                                                std::size_t first,
                                                std::size_t limit) {
  std::vector<event> some;
  std::size_t number = 0;
  auto scanned = farm_.disk().scan_events(query_id, [&](const event& one) {
    if (number++ >= first)
      some.push_back(one);
    return some.size() < limit;
  });
  if (!scanned)
    return scanned.error();
  return some;
}

expected<std::vector<source_status>> local_farm::sources() {
  std::vector<source_status> all;
  auto proxies = counted(farm_.proxies());
  for (const auto* source : jobfarm::sources::all_sources()) {
    const auto& traits = source->traits;
    auto own = options_.sources.find(traits.name);
    source_status status;
    status.name = traits.name;
    status.type = traits.type;
    status.enabled =
        own == options_.sources.end()
            ? traits.enabled_by_default
            : own->second.enabled.value_or(traits.enabled_by_default);
    if (options_.health)
      options_.health->describe(status);
    status.proxy = proxies;
    all.push_back(std::move(status));
  }
  return all;
}

node_status local_farm::self() const {
  node_status node;
  node.id = options_.node_id;
  node.role = options_.role;
  node.version = options_.version;
  node.cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
  node.memory_bytes = physical_memory_bytes();
  node.workers = static_cast<std::int64_t>(farm_.workers());
  node.state = !farm_.is_draining() ? node_state::ready
               : node.workers == 0  ? node_state::drained
                                    : node_state::draining;
  if (farm_.lost())
    node.state = node_state::lost;
  node.started_at = started_at_;
  node.last_seen = now_text();
  node.proxies = farm_.proxies();
  return node;
}

expected<std::vector<node_status>> local_farm::nodes() {
  auto all = farm_.remote_nodes();
  all.insert(all.begin(), self());
  return all;
}

expected<node_status> local_farm::drain(const std::string& node_id) {
  if (node_id == options_.node_id) {
    farm_.drain();
    return self();
  }
  if (auto asked = farm_.drain(node_id); !asked)
    return asked.error();
  for (auto& one : farm_.remote_nodes())
    if (one.id == node_id)
      return one;
  return fail(errc::not_found, "no such node: " + node_id);
}

expected<query_audit> local_farm::audit(const std::string& query_id) {
  return watch::audit_query(farm_.disk(), query_id);
}

expected<job_posting> local_farm::posting(const std::string& posting_id) {
  return watch::audit_posting(farm_.disk(), posting_id);
}

expected<std::vector<dead_letter>>
local_farm::dead_letters(const std::string& query_id, const std::string& after,
                         std::size_t limit) {
  return watch::dead_letters(farm_.disk(), query_id, after, limit);
}

expected<void> local_farm::retry_dead(const std::string& task_id) {
  auto letter = watch::find_dead_letter(farm_.disk(), task_id);
  if (!letter)
    return letter.error();
  if (auto done = farm_.retry_dead(letter->query_id, task_id); !done)
    return done;
  return farm_.note(
      {event_of(letter->query_id, "dead_letter_retried", letter->url)});
}

expected<void> local_farm::drop_dead(const std::string& task_id,
                                     const std::string& reason) {
  auto letter = watch::find_dead_letter(farm_.disk(), task_id);
  if (!letter)
    return letter.error();
  if (auto done = farm_.drop_dead(letter->query_id, task_id, reason); !done)
    return done;
  return farm_.note({event_of(letter->query_id, "dead_letter_dropped",
                              letter->url + ": " + reason)});
}

std::vector<readiness_check> local_farm::readiness() {
  auto lost = farm_.lost();
  auto is_draining = farm_.is_draining();
  return {{"farm", !lost, lost ? lost->detail : ""},
          {"workers", !is_draining, is_draining ? "draining" : ""}};
}

} // namespace jobfarm::nodes::gateway
