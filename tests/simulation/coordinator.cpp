#include "tests/simulation/coordinator.hpp"

#include "actors/collect/ingest_actor.hpp"
#include "actors/collect/read_pages.hpp"
#include "actors/plan/frontier_actor.hpp"
#include "actors/plan/planner_actor.hpp"
#include "actors/sources/source.hpp"
#include "actors/supervise/supervisor_actor.hpp"
#include "messages/msgpack.hpp"
#include "tests/simulation/budget_check.hpp"
#include "tests/simulation/ledger_check.hpp"
#include "tests/simulation/store_gate.hpp"

#include <utility>

namespace jobfarm::simulation {

namespace {

using namespace nodes::link_layer;
namespace type = link::frame_type;

constexpr milliseconds pulse{50};

/// Hears what the farm tells of hosts and settled pages.
class witness : public watch::probe {
public:
  witness(stage& on, std::shared_ptr<const bool> is_alive)
      : on_(on), is_alive_(std::move(is_alive)) {
  }
  void on_actor_lost(std::string_view, const failure&) override {
  }
  void on_settled(const watch::page_report&, const task_counts&, bool,
                  bool) override {
  }
  void on_frontier(std::size_t, std::size_t,
                   std::optional<watch::steady_time>) override {
  }
  void on_host(const watch::host_report& report) override {
    if (!*is_alive_)
      return;
    on_.log.note(on_.time.now(), std::string{report.what} + ' ' + report.host);
    if (report.what == "host_paused")
      on_.budgets->paused(report.host);
  }
  void on_commit(double, bool) override {
  }

private:
  stage& on_;
  std::shared_ptr<const bool> is_alive_;
};

watch::armed_fault lease_refusal(stage& on) {
  watch::armed_fault made;
  made.point = "frontier.lease";
  made.effect = watch::fault_effect::delay;
  made.delay_ms = 200;
  made.probability = on.bad.lease_refusal;
  made.seed = on.luck.seed();
  return made;
}

frontier_config frontier_of(stage& on, std::int64_t first_lease) {
  frontier_config config;
  config.rules.lease_time = lease_time;
  config.rules.browser_patience = lease_time;
  config.rules.first_lease = first_lease;
  config.rules.circuit = on.recovery.circuit;
  config.rules.pauses = on.recovery.delays();
  config.most_refusals = on.recovery.most_refusals;
  config.seed = on.luck.seed();
  config.budgets = plan::budgets_of(on.sources);
  return config;
}

supervise::child_spec permanent(const std::string& id) {
  supervise::child_spec made;
  made.id = id;
  made.factory = id;
  return made;
}

/// Every life of a coordinator has leases of its own, as `nodes::farm` counts
/// them.
std::int64_t first_lease_of(process life) {
  return std::int64_t{life} << 40;
}

} // namespace

coordinator::coordinator(stage& on, process number, std::function<void()> over)
    : on_(on),
      number_(number),
      over_(std::move(over)),
      table_({"", "life " + std::to_string(number)}) {
}

coordinator::~coordinator() {
  *is_alive_ = false;
  line_->connect(nullptr);
  on_.time.thaw(number_);
  on_.time.as(number_, [&] {
    caf::anon_send_exit(root_, caf::exit_reason::kill);
    guests_.clear();
  });
}

void coordinator::start() {
  on_.log.note(on_.time.now(), "coordinator " + std::to_string(number_));
  on_.budgets->new_life();
  if (on_.bad.lease_refusal > 0)
    (void) faults_->arm(lease_refusal(on_));
  on_.time.as(number_, [&] {
    spawn_services();
    spawn_root();
  });
  std::vector<query_record> open;
  (void) on_.disk->scan_queries([&](const query_record& one) {
    if (!one.result && !on_.disk->is_cancelled(one.query.query_id))
      open.push_back(one);
    return true;
  });
  resume_next(std::move(open));
}

void coordinator::spawn_services() {
  auto& system = on_.time.system();
  auto clock = on_.clock();
  // The disk lives on, whoever holds it.
  std::shared_ptr<ledger_check> disk(on_.disk, [](ledger_check*) {});
  auto told = std::make_shared<witness>(on_, is_alive_);
  store_ = system.spawn(store_gate, &on_,
                        std::shared_ptr<const bool>(is_alive_));
  auto frontier_options = frontier_of(on_, first_lease_of(number_));
  frontier_options.told = told;
  frontier_options.faults = faults_;
  frontier_ = system.spawn(jobfarm::frontier, std::move(frontier_options));
  planner_config planning{on_.sources, disk};
  planning.recall_version = [disk](task& page, const std::string& now) {
    return collect::recall_version(*disk, page, now);
  };
  planner_ = system.spawn(jobfarm::planner, std::move(planning), store_,
                          frontier_, clock);
  collect::ingest_config options;
  options.recovery = on_.recovery;
  options.sources = on_.sources;
  options.told = told;
  options.seed = on_.luck.seed();
  auto core = std::make_shared<std::unique_ptr<collect::ingest>>(
      std::make_unique<collect::ingest>(options, disk, on_.rules));
  ingest_ = system.spawn(jobfarm::ingest, std::move(core), store_, frontier_,
                         clock);
}

/// As `nodes::farm` does: the end of one ends all, and with them the process.
void coordinator::spawn_root() {
  std::vector<std::pair<std::string, caf::actor>> services = {
      {"store", caf::actor_cast<caf::actor>(store_)},
      {"frontier", caf::actor_cast<caf::actor>(frontier_)},
      {"planner", caf::actor_cast<caf::actor>(planner_)},
      {"ingest", caf::actor_cast<caf::actor>(ingest_)}};
  supervisor_config tree;
  tree.flags.intensity = 0;
  for (const auto& [id, one] : services) {
    tree.children.push_back(permanent(id));
    tree.factories[id] = [handle = one](caf::actor_system&,
                                        const supervise::child_spec&) {
      return expected<caf::actor>{handle};
    };
  }
  tree.on_end = [this, is_alive = is_alive_](const caf::error&) {
    if (*is_alive && over_)
      on_.time.after(duration{0}, std::exchange(over_, nullptr));
  };
  root_ = on_.time.system().spawn(supervisor, std::move(tree));
}

void coordinator::resume_next(std::vector<query_record> open) {
  if (open.empty()) {
    is_serving_ = true;
    line_->connect(this);
    return tick();
  }
  auto first = std::move(open.back());
  open.pop_back();
  auto resumed = [this, is_alive = is_alive_, open](bool is_good) {
    if (!*is_alive)
      return;
    if (is_good)
      resume_next(open);
    else if (over_)
      on_.time.after(duration{0}, std::exchange(over_, nullptr));
  };
  on_.time.as(number_, [&] {
    on_.time.system().spawn(
        [=](caf::event_based_actor* self, const planner_actor& planner) {
          self->request(planner, std::chrono::minutes{2}, first)
              .then([=](const query_accepted&) { resumed(true); },
                    [=](caf::error&) { resumed(false); });
        },
        planner_);
  });
}

void coordinator::submit(job_query query) {
  on_.log.note(on_.time.now(), "submit " + query.query_id);
  on_.time.as(number_, [&] { caf::anon_send(planner_, std::move(query)); });
}

/// As the gateway does: written first, so that no other life takes it up.
void coordinator::cancel(const std::string& query_id) {
  on_.log.note(on_.time.now(), "cancel " + query_id);
  store::batch changes;
  changes.events.push_back({"", query_id, "", ledger_check::cancelled, ""});
  on_.time.as(number_, [&] {
    on_.time.system().spawn(
        [query_id, changes = store::share(std::move(changes))](
            caf::event_based_actor* self, const store_actor& disk,
            const planner_actor& to) {
          self->request(disk, std::chrono::minutes{2}, changes)
              .then([=](atom::done) {
                self->send(to, atom::cancel::value, query_id);
              });
        },
        store_, planner_);
  });
}

void coordinator::retry_dead(const task_name& which) {
  on_.time.as(number_, [&] {
    caf::anon_send(planner_, atom::retry::value, which);
  });
}

void coordinator::drop_dead(const task_name& which) {
  on_.time.as(number_, [&] {
    caf::anon_send(planner_, atom::drop::value, which,
                   std::string{"not wanted"});
  });
}

void coordinator::drain(const std::string& worker) {
  if (auto steps = table_.drain(worker))
    obey(*std::move(steps));
}

void coordinator::do_or_wait(std::function<void()> what) {
  if (on_.time.is_frozen(number_))
    missed_.push_back(std::move(what));
  else
    what();
}

void coordinator::freeze() {
  on_.time.freeze(number_);
}

void coordinator::thaw() {
  on_.time.thaw(number_);
  for (auto& one : std::exchange(missed_, {}))
    one();
}

void coordinator::tick() {
  if (!on_.time.is_frozen(number_))
    obey(table_.tick(on_.time.now()));
  on_.time.after(pulse, [this, is_alive = is_alive_] {
    if (*is_alive)
      tick();
  });
}

void coordinator::hear(const std::string& peer,
                       const std::shared_ptr<far_end>& from,
                       const std::string& bytes) {
  do_or_wait([=, is_alive = is_alive_] {
    if (!*is_alive || !is_serving_)
      return;
    peers_.try_emplace(
        peer, connection{from, {"c>" + peer, from->number(), {}}});
    obey(table_.heard(peer, from->name(), bytes, on_.time.now()));
  });
}

void coordinator::tell(std::uint64_t session, link::frame message) {
  if (*is_alive_)
    obey(table_.tell(session, std::move(message)));
}

void coordinator::end(std::uint64_t session, failure why) {
  if (*is_alive_)
    obey(table_.end(session, std::move(why), on_.time.now()));
}

void coordinator::obey(session_steps steps) {
  using step = session_step::kind;
  for (auto& one : steps)
    switch (one.what) {
      case step::send:
        send(one.peer, std::move(one.message), one.session);
        break;
      case step::open:
        on_.time.as(number_, [&] {
          guests_[one.session] =
              admit_worker(on_.time.system(),
                           {one.session, one.message.worker,
                            one.about.has_browser},
                           frontier_, ingest_, line_);
        });
        break;
      case step::deliver:
        note_arrival(one.session, one.message);
        if (auto to = guests_.find(one.session); to != guests_.end())
          to->second->heard(std::move(one.message));
        break;
      case step::close:
        on_.log.note(on_.time.now(), one.why.detail);
        on_.budgets->session_over(one.session);
        if (auto to = guests_.find(one.session); to != guests_.end()) {
          to->second->gone(one.why);
          guests_.erase(to);
        }
        break;
      case step::note: on_.log.note(on_.time.now(), one.why.detail); break;
    }
}

void coordinator::send(const std::string& peer, link::frame message,
                       std::uint64_t session) {
  auto found = peers_.find(peer);
  if (found == peers_.end())
    return;
  // What is sent again, in case that it got lost, brings nothing new.
  if (message.type == type::lease && message.credit > 0)
    if (auto lent = unpack<link::lent_tasks>(message.body.data))
      for (const auto& one : lent->tasks)
        on_.budgets->lent(session, one.lease, one.task);
  if (message.type == type::settled)
    check_settled(session, message.id);
  auto& to = found->second;
  // ZeroMQ knows in the end that a connection is gone: EHOSTUNREACH.
  if (!to.to->is_connected_by(peer) && on_.luck.chance(0.5)) {
    peers_.erase(found);
    return obey(table_.unreachable(peer, on_.time.now()));
  }
  on_.wires->carry(to.down, pack(message),
                   [peer, worker = to.to](const std::string& bytes) {
                     worker->hear(peer, bytes);
                   });
}

/// What is acknowledged must be on the disk; a page whose version is another
/// one by now is to be read whole.
void coordinator::check_settled(std::uint64_t session, std::uint64_t outcome) {
  auto found = results_.find({session, outcome});
  if (found == results_.end())
    return;
  const auto& [of, is_unchanged] = found->second;
  auto record = on_.disk->task(of.query_id, of.task_id);
  auto is_ended = *record && (*record)->state != task_state::ready;
  auto is_read_whole = is_unchanged && *record && !(*record)->task.known;
  if (!is_ended && !is_read_whole
      && !on_.disk->may_have_lived_again(of.task_id))
    on_.log.violated(on_.time.now(),
                     "acknowledged and not on disk: task " + of.task_id);
  results_.erase(found);
}

void coordinator::note_arrival(std::uint64_t session,
                               const link::frame& message) {
  if (message.type == type::outcome) {
    auto got = unpack<link::outcome>(message.body.data);
    if (!got)
      return;
    on_.budgets->ended(got->what.lease);
    if (!got->what.failed)
      results_[{session, message.id}] = {{got->task.query_id, got->task.id},
                                         got->what.is_unchanged};
  } else if (message.type == type::renew) {
    if (auto got = unpack<link::renewal>(message.body.data))
      for (auto lease : got->leases)
        on_.budgets->renewed(lease);
  }
}

} // namespace jobfarm::simulation
