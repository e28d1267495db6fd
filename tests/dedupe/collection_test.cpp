#include "actors/store/leveldb_store.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/server_process.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <random>
#include <set>
#include <thread>

#include <sys/wait.h>

// The program, killed at random instants while it ingests: what the store holds
// after a resumed run is what an undisturbed run holds. JOBFARM_KILLS (8) says
// how often, JOBFARM_KILL_SEED when.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

using clock = std::chrono::steady_clock;
using groups = std::set<std::set<std::string>>;

std::uint64_t number_of(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text && *text ? std::strtoull(text, nullptr, 10) : standard;
}

/// Collections of one simulator's boards, each into a directory of its own.
class collections {
public:
  explicit collections(nodes::scenario what)
      : boards_(*nodes::simulator::start({0, std::move(what)})) {
  }

  pid_t start(const std::string& name, bool resumes) const {
    std::vector<std::string> words = {
        JOBFARM_PROGRAM, "collect",       "--boards-url", boards_->url(),
        "--enrich",      "none",          "--quiet",      "--data-dir",
        file(name),      "--out",         file(name + ".jsonl")};
    if (resumes)
      words.emplace_back("--resume");
    return test::start(std::move(words));
  }

  /// The records of each posting in the store.
  groups found(const std::string& name) const {
    auto disk = store::open_leveldb_store(file(name + "/store"));
    REQUIRE(disk);
    groups all;
    auto scanned = (*disk)->scan_postings("", [&](const job_posting& one) {
      std::set<std::string> records;
      for (const auto& seen : one.sightings)
        CHECK(records.insert(seen.source + ' ' + seen.source_id).second);
      CHECK(all.insert(std::move(records)).second);
      return true;
    });
    REQUIRE(scanned);
    return all;
  }

  /// A posting of several records.
  job_posting merged(const std::string& name) const {
    auto disk = store::open_leveldb_store(file(name + "/store"));
    REQUIRE(disk);
    job_posting found;
    REQUIRE((*disk)->scan_postings("", [&](const job_posting& one) {
      found = one;
      return one.sightings.size() < 2;
    }));
    return found;
  }

  void forget(const std::string& name) const {
    std::filesystem::remove_all(file(name));
  }

  std::string file(const std::string& name) const {
    return (dir_.path() / name).string();
  }

private:
  test::temporary_directory dir_;
  std::unique_ptr<nodes::simulator> boards_;
};

int wait_for(pid_t process) {
  int status = 0;
  ::waitpid(process, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

} // namespace

TEST_CASE("a posting of a collection is taken apart by command, and put "
          "together again") {
  nodes::scenario what;
  what.postings = 300;
  const collections all(what);
  REQUIRE(wait_for(all.start("farm", false)) == 0);
  auto before = all.found("farm");
  auto posting = all.merged("farm");
  REQUIRE(posting.sightings.size() > 1);
  const auto& out = posting.sightings.back();
  auto name = out.source + '/' + out.source_id;
  auto unmerge = [&](std::vector<std::string> more) {
    std::vector<std::string> words = {JOBFARM_PROGRAM, "unmerge", "--data-dir",
                                      all.file("farm")};
    words.insert(words.end(), more.begin(), more.end());
    return wait_for(test::start(std::move(words)));
  };
  CHECK(unmerge({posting.id}) == 0);
  CHECK(unmerge({posting.id, "lever/none"}) == 2);
  CHECK(unmerge({"0123"}) == 2);
  CHECK(all.found("farm") == before);
  CHECK(unmerge({posting.id, name}) == 0);
  auto apart = all.found("farm");
  CHECK(apart.size() == before.size() + 1);
  CHECK(apart.count({out.source + ' ' + out.source_id}) == 1);
  CHECK(unmerge({posting.id, "--undo"}) == 0);
  CHECK(all.found("farm") == before);
}

TEST_CASE("a collection that is killed and resumed finds what an undisturbed "
          "one finds") {
  auto seed = number_of("JOBFARM_KILL_SEED", 1);
  auto kills = number_of("JOBFARM_KILLS", 8);
  nodes::scenario what;
  what.seed = seed;
  what.postings = 1500;
  const collections all(what);
  auto begin = clock::now();
  REQUIRE(wait_for(all.start("undisturbed", false)) == 0);
  auto whole_run = clock::now() - begin;
  auto wanted = all.found("undisturbed");
  REQUIRE(wanted.size() > 750);
  REQUIRE(wanted.size() < 1500);

  std::mt19937_64 random(seed);
  std::uint64_t hits = 0;
  std::uint64_t runs = 0;
  for (; hits < kills && runs < 10 * kills; ++runs) {
    auto name = "killed" + std::to_string(runs);
    auto child = all.start(name, false);
    auto instant = whole_run * (random() % 1000) / 1000;
    std::this_thread::sleep_for(instant);
    ::kill(child, SIGKILL);
    if (wait_for(child) == -SIGKILL)
      ++hits;
    else
      whole_run = instant; // it had ended: a run takes less
    REQUIRE(wait_for(all.start(name, true)) == 0);
    INFO("kill " << hits << " of seed " << seed);
    CHECK(all.found(name) == wanted);
    all.forget(name);
  }
  std::cout << "killed " << hits << " of " << runs
            << " collections in their midst, a whole one takes "
            << std::chrono::duration<double>(whole_run).count() << " s\n";
  CHECK(hits == kills);
}
