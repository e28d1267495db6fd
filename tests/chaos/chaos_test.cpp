#include "actors/sources/source.hpp"
#include "actors/store/leveldb_store.hpp"
#include "cli/balance.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/paths.hpp"
#include "tests/support/server_process.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <thread>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

// A cluster of real processes in which any may die or freeze at any instant:
// at the end the simulator's ledger and the store balance. The seed and the
// length come from JOBFARM_CHAOS_SEED, _SECONDS and _POSTINGS.

using namespace jobfarm;
using namespace std::chrono_literals;
namespace link_layer = jobfarm::nodes::link_layer;

namespace {

std::uint64_t number_of(const char* name, std::uint64_t standard) {
  const char* text = std::getenv(name);
  return text && *text ? std::strtoull(text, nullptr, 10) : standard;
}

/// A process of the cluster that is started again after each end.
class process {
public:
  process(std::vector<std::string> words, std::string log)
      : words_(std::move(words)), log_(std::move(log)) {
    start();
  }
  ~process() {
    end(SIGKILL);
  }
  process(const process&) = delete;

  void start() {
    pid_ = ::fork();
    if (pid_ != 0)
      return;
    auto out = ::open(log_.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    std::vector<char*> arguments;
    for (auto& one : words_)
      arguments.push_back(one.data());
    arguments.push_back(nullptr);
    ::execv(arguments[0], arguments.data());
    ::_exit(127);
  }

  /// The exit code, or minus the signal.
  int end(int signal) {
    if (pid_ <= 0)
      return 0;
    ::kill(pid_, signal);
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  void freeze(std::chrono::milliseconds time) const {
    ::kill(pid_, SIGSTOP);
    std::this_thread::sleep_for(time);
    ::kill(pid_, SIGCONT);
  }

private:
  std::vector<std::string> words_;
  std::string log_;
  pid_t pid_ = -1;
};

struct cluster {
  explicit cluster(nodes::scenario what)
      : boards(*nodes::simulator::start({0, std::move(what)})) {
    auto main_pair = link_layer::new_key_pair();
    REQUIRE(link_layer::write_key_file(file("main.key"), main_pair));
    auto link = "127.0.0.1:" + std::to_string(test::free_port());
    http = std::to_string(test::free_port());
    std::vector<std::string> all = {
        "--keys-dir", dir.path().string(), "--boards-url", boards->url()};
    auto command = [&](std::vector<std::string> own) {
      std::vector<std::string> words = {JOBFARM_PROGRAM, "node"};
      words.insert(words.end(), own.begin(), own.end());
      words.insert(words.end(), all.begin(), all.end());
      return words;
    };
    coordinator = std::make_unique<process>(
        command({"--role", "coordinator", "--name", "main", "--link-listen",
                 link, "--http-port", http, "--data-dir", file("main")}),
        file("main.log"));
    for (int i = 1; i <= 4; ++i) {
      auto name = "w" + std::to_string(i);
      auto pair = link_layer::new_key_pair();
      REQUIRE(link_layer::write_key_file(file(name + ".key"), pair));
      REQUIRE(link_layer::allow(file("allowed"), name, pair.public_key));
      workers.push_back(std::make_unique<process>(
          command({"--role", "worker", "--name", name, "--workers", "2",
                   "--coordinator", link, "--coordinator-key",
                   link_layer::to_hex(main_pair.public_key), "--data-dir",
                   file(name)}),
          file(name + ".log")));
    }
  }

  std::string file(const std::string& name) const {
    return (dir.path() / name).string();
  }

  /// What a command prints, empty if it fails.
  std::string ask(const std::string& words) const {
    auto line = std::string{JOBFARM_PROGRAM} + ' ' + words
                + " --data-dir " + file("main")
                + " --server http://127.0.0.1:" + http + " >" + file("out")
                + " 2>>" + file("ask.log");
    if (std::system(line.c_str()) != 0)
      return {};
    auto text = test::read_file(file("out"));
    while (!text.empty() && text.back() == '\n')
      text.pop_back();
    return text;
  }

  std::string submit() const {
    std::string id;
    for (int i = 0; i < 100 && id.empty(); ++i) {
      id = ask("submit --quiet --boards-url " + boards->url());
      if (id.empty())
        std::this_thread::sleep_for(100ms);
    }
    return id;
  }

  bool is_over() const {
    auto text = ask("list");
    return text.find("complete") != text.npos
           || text.find("partial") != text.npos;
  }

  test::temporary_directory dir;
  std::unique_ptr<nodes::simulator> boards;
  std::string http;
  std::unique_ptr<process> coordinator;
  std::vector<std::unique_ptr<process>> workers;
};

/// Kills or freezes something, most often a worker.
void do_harm(cluster& to, std::mt19937_64& random,
             std::map<std::string, int>& done) {
  auto which = random() % 8;
  if (which == 0) {
    to.coordinator->end(SIGKILL);
    to.coordinator->start();
    ++done["coordinator killed"];
  } else if (which == 1) {
    to.workers[random() % 4]->freeze(std::chrono::milliseconds{2500});
    ++done["worker frozen"];
  } else if (which == 2) {
    to.coordinator->freeze(std::chrono::milliseconds{500});
    ++done["coordinator frozen"];
  } else {
    auto& victim = to.workers[random() % 4];
    victim->end(SIGKILL);
    victim->start();
    ++done["worker killed"];
  }
}

} // namespace

TEST_CASE("whatever dies, nothing is lost, stored twice or invented") {
  auto seed = number_of("JOBFARM_CHAOS_SEED", 1);
  auto length = std::chrono::seconds{number_of("JOBFARM_CHAOS_SECONDS", 8)};
  std::cout << "chaos: seed " << seed << std::endl;
  nodes::scenario what;
  what.seed = seed;
  what.postings = number_of("JOBFARM_CHAOS_POSTINGS", 2500);
  for (const auto* source : sources::all_sources()) {
    nodes::fault slow;
    slow.source = source->traits.name;
    slow.kind = nodes::fault_kind::slow;
    slow.delay_ms = 300;
    what.faults.push_back(slow);
  }
  cluster c(what);
  auto id = c.submit();
  REQUIRE_FALSE(id.empty());
  std::mt19937_64 random(seed);
  std::map<std::string, int> harm;
  auto until = std::chrono::steady_clock::now() + length;
  while (std::chrono::steady_clock::now() < until && !c.is_over()) {
    do_harm(c, random, harm);
    std::this_thread::sleep_for(std::chrono::milliseconds{random() % 900});
  }
  // Peace, for as long as it takes.
  auto limit = std::chrono::steady_clock::now() + 180s;
  while (!c.is_over() && std::chrono::steady_clock::now() < limit)
    std::this_thread::sleep_for(200ms);
  for (const auto& [name, times] : harm)
    std::cout << "chaos: " << name << ' ' << times << " times" << std::endl;
  INFO(test::read_file(c.file("main.log")));
  REQUIRE(c.is_over());
  CHECK(c.coordinator->end(SIGTERM) == 0);
  auto disk = store::open_leveldb_store(c.file("main/store"));
  REQUIRE(disk);
  auto sum = cli::balance_of(*c.boards, **disk);
  REQUIRE(sum);
  std::cout << "chaos: " << cli::to_text(*sum) << std::endl;
  CHECK(sum->lost == 0);
  CHECK(sum->invented == 0);
  CHECK(sum->not_fetched == 0);
  CHECK(sum->handed_out == sum->stored + sum->merged + sum->rejected);
  CHECK(sum->handed_out == static_cast<std::int64_t>(what.postings));
  // Each record of a source is in one place only.
  std::map<std::string, int> seen;
  REQUIRE((*disk)
              ->scan_postings("",
                              [&](const job_posting& one) {
                                for (const auto& from : one.sightings)
                                  ++seen[from.source + '\n' + from.source_id
                                         + '\n' + from.url];
                                return true;
                              })
              .has_value());
  auto twice = 0;
  for (const auto& [key, times] : seen)
    twice += times > 1;
  CHECK(twice == 0);
}
