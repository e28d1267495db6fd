#pragma once

#include "actors/collect/listing_history.hpp"
#include "actors/collect/posting_index.hpp"
#include "actors/collect/print_demand.hpp"
#include "actors/collect/settlement.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/farm_messages.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/plan/planner.hpp"
#include "actors/plan/query_match.hpp"
#include "actors/store/pending_view.hpp"
#include "actors/watch/probe.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <unordered_set>

namespace jobfarm::collect {

struct ingest_config {
  dedupe::rule rule = dedupe::rule::location;
  /// A score above this is a duplicate.
  double threshold = 0.85;
  supervise::recovery_policy recovery;
  /// Says which pages may be loaded by a browser.
  plan::source_settings_map sources;
  /// Told of what pages have; may be null.
  std::shared_ptr<print_demand> prints;
  /// Seeds the jitter of back-off.
  std::uint64_t seed = 0;
  /// Hears of every page that is settled; may be null.
  std::shared_ptr<watch::probe> told;
};

/// Decides what follows from each finished task and adds it to the open batch:
/// postings stored, merged or seen again, rejections, next tasks, the task's
/// own end or its next try. No actor in it; reading the store may block.
class ingest {
public:
  /// `rules` makes postings of what a list said, where the detail page cannot
  /// be had.
  ingest(ingest_config config, std::shared_ptr<const store::store> disk,
         std::shared_ptr<const normalize::normalizer> rules);

  /// Returns what FRONTIER and PLANNER must know once the batch is on disk. A
  /// task that has ended already changes nothing: then `settled_task` only
  /// gives the lease back. `now` is RFC 3339. Errors: invalid_input for an
  /// outcome that cannot be taken, which changes nothing; store_failed, after
  /// which the open batch may hold a part of it and must not be written.
  expected<settled_task> accept(finished_task finished, const std::string& now);

  /// A host is left alone for `left` from `now` on (RFC 3339): also by a farm
  /// that is started anew meanwhile. Errors: store_failed, as of `accept`.
  expected<void> keep_rest(const std::string& host,
                           std::chrono::milliseconds left,
                           const std::string& now);

  /// Whether any worker has a browser.
  void note_browsers(bool are_there) noexcept {
    has_browsers_ = are_there;
  }

  store::pending_view& changes() noexcept {
    return view_;
  }

private:
  using seen_records = std::vector<store::shared_posting>;

  void tell(const watch::page_report& page, const settled_task& settled) const;
  expected<std::vector<failure>> failures_of(const task& failed,
                                             const failure& why) const;
  expected<void> keep_wait(const settled_task& refused);
  supervise::task_history history_of(const task& failed, std::int32_t attempts);
  expected<void> settle(finished_task& finished, settled_task& settled);
  expected<void> settle_failure(finished_task& finished, settled_task& settled);
  expected<void> settle_result(finished_task& finished, settled_task& settled);
  expected<void> keep_postings(std::vector<job_posting> postings,
                               const task& from, reading how,
                               settled_task& settled,
                               const page_prints& texts = {});
  expected<void> count_placed(const job_posting& posting,
                              const placement& became, settled_task& settled);
  expected<void> settle_unchanged(finished_task& finished,
                                  settled_task& settled);
  expected<void> judge_board(const task& from,
                             const std::optional<board_page>& here,
                             const std::optional<read_listing>& listing,
                             settled_task& settled);
  expected<bool> is_planned(const task& next);
  expected<bool> has_not_changed(const task& next, settled_task& settled);
  expected<std::optional<seen_records>>
  see_again(const std::vector<std::string>& ids, settled_task& settled);
  expected<void> read_whole(const task& page, settled_task& settled);
  expected<void> plan_next(std::vector<task> next, settled_task& settled);
  expected<void> close_gone(const task& failed, const failure& why);
  void keep_rejections(std::vector<rejection> rejections,
                       settled_task& settled);
  /// A query, and who tells which postings it asks for.
  struct asked_query {
    job_query query;
    plan::query_match match;
  };
  expected<const asked_query*> query_of(const std::string& query_id);

  ingest_config config_;
  std::shared_ptr<const store::store> disk_;
  std::shared_ptr<const normalize::normalizer> rules_;
  store::pending_view view_;
  posting_index index_;
  std::map<std::string, asked_query> queries_;
  const asked_query* asked_ = nullptr;
  /// Ids of tasks that may not be on disk yet; the older half is forgotten
  /// when the newer one is full.
  std::unordered_set<std::string> planned_;
  std::unordered_set<std::string> planned_before_;
  /// When the outcome at hand came.
  std::string now_;
  std::mt19937_64 random_;
  bool has_browsers_ = false;
};

} // namespace jobfarm::collect
