#include "actors/collect/ingest_actor.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/plan/frontier_actor.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/simulation/virtual_time.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::simulation;
using namespace std::chrono_literals;

// INGEST beside a FRONTIER and a disk.

namespace {

/// A store of which one task cannot be read.
class damaged_store : public store::memory_store {
public:
  expected<std::optional<task_record>>
  task(std::string_view query_id, std::string_view task_id) const override {
    if (task_id == damaged)
      return fail(errc::store_failed, "read task: it is damaged");
    return memory_store::task(query_id, task_id);
  }

  std::string damaged;
};

/// The disk, and what it was told to write so far.
struct counted_disk {
  damaged_store store;
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

std::shared_ptr<const normalize::normalizer> rules() {
  return std::make_shared<const normalize::normalizer>(
      *normalize::gazetteer::open(JOBFARM_GAZETTEER));
}

/// The end of a task that gave a posting.
finished_task page_of(const std::string& task_id,
                      const std::string& posting_id) {
  finished_task made;
  made.task.id = made.outcome.task_id = task_id;
  made.task.query_id = "q";
  made.task.source = "greenhouse";
  job_posting one;
  one.id = posting_id;
  one.title = "Cook";
  made.outcome.postings.push_back(std::move(one));
  return made;
}

struct ingesting {
  ingesting() {
    auto& system = time.system();
    auto store = system.spawn(writer, disk);
    auto frontier = system.spawn(jobfarm::frontier, frontier_config{});
    auto core = std::make_shared<std::unique_ptr<collect::ingest>>(
        std::make_unique<collect::ingest>(
            collect::ingest_config{},
            std::shared_ptr<const store::store>(disk, &disk->store), rules()));
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

TEST_CASE("an outcome that cannot be taken whole is not taken in part") {
  ingesting it;
  const std::string first_id(32, 'a');
  const std::string second_id(32, 'b');
  auto first = page_of("first", first_id);
  auto& next = first.outcome.next_tasks.emplace_back();
  next.id = it.disk->store.damaged = "next";
  next.query_id = "q";
  caf::anon_send(it.ingest, std::move(first));
  caf::anon_send(it.ingest, page_of("second", second_id));
  it.run(1s);
  CHECK_FALSE(it.disk->store.posting(first_id)->has_value());
  CHECK_FALSE(it.disk->store.posting(second_id)->has_value());
  CHECK(it.disk->commits == 0);
}

TEST_CASE("an outcome with an id that is none changes nothing") {
  ingesting it;
  const std::string first_id(32, 'a');
  const std::string second_id(32, 'b');
  auto first = page_of("first", first_id);
  first.outcome.postings.emplace_back().id = "../" + std::string(29, 'a');
  caf::anon_send(it.ingest, std::move(first));
  caf::anon_send(it.ingest, page_of("second", second_id));
  it.run(1s);
  CHECK_FALSE(it.disk->store.posting(first_id)->has_value());
  CHECK(it.disk->store.posting(second_id)->has_value());
}
