#pragma once

#include "actors/store/memory_store.hpp"
#include "tests/simulation/stage.hpp"

#include <set>
#include <string>

namespace jobfarm::simulation {

/// The store, as a witness: whoever writes, a task ends once, a query ends
/// once, and no posting comes that no source has handed out.
class ledger_check : public store::memory_store {
public:
  explicit ledger_check(stage& on) : on_(on) {
  }

  expected<void> commit(const jobfarm::store::batch& changes) override;

  /// The operator has asked for a dead letter to be retried or dropped.
  void may_live_again(const jobfarm::task& one) {
    revivable_.insert(one.id);
    judged_.insert(one.id);
    reopened_.insert(one.query_id);
  }
  bool may_have_lived_again(const std::string& task_id) const {
    return judged_.count(task_id) != 0;
  }

  /// What says that a query was cancelled, and whether one was.
  static constexpr auto* cancelled = "query_cancelled";
  bool is_cancelled(const std::string& query_id) const;

  /// What must hold of a query that has ended or was cancelled, when nothing is
  /// under way.
  void check_end_of(const std::string& query_id) const;
  /// And of all that was stored.
  void check_postings() const;
  void count(std::int64_t& done, std::int64_t& dead,
             std::int64_t& postings) const;
  /// Everything in it, as a number.
  std::uint64_t content() const;

private:
  void check_tasks(const jobfarm::store::batch& changes);
  void check_queries(const jobfarm::store::batch& changes);
  void check_sightings(const jobfarm::store::batch& changes) const;
  void check_boards(const std::string& query_id) const;
  void violated(const std::string& what) const;

  stage& on_;
  std::set<std::string> revivable_;
  std::set<std::string> judged_;
  std::set<std::string> reopened_;
};

} // namespace jobfarm::simulation
