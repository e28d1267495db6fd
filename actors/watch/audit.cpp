#include "actors/watch/audit.hpp"

#include <map>

namespace jobfarm::watch {

namespace {

using balances = std::map<std::string, source_balance>;

void count_done(source_balance& sum, const task_counts& counts) {
  sum.handed_out += counts.handed_out;
  sum.stored += counts.stored;
  sum.merged += counts.merged;
  sum.rejected += counts.rejected;
  sum.seen_again += counts.seen_again;
  sum.missing += counts.handed_out - counts.stored - counts.merged
                 - counts.rejected - counts.seen_again;
}

/// What a list said of a posting is kept although its page was given up: it
/// was handed out by that page, so to speak.
void count_dead(source_balance& sum, const task_counts& counts) {
  auto kept =
      counts.stored + counts.merged + counts.rejected + counts.seen_again;
  sum.handed_out += kept;
  sum.stored += counts.stored;
  sum.merged += counts.merged;
  sum.rejected += counts.rejected;
  sum.seen_again += counts.seen_again;
  ++sum.dead_lettered;
}

expected<balances> balances_of(const store::store& disk,
                               const std::string& query_id) {
  balances all;
  for (auto state : {task_state::ready, task_state::done, task_state::dead}) {
    auto scanned =
        disk.scan_tasks(query_id, state, [&](const task_record& one) {
          auto& sum = all[one.task.source];
          sum.source = one.task.source;
          if (state == task_state::ready)
            ++sum.open;
          else if (state == task_state::done)
            count_done(sum, one.counts);
          else
            count_dead(sum, one.counts);
          return true;
        });
    if (!scanned)
      return scanned.error();
  }
  return all;
}

std::string fault_text(const source_balance& one) {
  auto count = std::to_string(one.missing < 0 ? -one.missing : one.missing);
  return one.source + ": " + count
         + (one.missing < 0 ? " records more than were handed out"
                            : " records that were handed out are nowhere");
}

} // namespace

expected<query_audit> audit_query(const store::store& disk,
                                  const std::string& query_id) {
  auto record = disk.query(query_id);
  if (!record)
    return record.error();
  if (!*record)
    return fail(errc::not_found, "no such query: " + query_id);
  auto all = balances_of(disk, query_id);
  if (!all)
    return all.error();
  query_audit audit;
  audit.query_id = query_id;
  for (const auto& [name, one] : *all) {
    if (one.missing != 0)
      audit.faults.push_back(fault_text(one));
    if (one.open != 0 && (*record)->result)
      audit.faults.push_back(name + ": " + std::to_string(one.open)
                             + " tasks are open although the query has ended");
    audit.sources.push_back(one);
  }
  audit.adds_up = audit.faults.empty();
  return audit;
}

expected<job_posting> audit_posting(const store::store& disk,
                                    const std::string& posting_id) {
  auto found = disk.posting(posting_id);
  if (!found)
    return found.error();
  if (!*found)
    return fail(errc::not_found, "no such posting: " + posting_id);
  return **std::move(found);
}

expected<std::vector<dead_letter>> dead_letters(const store::store& disk,
                                                const std::string& query_id,
                                                const std::string& after,
                                                std::size_t limit) {
  std::vector<dead_letter> some;
  auto is_past = after.empty();
  auto scanned =
      disk.scan_tasks(query_id, task_state::dead, [&](const task_record& one) {
        if (!is_past) {
          is_past = one.task.id == after;
          return true;
        }
        dead_letter letter{one.task.query_id,
                           one.task.id,
                           one.task.source,
                           one.task.board,
                           one.task.request.url,
                           one.task.attempt + 1,
                           one.history.empty() ? failure{}
                                               : one.history.back()};
        some.push_back(std::move(letter));
        return some.size() < limit;
      });
  if (!scanned)
    return scanned.error();
  return some;
}

} // namespace jobfarm::watch
