#include "tests/simulation/ledger_check.hpp"

#include "actors/watch/audit.hpp"
#include "messages/msgpack.hpp"
#include "tests/simulation/web.hpp"

#include <map>

namespace jobfarm::simulation {

namespace {

std::string key_of(const std::string& source, const std::string& id) {
  return source + ' ' + id;
}

bool has_ended(task_state state) {
  return state == task_state::done || state == task_state::dead;
}

} // namespace

void ledger_check::violated(const std::string& what) const {
  on_.log.violated(on_.time.now(), what);
}

expected<void> ledger_check::commit(const jobfarm::store::batch& changes) {
  check_tasks(changes);
  check_queries(changes);
  check_sightings(changes);
  on_.log.note(on_.time.now(),
               "commit " + std::to_string(changes.tasks.size()) + ' '
                   + std::to_string(changes.postings.size()) + ' '
                   + std::to_string(changes.index.size()) + ' '
                   + std::to_string(changes.queries.size()));
  return memory_store::commit(changes);
}

void ledger_check::check_tasks(const jobfarm::store::batch& changes) {
  std::map<std::string, task_state> states;
  for (const auto& one : changes.tasks) {
    const auto& id = one.task.id;
    on_.log.note(on_.time.now(), "task " + id + ' '
                                     + std::string{to_string(one.state)} + ' '
                                     + std::to_string(one.task.attempt));
    if (states.count(id) == 0) {
      auto before = task(one.task.query_id, id);
      states[id] = *before ? (*before)->state : task_state::ready;
    }
    auto was = std::exchange(states[id], one.state);
    if (one.state == task_state::dead && one.history.empty())
      violated("dead without a reason: " + one.task.request.url);
    auto is_drop_of_nothing =
        one.state == task_state::dropped && was != task_state::dead;
    if (!is_drop_of_nothing && !has_ended(was) && was != task_state::dropped)
      continue;
    // An operator's word is for once.
    if (was == task_state::dead && revivable_.erase(id) != 0)
      continue;
    violated("a task that was " + std::string{to_string(was)} + " became "
             + std::string{to_string(one.state)} + ": "
             + one.task.request.url);
  }
}

void ledger_check::check_queries(const jobfarm::store::batch& changes) {
  for (const auto& one : changes.queries) {
    const auto& id = one.query.query_id;
    auto before = query(id);
    auto has_result = *before && (*before)->result.has_value();
    if (has_result && reopened_.erase(id) == 0)
      violated("query " + id + " was written although it had ended");
  }
}

void ledger_check::check_sightings(const jobfarm::store::batch& changes) const {
  const auto& known = on_.sites->handed_out();
  for (const auto& [id, posting] : changes.postings)
    if (posting)
      for (const auto& seen : posting->sightings)
        if (known.count(key_of(seen.source, seen.source_id)) == 0
            && seen.source != "jsonld")
          violated("invented: " + key_of(seen.source, seen.source_id));
}

bool ledger_check::is_cancelled(const std::string& query_id) const {
  auto found = false;
  (void) scan_events(query_id, [&](const event& one) {
    found = one.name == cancelled;
    return !found;
  });
  return found;
}

void ledger_check::check_end_of(const std::string& query_id) const {
  auto audit = watch::audit_query(*this, query_id);
  if (!audit)
    return violated("no audit of " + query_id);
  for (const auto& fault : audit->faults)
    violated("query " + query_id + ": " + fault);
  auto record = **query(query_id);
  std::int64_t handed_out = 0;
  for (const auto& one : audit->sources)
    handed_out += one.handed_out;
  if (!record.result) {
    if (!is_cancelled(query_id))
      violated("query " + query_id + " has not ended");
    return;
  }
  // What was under way when the time was over may have come afterwards.
  auto has_late = record.query.timeout_s > 0
                  && record.result->raw_jobs < handed_out;
  if (record.result->raw_jobs != handed_out && !has_late)
    violated("query " + query_id + " tells of "
             + std::to_string(record.result->raw_jobs)
             + " records, its tasks of " + std::to_string(handed_out));
  // What was still open when the time was over is not counted any more.
  for (const auto& one : record.progress.sources)
    if (record.query.timeout_s == 0
        && one.tasks_done + one.tasks_failed != one.tasks_known)
      violated("query " + query_id + ", " + one.source + ": "
               + std::to_string(one.tasks_known) + " tasks, "
               + std::to_string(one.tasks_done) + " done, "
               + std::to_string(one.tasks_failed) + " failed");
  check_boards(query_id);
}

/// Where all of a board's listing was read, all that it shows is accounted for.
void ledger_check::check_boards(const std::string& query_id) const {
  std::set<std::string> accounted;
  (void) scan_postings("", [&](const job_posting& one) {
    for (const auto& seen : one.sightings)
      accounted.insert(key_of(seen.source, seen.source_id));
    return true;
  });
  (void) scan_rejections("", [&](const rejection& one) {
    accounted.insert(key_of(one.source, one.source_id));
    return true;
  });
  std::set<std::pair<std::string, std::string>> read;
  std::set<std::pair<std::string, std::string>> unread;
  for (auto state : all_task_states)
    (void) scan_tasks(query_id, state, [&](const task_record& one) {
      if (state == task_state::ready && one.task.listed)
        accounted.insert(
            key_of(one.task.source, one.task.listed->source_id));
      if (one.task.kind == page_kind::list)
        (state == task_state::done && !one.shortfall ? read : unread)
            .emplace(one.task.source, one.task.board);
      return true;
    });
  for (const auto& one : read)
    if (unread.count(one) == 0 && one.first != "jsonld")
      for (const auto& shown : on_.sites->shown_by(one.first, one.second))
        if (accounted.count(shown) == 0)
          violated("lost: " + shown + " of board " + one.second);
}

void ledger_check::check_postings() const {
  std::map<std::string, std::string> stored;
  (void) scan_postings("", [&](const job_posting& one) {
    for (const auto& seen : one.sightings) {
      auto what = seen.source_id.empty() ? key_of(seen.source, seen.url)
                                         : key_of(seen.source, seen.source_id);
      auto [first, is_new] = stored.emplace(what, one.id);
      if (!is_new)
        violated("stored twice: " + what);
    }
    return true;
  });
}

void ledger_check::count(std::int64_t& done, std::int64_t& dead,
                         std::int64_t& postings) const {
  auto count = [](std::int64_t& into) {
    return [&into](const auto&) {
      ++into;
      return true;
    };
  };
  (void) scan_tasks("", task_state::done, count(done));
  (void) scan_tasks("", task_state::dead, count(dead));
  (void) scan_postings("", count(postings));
}

std::uint64_t ledger_check::content() const {
  std::uint64_t sum = 0;
  (void) scan_postings("", [&](const job_posting& one) {
    sum += fate_of(pack(one), 1);
    return true;
  });
  for (auto state : all_task_states)
    (void) scan_tasks("", state, [&](const task_record& one) {
      sum += fate_of(pack(one), 2);
      return true;
    });
  (void) scan_queries([&](const query_record& one) {
    sum += fate_of(pack(one), 3);
    return true;
  });
  return sum;
}

} // namespace jobfarm::simulation
