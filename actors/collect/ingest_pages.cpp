#include "actors/collect/ingest.hpp"

#include "actors/collect/page_memory.hpp"
#include "actors/collect/read_pages.hpp"
#include "actors/text/time.hpp"

#include <utility>

/// Which pages are to be read, and which need not be.
namespace jobfarm::collect {

namespace {

/// Far more than one batch plans.
constexpr std::size_t most_unwritten_tasks = 50'000;

} // namespace

/// True if the ledger has the task, whatever has become of it.
expected<bool> ingest::is_planned(const task& next) {
  if (planned_.count(next.id) + planned_before_.count(next.id) > 0)
    return true;
  auto record = disk_->task(next.query_id, next.id);
  if (!record)
    return record.error();
  if (planned_.size() >= most_unwritten_tasks)
    planned_before_ = std::exchange(planned_, {});
  planned_.insert(next.id);
  return record->has_value();
}

/// Pages shift while they are read: what two of them show is planned once, and
/// a posting shown again is one seen again.
expected<void> ingest::plan_next(std::vector<task> next,
                                 settled_task& settled) {
  for (auto& one : next) {
    auto is_known = is_planned(one);
    if (!is_known)
      return is_known.error();
    if (*is_known) {
      settled.result.seen_again += one.listed.has_value();
      continue;
    }
    auto is_old = has_not_changed(one, settled);
    if (!is_old)
      return is_old.error();
    if (*is_old)
      continue;
    if (auto done = recall_version(*disk_, one, now_); !done)
      return done;
    view_.put_task({one, task_state::ready, {}});
    settled.next_tasks.push_back(std::move(one));
  }
  return {};
}

/// True for a page that has not changed since it was read: its records count as
/// handed out and seen again.
expected<bool> ingest::has_not_changed(const task& next,
                                       settled_task& settled) {
  auto ids = unchanged_records(view_, next, text::parse_utc(now_).value_or(0));
  if (!ids)
    return ids.error();
  if (!*ids)
    return false;
  auto seen = see_again(**ids, settled);
  if (!seen)
    return seen.error();
  if (*seen)
    settled.result.handed_out += static_cast<std::int64_t>((*seen)->size());
  return seen->has_value();
}

/// Takes the records of a page that has not changed as seen again; none if one
/// of them cannot be had: then the page is read.
expected<std::optional<ingest::seen_records>>
ingest::see_again(const std::vector<std::string>& ids, settled_task& settled) {
  std::optional<seen_records> seen{std::in_place};
  for (const auto& id : ids) {
    auto one = index_.record(id);
    if (!one)
      return one.error();
    if (!*one)
      return std::optional<seen_records>{};
    seen->push_back(*std::move(one));
  }
  for (const auto& one : *seen) {
    auto became = index_.see_again(*one, now_);
    if (!became)
      return became.error();
    if (auto done = count_placed(*one, *became, settled); !done)
      return done.error();
  }
  return seen;
}

/// Has a page read that was not, as it is now, at once.
expected<void> ingest::read_whole(const task& page, settled_task& settled) {
  auto record = disk_->task(page.query_id, page.id);
  if (!record)
    return record.error();
  settled.result.is_done = false;
  settled.decision.what = supervise::decision::kind::retry;
  settled.again = page;
  settled.again->known.reset();
  auto history =
      *record ? std::move((*record)->history) : std::vector<failure>{};
  view_.put_task({*settled.again, task_state::ready, std::move(history)});
  return {};
}

/// What a page showed that is not there any more is closed.
expected<void> ingest::close_gone(const task& failed, const failure& why) {
  if (why.code != errc::not_found || failed.kind != page_kind::detail)
    return {};
  if (failed.listed)
    return index_.page_gone(failed.source, failed.board,
                            name_of(*failed.listed), now_);
  auto records = remembered_records(view_, failed);
  if (!records)
    return records.error();
  for (const auto& id : *records)
    if (auto closed = index_.close(id, now_); !closed)
      return closed;
  return {};
}

} // namespace jobfarm::collect
