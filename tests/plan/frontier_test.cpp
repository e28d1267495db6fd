#include "actors/plan/frontier.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::plan;
using namespace std::chrono_literals;

namespace {

const time_point start{};

task make(const std::string& id, const std::string& host = "h") {
  task one;
  one.id = id;
  one.host = host;
  one.query_id = "q";
  return one;
}

std::vector<std::string> ids(const std::vector<lease>& leases) {
  std::vector<std::string> all;
  for (const auto& one : leases)
    all.push_back(one.task.id);
  return all;
}

using strings = std::vector<std::string>;

} // namespace

TEST_CASE("a task planned twice is handed out once") {
  frontier f(30s);
  CHECK(f.add({make("a"), make("b"), make("a")}) == 2);
  CHECK(f.add({make("b")}) == 0);
  CHECK(ids(f.take("w", 9, start)) == strings{"a", "b"});
  CHECK(f.waiting() == 0);
  CHECK(f.lent() == 2);
}

TEST_CASE("tasks found by a page come before those that waited") {
  frontier f(30s);
  f.add({make("old")});
  f.add_first({make("new-1"), make("new-2")});
  CHECK(ids(f.take("w", 9, start)) == strings{"new-1", "new-2", "old"});
}

TEST_CASE("a host is never asked more at once than its budget") {
  frontier f(30s, {0, 2});
  f.add({make("a"), make("b"), make("c"), make("x", "other")});
  auto first = f.take("w", 9, start);
  CHECK(ids(first) == strings{"a", "b", "x"});
  CHECK(f.take("w", 9, start).empty());
  CHECK(f.finish(first[0].id, start));
  CHECK(ids(f.take("w", 9, start)) == strings{"c"});
}

TEST_CASE("a host's rate holds whoever asks") {
  frontier f(30s, {10, 100});
  std::vector<task> many;
  for (int i = 0; i < 50; ++i)
    many.push_back(make(std::to_string(i)));
  f.add(std::move(many));
  int sent = 0;
  for (auto now = start; now < start + 2s; now += 5ms)
    for (const auto* worker : {"w1", "w2", "w3"})
      sent += static_cast<int>(f.take(worker, 9, now).size());
  CHECK(sent == 20);
}

TEST_CASE("a refusal stops the host for everybody, as one event") {
  frontier f(30s);
  f.add({make("a"), make("b"), make("x", "other")});
  CHECK(f.pause("h", start + 5s, start));
  CHECK_FALSE(f.pause("h", start + 5100ms, start + 100ms));
  CHECK(ids(f.take("w", 9, start)) == strings{"x"});
  CHECK(f.take("w", 9, start + 5s).empty());
  CHECK(f.next_change() == start + 5100ms);
  CHECK(f.take("w", 9, start + 5100ms).size() == 2);
  CHECK(f.pause("h", start + 20s, start + 10s));
}

TEST_CASE("a lease that expired is given to the next worker") {
  frontier f(30s);
  f.add({make("a")});
  auto first = f.take("w1", 1, start);
  REQUIRE(first.size() == 1);
  CHECK(f.expire(start + 29s).empty());
  CHECK(f.expire(start + 30s) == strings{"a"});
  auto second = f.take("w2", 1, start + 30s);
  REQUIRE(second.size() == 1);
  CHECK_FALSE(f.finish(first[0].id, start + 31s));
  CHECK(f.finish(second[0].id, start + 31s));
  CHECK_FALSE(f.finish(second[0].id, start + 31s));
}

TEST_CASE("what a lost worker held is lent again at once") {
  frontier f(30s, {0, 2});
  f.add({make("a"), make("b"), make("c")});
  f.take("w1", 2, start);
  CHECK(f.worker_lost("w1", start).size() == 2);
  CHECK(f.lent() == 0);
  CHECK(f.take("w2", 9, start).size() == 2);
}

TEST_CASE("a retry waits for its time") {
  frontier f(30s);
  f.add({make("a")});
  auto first = f.take("w", 1, start);
  f.finish(first[0].id, start);
  f.retry(first[0].task, start + 2s);
  CHECK(f.waiting() == 1);
  CHECK(f.take("w", 1, start + 1999ms).empty());
  CHECK(f.next_change() == start + 2s);
  CHECK(f.take("w", 1, start + 2s).size() == 1);
}

TEST_CASE("a cancelled query waits no more") {
  frontier f(30s);
  f.add({make("a"), make("b")});
  auto held = f.take("w", 1, start);
  f.retry(make("c"), start + 1s);
  CHECK(f.cancel("q") == 2);
  CHECK(f.waiting() == 0);
  CHECK(f.take("w", 9, start + 9s).empty());
  CHECK(f.finish(held[0].id, start));
}

TEST_CASE(
    "refusals halve what a host is asked at once, successes win it back") {
  frontier f(30s, {0, 8});
  std::vector<task> many;
  for (int i = 0; i < 100; ++i)
    many.push_back(make(std::to_string(i)));
  f.add(std::move(many));
  f.pause("h", start + 1s, start);
  CHECK(f.refusals_in_a_row("h") == 1);
  auto held = f.take("w", 99, start + 1s);
  CHECK(held.size() == 4);
  for (int i = 0; i < 20; ++i)
    f.succeeded("h");
  CHECK(f.refusals_in_a_row("h") == 0);
  CHECK(f.take("w", 99, start + 1s).size() == 1);
}

TEST_CASE("a host that only refuses can be given up as a whole") {
  frontier f(30s);
  f.add({make("a"), make("b"), make("x", "other")});
  f.retry(make("c"), start + 9s);
  CHECK(f.withdraw("h").size() == 3);
  CHECK(f.waiting() == 1);
  CHECK(ids(f.take("w", 9, start + 10s)) == strings{"x"});
}

TEST_CASE("a hundred thousand hosts cost no more than a few") {
  frontier f(30s, {1, 1});
  std::vector<task> many;
  for (int i = 0; i < 100'000; ++i)
    many.push_back(make(std::to_string(i), "host" + std::to_string(i)));
  CHECK(f.add(std::move(many)) == 100'000);
  std::size_t got = 0;
  while (auto n = f.take("w", 100, start).size())
    got += n;
  CHECK(got == 100'000);
}
