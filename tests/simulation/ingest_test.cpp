#include "actors/collect/ingest_actor.hpp"
#include "actors/plan/frontier_actor.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/simulation/virtual_time.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::simulation;
using namespace std::chrono_literals;

// INGEST beside a FRONTIER and a disk.

namespace {

/// The disk, and what it was told to write so far.
struct counted_disk {
  store::memory_store store;
  int commits = 0;
};

store_actor::behavior_type writer(store_actor::pointer,
                                  std::shared_ptr<counted_disk> disk) {
  return {
      [disk](const store::shared_batch& changes) -> caf::result<atom::done> {
        ++disk->commits;
        if (auto done = disk->store.commit(*changes); !done)
          return caf::make_error(caf::sec::runtime_error);
        return atom::done::value;
      }};
}

struct ingesting {
  ingesting() {
    auto& system = time.system();
    auto store = system.spawn(writer, disk);
    auto frontier = system.spawn(jobfarm::frontier, frontier_config{});
    auto core = std::make_shared<std::unique_ptr<collect::ingest>>(
        std::make_unique<collect::ingest>(
            collect::ingest_config{},
            std::shared_ptr<const store::store>(disk, &disk->store), nullptr));
    ingest = system.spawn(jobfarm::ingest, std::move(core), store, frontier,
                          wall_clock{time.now(), 1'790'000'000});
    handles = {caf::actor_cast<caf::actor>(store),
               caf::actor_cast<caf::actor>(frontier),
               caf::actor_cast<caf::actor>(ingest)};
    run(1s);
  }
  ~ingesting() {
    for (const auto& one : handles)
      caf::anon_send_exit(one, caf::exit_reason::kill);
  }

  void run(duration length) {
    auto end = time.now() + length;
    while (time.step(end)) {
    }
  }

  void tell(const std::string& host) {
    caf::anon_send(ingest, host_rest{host, 1min});
  }

  dice luck{1};
  virtual_time time{luck};
  std::shared_ptr<counted_disk> disk = std::make_shared<counted_disk>();
  ingest_actor ingest;
  std::vector<caf::actor> handles;
};

} // namespace

TEST_CASE("what comes soon after a commit is written by one more") {
  ingesting it;
  it.tell("a");
  it.run(1ms);
  CHECK(it.disk->commits == 1);
  it.tell("b");
  it.run(1ms);
  it.tell("c");
  it.run(1ms);
  CHECK(it.disk->commits == 1);
  it.run(2ms);
  CHECK(it.disk->commits == 2);
  it.run(1s);
  CHECK(it.disk->commits == 2);
}
