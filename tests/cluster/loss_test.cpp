#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>

#include <iostream>
#include <map>

// How soon the tasks of a worker that is gone are done by another, by the log
// of the boards.

using namespace jobfarm;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

namespace {

/// No worker asks for more at once.
constexpr std::size_t pages = 6;

/// Boards that answer only long after the test.
test::cluster_options options() {
  test::cluster_options made;
  made.workers = 1;
  made.what.postings = 2000;
  made.what.career_pages = pages;
  nodes::fault slow;
  slow.source = "jsonld";
  slow.kind = nodes::fault_kind::slow;
  slow.delay_ms = 60'000;
  made.what.faults.push_back(slow);
  made.config = "[sources.jsonld]\nrequests_per_second = 0\n"
                "concurrent_requests = 100\n";
  return made;
}

/// Pages that were asked for at least so often.
std::size_t asked(const test::cluster& of, int times) {
  std::map<std::string, int> all;
  for (const auto& one : test::visits(*of.boards, "/jsonld/"))
    ++all[one.target];
  std::size_t found = 0;
  for (const auto& [target, seen] : all)
    found += seen >= times;
  return found;
}

/// The first worker holds all tasks and the second waits for some.
void let_first_worker_take_all(test::cluster& c) {
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 30s));
  c.submit("--sources jsonld");
  REQUIRE(test::comes_true([&] { return asked(c, 1) == pages; }, 30s));
  c.add_worker();
  REQUIRE(test::comes_true([&] { return c.connected() == 2; }, 30s));
}

std::chrono::milliseconds until_all_are_asked_again(const test::cluster& c) {
  auto begun = steady_clock::now();
  REQUIRE(test::comes_true([&] { return asked(c, 2) == pages; }, 60s));
  return std::chrono::duration_cast<std::chrono::milliseconds>(
      steady_clock::now() - begun);
}

} // namespace

TEST_CASE("the tasks of a killed worker are with another within 2 s") {
  test::cluster c(options());
  let_first_worker_take_all(c);
  c.workers.front()->end(SIGKILL);
  auto took = until_all_are_asked_again(c);
  std::cout << "loss: killed, " << took.count() << " ms" << std::endl;
  CHECK(took < 2s);
}

TEST_CASE("the tasks of a worker that is cut off are with another within the "
          "lease time") {
  if (!test::networks::are_possible()) {
    WARN("this user may not make network namespaces: nothing was cut");
    return;
  }
  auto what = options();
  what.more_workers = 1;
  what.has_networks = true;
  test::cluster c(what);
  let_first_worker_take_all(c);
  c.nets->cut(0);
  auto took = until_all_are_asked_again(c);
  std::cout << "loss: cut off, " << took.count() << " ms" << std::endl;
  CHECK(took < 30s);
}
