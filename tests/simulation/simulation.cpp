#include "tests/simulation/simulation.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/watch/audit.hpp"
#include "tests/simulation/budget_check.hpp"
#include "tests/simulation/ledger_check.hpp"
#include "tests/simulation/network.hpp"
#include "tests/simulation/user.hpp"
#include "tests/simulation/web.hpp"
#include "tests/simulation/worker.hpp"

#include <stdexcept>

namespace jobfarm::simulation {

wall_clock stage::clock() const {
  return {time.now(), 1'790'000'000 + clock_error_s};
}

namespace {

using std::chrono::seconds;

constexpr std::int32_t workers = 3;
/// Far longer than any back-off, lease or silence.
constexpr seconds patience{600};
/// What is still on its way when all is over may take so long to come.
constexpr seconds aftermath{8};
/// What is under way for a query that was cut short goes on so long at most.
constexpr seconds remainder{20};
/// What was begun before the calm has ended by then.
constexpr seconds settling{7};

std::shared_ptr<const normalize::normalizer> shared_rules() {
  static const auto rules = [] {
    auto places = normalize::gazetteer::open(JOBFARM_GAZETTEER);
    if (!places)
      throw std::runtime_error(places.error().detail);
    return std::make_shared<const normalize::normalizer>(*std::move(places));
  }();
  return rules;
}

supervise::recovery_policy quick_recovery() {
  supervise::recovery_policy policy;
  policy.first_delay = milliseconds{100};
  policy.longest_delay = milliseconds{2000};
  policy.circuit.most_failures = 5;
  policy.circuit.open = {milliseconds{500}, milliseconds{4000}};
  return policy;
}

class cluster {
public:
  cluster(std::uint64_t seed, bool keeps_lines)
      : luck_(seed),
        bad_(luck_),
        log_(keeps_lines),
        time_(luck_),
        on_{luck_, bad_, log_, time_, {}, quick_recovery(), shared_rules()},
        disk_(on_),
        budgets_(on_),
        wires_(on_),
        sites_(on_),
        user_(on_, sites_.boards()) {
    on_.disk = &disk_;
    on_.budgets = &budgets_;
    on_.wires = &wires_;
    on_.sites = &sites_;
  }

  ~cluster() {
    for (auto& one : workers_)
      if (one)
        one->crash();
  }

  report run(std::uint64_t seed);

private:
  void start_coordinator();
  void lose_coordinator();
  void start_worker(std::int32_t number);
  void lose_worker(std::int32_t number);
  void plan_misfortune();
  void now_and_then(milliseconds period, std::function<void()> what);
  void freeze_somebody(milliseconds shortest, milliseconds longest, bool all);
  void calm();
  void watch_user();
  void play(duration time);

  std::shared_ptr<worker>& any_worker() {
    return workers_[luck_.below(workers_.size())];
  }

  dice luck_;
  misfortune bad_;
  trace log_;
  virtual_time time_;
  stage on_;
  ledger_check disk_;
  budget_check budgets_;
  network wires_;
  web sites_;
  user user_;
  std::vector<std::shared_ptr<worker>> workers_{workers};
  std::unique_ptr<coordinator> coordinator_;
  process last_process_ = 0;
  std::int32_t coordinator_lives_ = 0;
  std::int32_t worker_lives_ = 0;
  bool is_calm_ = false;
};

void cluster::start_coordinator() {
  if (coordinator_)
    return;
  ++coordinator_lives_;
  coordinator_ = std::make_unique<coordinator>(on_, ++last_process_,
                                               [this] { lose_coordinator(); });
  coordinator_->start();
}

void cluster::lose_coordinator() {
  if (!coordinator_)
    return;
  log_.note(time_.now(), "the coordinator dies");
  coordinator_.reset();
  time_.after(luck_.between(milliseconds{100}, milliseconds{2000}),
              [this] { start_coordinator(); });
}

void cluster::start_worker(std::int32_t number) {
  auto& place = workers_[static_cast<std::size_t>(number)];
  if (place)
    return;
  ++worker_lives_;
  place = std::make_shared<worker>(
      on_, number, ++last_process_, [this] { return coordinator_.get(); },
      [this, number] { lose_worker(number); });
  place->start();
}

void cluster::lose_worker(std::int32_t number) {
  auto& place = workers_[static_cast<std::size_t>(number)];
  if (!place)
    return;
  log_.note(time_.now(), place->name() + " dies");
  place->crash();
  place.reset();
  time_.after(luck_.between(milliseconds{100}, milliseconds{3000}),
              [this, number] { start_worker(number); });
}

/// Does `what` again and again, with pauses around `period`, until the calm.
void cluster::now_and_then(milliseconds period, std::function<void()> what) {
  if (period.count() == 0)
    return;
  time_.after(luck_.between(period / 4, period * 2), [=] {
    if (is_calm_)
      return;
    what();
    now_and_then(period, what);
  });
}

void cluster::freeze_somebody(milliseconds shortest, milliseconds longest,
                              bool all) {
  auto until = luck_.between(shortest, longest);
  auto chosen = luck_.below(workers_.size() + 1);
  for (std::size_t i = 0; i < workers_.size(); ++i)
    if (workers_[i] && (all || i == chosen)) {
      workers_[i]->freeze();
      time_.after(until, [one = std::weak_ptr<worker>(workers_[i])] {
        if (auto thawed = one.lock(); thawed && thawed->is_alive())
          thawed->thaw();
      });
    }
  if (!coordinator_ || !(all || chosen == workers_.size()))
    return;
  coordinator_->freeze();
  time_.after(until, [this, life = coordinator_->number()] {
    if (coordinator_ && coordinator_->number() == life)
      coordinator_->thaw();
  });
}

void cluster::plan_misfortune() {
  now_and_then(bad_.worker_crash, [this] {
    lose_worker(static_cast<std::int32_t>(luck_.below(workers_.size())));
  });
  now_and_then(bad_.coordinator_crash, [this] { lose_coordinator(); });
  now_and_then(bad_.partition, [this] {
    wires_.cut(static_cast<std::int32_t>(luck_.below(workers_.size())),
               luck_.between(milliseconds{200}, milliseconds{9000}));
  });
  now_and_then(bad_.freeze, [this] {
    freeze_somebody(milliseconds{200}, milliseconds{9000}, false);
  });
  // The machine sleeps, and wakes with another time of day.
  now_and_then(bad_.clock_jump, [this] {
    on_.clock_error_s = luck_.between(-100'000, 100'000);
    freeze_somebody(milliseconds{1000}, milliseconds{40'000}, true);
  });
  now_and_then(milliseconds{8000}, [this] {
    if (coordinator_ && coordinator_->is_serving() && any_worker())
      if (const auto& one = any_worker())
        coordinator_->drain(one->name());
  });
}

/// All faults stop.
void cluster::calm() {
  log_.note(time_.now(), "calm");
  is_calm_ = true;
  bad_ = misfortune::none();
  wires_.mend();
  for (auto& one : workers_)
    if (one) {
      one->calm();
      one->thaw();
    }
  if (coordinator_) {
    coordinator_->calm();
    coordinator_->thaw();
  }
}

void cluster::watch_user() {
  if (coordinator_ && coordinator_->is_serving())
    user_.act(*coordinator_, is_calm_);
  time_.after(milliseconds{500}, [this] { watch_user(); });
}

void cluster::play(duration length) {
  auto end = time_.now() + length;
  while (log_.violations().empty() && time_.step(end)) {
  }
}

report cluster::run(std::uint64_t seed) {
  auto begin = time_.now();
  start_coordinator();
  for (std::int32_t i = 0; i < workers; ++i)
    start_worker(i);
  plan_misfortune();
  watch_user();
  play(luck_.between(milliseconds{3000}, milliseconds{20'000}));
  calm();
  play(settling);
  auto latest = time_.now() + patience;
  while (!user_.is_content() && time_.now() < latest
         && log_.violations().empty())
    play(milliseconds{500});
  auto lasted = time_.now() - begin;
  play(remainder);
  auto content = disk_.content();
  if (log_.violations().empty()) {
    if (!user_.is_content())
      log_.violated(time_.now(), "no progress: " + user_.complaint());
    play(aftermath);
    if (disk_.content() != content)
      log_.violated(time_.now(), "what came late has changed the store");
    for (const auto& one : user_.queries())
      disk_.check_end_of(one);
    disk_.check_postings();
  }
  report made;
  made.seed = seed;
  made.trace_hash = log_.hash();
  made.events = log_.events();
  made.violations = log_.violations();
  made.lasted_s = std::chrono::duration<double>(lasted).count();
  disk_.count(made.tasks_done, made.tasks_dead, made.postings);
  made.coordinator_lives = coordinator_lives_;
  made.worker_lives = worker_lives_;
  made.unchanged = sites_.unchanged();
  made.lines = log_.lines();
  return made;
}

} // namespace

report simulate(std::uint64_t seed, bool keeps_lines) {
  return cluster(seed, keeps_lines).run(seed);
}

} // namespace jobfarm::simulation
