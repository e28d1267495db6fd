#include "actors/watch/audit.hpp"

#include <map>
#include <utility>

namespace jobfarm::watch {

namespace {

using balances = std::map<std::string, source_balance>;

/// What an ended task accounts for. What a list said of a posting is kept
/// although its page was given up: the list handed it out.
void count_ended(source_balance& sum, const task_counts& counts) {
  sum.handed_out += counts.handed_out;
  sum.stored += counts.stored;
  sum.merged += counts.merged;
  sum.rejected += counts.rejected;
  sum.seen_again += counts.seen_again;
  sum.missing += counts.handed_out - counts.stored - counts.merged
                 - counts.rejected - counts.seen_again;
}

/// A posting whose own page is still to come is with its task.
void count_open(source_balance& sum, const task& one) {
  ++sum.open;
  sum.missing -= one.listed.has_value();
}

void count(source_balance& sum, const task_record& one) {
  sum.source = one.task.source;
  if (one.state == task_state::ready)
    return count_open(sum, one.task);
  count_ended(sum, one.counts);
  sum.dead_lettered += one.state != task_state::done;
  sum.dropped += one.state == task_state::dropped;
}

expected<balances> balances_of(const store::store& disk,
                               const std::string& query_id) {
  balances all;
  for (auto state : all_task_states) {
    auto scanned =
        disk.scan_tasks(query_id, state, [&](const task_record& one) {
          count(all[one.task.source], one);
          return true;
        });
    if (!scanned)
      return scanned.error();
  }
  return all;
}

dead_letter letter_of(const task_record& one) {
  return {one.task.query_id,
          one.task.id,
          one.task.source,
          one.task.board,
          one.task.request.url,
          one.task.attempt + 1,
          one.history.empty() ? failure{} : one.history.back()};
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
    // A query that found enough, or whose time was over, leaves the rest
    // unasked.
    const auto& query = (*record)->query;
    if (one.open != 0 && (*record)->result && query.limit == 0
        && query.timeout_s == 0)
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

std::string place_of(const dead_letter& one) {
  return one.query_id + '/' + one.task_id;
}

expected<std::vector<dead_letter>> dead_letters(const store::store& disk,
                                                const std::string& query_id,
                                                const std::string& after,
                                                std::size_t limit) {
  std::vector<dead_letter> some;
  auto scanned =
      disk.scan_tasks(query_id, task_state::dead, [&](const task_record& one) {
        if (auto letter = letter_of(one); place_of(letter) > after)
          some.push_back(std::move(letter));
        return some.size() < limit;
      });
  if (!scanned)
    return scanned.error();
  return some;
}

expected<dead_letter> find_dead_letter(const store::store& disk,
                                       const std::string& task_id) {
  std::optional<dead_letter> found;
  auto scanned =
      disk.scan_tasks("", task_state::dead, [&](const task_record& one) {
        if (one.task.id == task_id)
          found = letter_of(one);
        return !found;
      });
  if (!scanned)
    return scanned.error();
  if (!found)
    return fail(errc::not_found, "no such dead letter: " + task_id);
  return *std::move(found);
}

} // namespace jobfarm::watch
