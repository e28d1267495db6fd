#include "tests/chaos/ledger.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <random>

// A cluster of real processes in which any may die, freeze or be cut off at any
// instant, and what they say to each other be spoilt: at the end the
// simulator's ledger and the store balance. The seed
// and the length come from JOBFARM_CHAOS_SEED, _SECONDS and _POSTINGS.
// Partitions need a user who may make network namespaces.

using namespace jobfarm;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

std::uint64_t number_of(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text && *text ? std::strtoull(text, nullptr, 10) : standard;
}

/// Does one thing after another to a cluster, as a seed wants it.
class mischief {
public:
  mischief(test::cluster& to, std::uint64_t seed) : to_(to), random_(seed) {
  }

  /// Harms something, most often by killing a worker, and ends what its time
  /// has come for.
  void go_on() {
    repair_until(steady_clock::now());
    auto which = random_() % 10;
    if (which == 0)
      kill(*to_.coordinator, "coordinator");
    else if (which == 1)
      freeze_coordinator();
    else if (which == 2)
      freeze(*to_.workers[some_worker()]);
    else if (which <= 4 && to_.nets)
      cut_off(some_worker());
    else if (which == 5)
      spoil_frames();
    else
      kill(*to_.workers[some_worker()], "worker");
  }

  /// Ends whatever still lasts.
  void stop() {
    repair_until(steady_clock::time_point::max());
  }

  std::chrono::milliseconds pause() {
    return std::chrono::milliseconds{random_() % 900};
  }

  const std::map<std::string, int>& done() const {
    return done_;
  }

private:
  void kill(test::process& what, const std::string& name) {
    what.end(SIGKILL);
    what.start();
    ++done_[name + " killed"];
  }

  /// Waits for its end: the test itself asks the coordinator.
  void freeze_coordinator() {
    to_.coordinator->freeze();
    std::this_thread::sleep_for(500ms);
    to_.coordinator->thaw();
    ++done_["coordinator frozen"];
  }

  void freeze(test::process& worker) {
    worker.freeze();
    later(some_time(), [&worker] { worker.thaw(); });
    ++done_["worker frozen"];
  }

  /// Frames of the data link are lost, doubled, late or out of order for a
  /// while, those of the coordinator or those of a worker.
  void spoil_frames() {
    static const char* const effects[] = {"drop", "duplicate", "delay",
                                          "reorder"};
    std::string effect = effects[random_() % 4];
    auto words = "fault inject link.send --probability 0.3 --times 30 --effect "
                 + effect + " --seed " + std::to_string(random_() % 1000);
    if (effect == "delay")
      words += " --delay-ms 300";
    if (random_() % 2 == 0)
      words += " --node w" + std::to_string(some_worker() + 1);
    // Whoever was just killed takes none.
    if (to_.ask(words))
      ++done_["frames spoilt (" + effect + ')'];
  }

  void cut_off(std::size_t worker) {
    to_.nets->cut(worker);
    later(some_time(), [this, worker] { to_.nets->mend(worker); });
    ++done_["worker cut off"];
  }

  void later(std::chrono::milliseconds time, std::function<void()> repair) {
    repairs_.emplace(steady_clock::now() + time, std::move(repair));
  }

  void repair_until(steady_clock::time_point now) {
    while (!repairs_.empty() && repairs_.begin()->first <= now) {
      repairs_.begin()->second();
      repairs_.erase(repairs_.begin());
    }
  }

  std::size_t some_worker() {
    return random_() % to_.workers.size();
  }

  std::chrono::milliseconds some_time() {
    return std::chrono::milliseconds{500 + random_() % 5500};
  }

  test::cluster& to_;
  std::mt19937_64 random_;
  std::multimap<steady_clock::time_point, std::function<void()>> repairs_;
  std::map<std::string, int> done_;
};

} // namespace

TEST_CASE("whatever dies, nothing is lost, stored twice or invented") {
  auto seed = number_of("JOBFARM_CHAOS_SEED", 1);
  auto length = std::chrono::seconds{number_of("JOBFARM_CHAOS_SECONDS", 8)};
  auto postings = number_of("JOBFARM_CHAOS_POSTINGS", 2500);
  std::cout << "chaos: seed " << seed << std::endl;
  test::cluster_options options;
  options.what = test::slow_boards(seed, postings);
  // What is in flight when a network is cut may never be answered.
  options.worker_words = {"--workers", "2", "--request-timeout", "5",
                          "--allow-faults"};
  options.coordinator_words = {"--allow-faults"};
  options.has_networks = test::networks::are_possible();
  test::cluster c(options);
  c.submit();
  mischief harm(c, seed);
  auto until = steady_clock::now() + length;
  while (steady_clock::now() < until && !c.is_over()) {
    harm.go_on();
    std::this_thread::sleep_for(harm.pause());
  }
  harm.stop();
  for (const auto& [name, times] : harm.done())
    std::cout << "chaos: " << name << ' ' << times << " times" << std::endl;
  // Peace, for as long as it takes.
  INFO(c.file("") << ' ' << test::read_file(c.file("main.log")));
  REQUIRE(test::comes_true([&] { return c.is_over(); }, 600s));
  test::check_ledger(c, postings);
}
