#pragma once

#include "actors/collect/ingest.hpp"
#include "actors/interfaces.hpp"
#include "actors/wall_clock.hpp"

#include <memory>
#include <vector>

namespace jobfarm {

/// Commits outcomes in groups: what comes while a batch is on its way to the
/// disk, and for a moment after, makes up the next one, so that many tasks cost
/// one sync. A failure counts only while its lease runs, which the FRONTIER
/// knows; a result counts whenever it comes first. Ends where the store cannot
/// be read or written. Spawn it detached: it reads the store.
class ingest_state {
public:
  static inline const char* name = "ingest";

  explicit ingest_state(ingest_actor::pointer self);

  void start(std::unique_ptr<collect::ingest> core, store_actor disk,
             frontier_actor frontier, wall_clock clock);
  caf::result<atom::done> on_finished(finished_task finished);
  void on_browsers(bool are_there) {
    core_->note_browsers(are_there);
  }
  void on_rest(const host_rest& one);
  void on_flush();

private:
  using promise = caf::typed_response_promise<atom::done>;
  struct settlement {
    settled_task settled;
    promise answer;
  };

  void accept(finished_task finished, promise answer);
  void queue_flush();
  void on_committed();
  void fail_all(const caf::error& error);

  ingest_actor::pointer self_;
  std::unique_ptr<collect::ingest> core_;
  store_actor disk_;
  frontier_actor frontier_;
  std::optional<wall_clock> clock_;
  /// Leases whose pages are read, to be told with the next flush.
  std::vector<std::int64_t> read_;
  std::vector<settlement> open_;
  std::vector<settlement> sent_;
  bool flush_queued_ = false;
  bool is_committing_ = false;
  caf::actor_clock::time_point next_commit_{};
  /// There is more to write than what settles.
  bool has_news_ = false;
};

ingest_actor::behavior_type
ingest(ingest_actor::stateful_pointer<ingest_state> self,
       std::shared_ptr<std::unique_ptr<collect::ingest>> core, store_actor disk,
       frontier_actor frontier, wall_clock clock);

} // namespace jobfarm
