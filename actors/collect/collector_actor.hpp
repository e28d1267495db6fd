#pragma once

#include "actors/collect/page_reader.hpp"
#include "actors/collect/print_demand.hpp"
#include "actors/fetch/fetcher_actor.hpp"
#include "actors/interfaces.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/wall_clock.hpp"
#include "actors/watch/fail_points.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm {

struct collector_config {
  std::string name = "collector";
  /// Tasks in hand at most, from the lease to the acknowledgement.
  std::size_t credit = 8;
  plan::source_settings_map sources;
  /// Names what reads pages here: what another one read is read again. Empty
  /// if that cannot be told.
  std::string reader;
  /// `name: value` header lines by the name of the credential.
  std::map<std::string, http_header> credentials;
  /// How long a page may take; the client's own limits end it sooner.
  std::chrono::seconds fetch_timeout{120};
  /// How much longer where a browser loads it.
  std::chrono::seconds browser_timeout{0};
  /// Pages can be loaded by a browser here.
  bool has_browser = false;
  /// How long an outcome may wait for the disk; on a worker that includes the
  /// time that no coordinator is there.
  std::chrono::minutes hand_in_timeout{10};
  /// How often the leases of what is in hand are renewed: well within a lease
  /// time.
  std::chrono::seconds renewal{8};
  /// Of an INGEST in this process; null for another's, which prints do not
  /// reach.
  std::shared_ptr<const collect::print_demand> prints;
  /// Fail points `collector.page` and `source.answer`; may be null.
  std::shared_ptr<watch::fail_points> faults;
};

/// Whom a collector works with.
struct collector_partners {
  fetcher_actor fetcher;
  work_source_actor frontier;
  /// For pages that are shared out.
  std::vector<normalizer_actor> normalizers;
  outcome_sink_actor ingest;
  /// For all others.
  std::shared_ptr<const normalize::normalizer> rules;
};

/// Runs tasks one page at a time each, up to its credit at once: asks the
/// FETCHER, reads, normalises, and gives the outcome to INGEST, which
/// acknowledges it when it is on disk. Only a page of many postings is shared
/// out among NORMALIZERs, in batches: to hand a smaller one to another thread
/// costs more than it gains, there are more COLLECTORs.
class collector_state {
public:
  static inline const char* name = "collector";

  explicit collector_state(collector_actor::pointer self);

  void start(collector_config config, collector_partners partners,
             wall_clock clock);
  void on_granted(work_granted granted);
  void on_rest(const host_rest& one);
  caf::result<atom::done> on_pulse();
  void on_drain();
  void on_tick();
  /// The fault that hung it is over.
  void on_wake();
  /// A page that a fault made late is to be asked for.
  void on_due(std::int64_t lease);

private:
  /// A page whose batches are with NORMALIZERs.
  struct reading {
    finished_task finished;
    std::size_t batches_left = 0;
  };
  using reading_ptr = std::shared_ptr<reading>;

  /// A task in hand, and what is done for it now.
  struct held {
    /// Whose page is asked for; null before and after.
    std::shared_ptr<plan::lease> asked;
    /// By when that, or the end of the task, has to come.
    caf::actor_clock::time_point deadline = caf::actor_clock::time_point::max();
  };

  void ask_for_work(std::size_t credit);
  bool is_struck(const work_granted& granted);
  void run(plan::lease one);
  void ask(std::shared_ptr<plan::lease> one, http_request request);
  bool is_awaited(std::int64_t lease);
  void end_overdue();
  std::optional<std::chrono::milliseconds> rest_left(const std::string& host);
  void ask_later(std::chrono::milliseconds delay,
                 std::shared_ptr<plan::lease> one, http_request request);
  fetch::fetch_route route_of(const task& one) const;
  void on_answer(plan::lease& one, const fetch_result& answer);
  void on_failure(plan::lease& one, failure why);
  bool wants_prints() const;
  void normalize(finished_task finished, std::vector<raw_posting> raw);
  void share_out(finished_task finished, std::vector<raw_posting> raw);
  void on_normal(const reading_ptr& page, normal_batch& batch);
  void hand_in(finished_task finished);
  void task_over(std::int64_t lease);

  collector_actor::pointer self_;
  collector_config config_;
  collector_partners partners_;
  std::optional<wall_clock> clock_;
  /// By lease, which lasts to the acknowledgement. Partners live in this
  /// process: a timer a request would cost more than the request.
  std::map<std::int64_t, held> in_hand_;
  std::size_t next_normalizer_ = 0;
  bool is_draining_ = false;
  /// A fault has it do nothing, for ever where no time is given.
  bool is_hung_ = false;
  /// Asked while it hung: never answered.
  std::vector<caf::typed_response_promise<atom::done>> unanswered_;
  /// Until when hosts are to be left alone.
  std::map<std::string, caf::actor_clock::time_point> rests_;
  /// What came meanwhile.
  std::vector<plan::lease> missed_;
  /// By lease: what a fault made late.
  std::map<std::int64_t, std::pair<std::shared_ptr<plan::lease>, http_request>>
      late_;
};

collector_actor::behavior_type
collector(collector_actor::stateful_pointer<collector_state> self,
          collector_config config, collector_partners partners,
          wall_clock clock);

} // namespace jobfarm
