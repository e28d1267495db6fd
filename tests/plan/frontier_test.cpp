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

const host_answer well{supervise::host_verdict::well};
const host_answer ailing{supervise::host_verdict::ailing};

/// Takes the one task that can be had and ends it with `answer`.
void answer_one(frontier& f, const host_answer& answer, time_point now) {
  auto held = f.take("w", 1, now);
  REQUIRE(held.size() == 1);
  f.finish(held[0].id, now, answer);
}

std::vector<task> many(int count) {
  std::vector<task> all;
  for (int i = 0; i < count; ++i)
    all.push_back(make(std::to_string(i)));
  return all;
}

} // namespace

TEST_CASE("a task planned twice is handed out once") {
  frontier f({30s});
  CHECK(f.add({make("a"), make("b"), make("a")}) == 2);
  CHECK(f.add({make("b")}) == 0);
  CHECK(ids(f.take("w", 9, start)) == strings{"a", "b"});
  CHECK(f.waiting() == 0);
  CHECK(f.lent() == 2);
}

TEST_CASE("tasks found by a page come before those that waited") {
  frontier f({30s});
  f.add({make("old")});
  f.add_first({make("new-1"), make("new-2")});
  CHECK(ids(f.take("w", 9, start)) == strings{"new-1", "new-2", "old"});
}

TEST_CASE("a host is never asked more at once than its budget") {
  frontier f({30s, {0, 2}});
  f.add({make("a"), make("b"), make("c"), make("x", "other")});
  auto first = f.take("w", 9, start);
  CHECK(ids(first) == strings{"a", "b", "x"});
  CHECK(f.take("w", 9, start).empty());
  CHECK(f.finish(first[0].id, start));
  CHECK(ids(f.take("w", 9, start)) == strings{"c"});
}

TEST_CASE("a host's rate holds whoever asks") {
  frontier f({30s, {10, 100}});
  f.add(many(50));
  int sent = 0;
  for (auto now = start; now < start + 2s; now += 5ms)
    for (const auto* worker : {"w1", "w2", "w3"})
      sent += static_cast<int>(f.take(worker, 9, now).size());
  CHECK(sent == 20);
}

TEST_CASE("a refusal stops the host for everybody, as one event") {
  frontier f({30s});
  f.add({make("a"), make("b"), make("x", "other")});
  CHECK(f.refused("h", 5s, start, 0).is_news);
  auto again = f.refused("h", 5s, start + 100ms, 0);
  CHECK_FALSE(again.is_news);
  CHECK(again.until == start + 5100ms);
  CHECK(f.refusals_in_a_row("h") == 1);
  CHECK(ids(f.take("w", 9, start)) == strings{"x"});
  CHECK(f.take("w", 9, start + 5s).empty());
  CHECK(f.next_change(start + 5s) == start + 5100ms);
  CHECK(f.take("w", 9, start + 5100ms).size() == 2);
  CHECK(f.refused("h", 10s, start + 10s, 0).is_news);
}

TEST_CASE(
    "a good answer that is the last of a limit's time makes the host rest") {
  frontier f({30s});
  f.add(many(2));
  host_answer last{supervise::host_verdict::well, {}, {}, 20s};
  answer_one(f, last, start);
  CHECK(f.take("w", 9, start + 19s).empty());
  CHECK(f.take("w", 9, start + 20s).size() == 1);
  CHECK(f.circuit_of("h", start) == circuit::closed);
}

TEST_CASE("a host that does not say for how long is asked ever less often") {
  frontier f({30s, {}, 1, {}, {1s, 8s}});
  auto now = start;
  for (auto wait : {500ms, 1000ms, 2000ms, 4000ms, 4000ms}) {
    auto pause = f.refused("h", std::nullopt, now, 0.5);
    CHECK(pause.until == now + wait);
    // A burst neither prolongs the pause nor counts.
    CHECK(f.refused("h", std::nullopt, now, 0.9).until == now + wait);
    now = pause.until;
  }
  CHECK(f.refusals_in_a_row("h") == 5);
}

TEST_CASE("a lease that expired is given to the next worker") {
  frontier f({30s});
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

TEST_CASE("since when the oldest task is lent is known") {
  frontier f({30s, {0, 2}});
  CHECK_FALSE(f.oldest_grant());
  f.add({make("a"), make("b")});
  auto first = f.take("w1", 1, start);
  f.take("w1", 1, start + 5s);
  CHECK(f.oldest_grant() == start);
  f.renew(first[0].id, "w1", start + 9s);
  CHECK(f.oldest_grant() == start);
  f.finish(first[0].id, start + 10s);
  CHECK(f.oldest_grant() == start + 5s);
}

TEST_CASE("what a lost worker held is lent again at once") {
  frontier f({30s, {0, 2}});
  f.add({make("a"), make("b"), make("c")});
  f.take("w1", 2, start);
  CHECK(f.worker_lost("w1").size() == 2);
  CHECK(f.lent() == 0);
  CHECK(f.take("w2", 9, start).size() == 2);
}

TEST_CASE("a retry waits for its time") {
  frontier f({30s});
  f.add({make("a")});
  auto first = f.take("w", 1, start);
  f.finish(first[0].id, start);
  f.retry(first[0].task, start + 2s);
  CHECK(f.waiting() == 1);
  CHECK(f.take("w", 1, start + 1999ms).empty());
  CHECK(f.next_change(start) == start + 2s);
  CHECK(f.take("w", 1, start + 2s).size() == 1);
}

TEST_CASE("a cancelled query waits no more") {
  frontier f({30s});
  f.add({make("a"), make("b")});
  auto held = f.take("w", 1, start);
  f.retry(make("c"), start + 1s);
  CHECK(f.cancel("q") == 2);
  CHECK(f.waiting() == 0);
  CHECK(f.take("w", 9, start + 9s).empty());
  CHECK(f.finish(held[0].id, start));
  // Taken up again.
  CHECK(f.add({make("b"), make("c")}) == 2);
}

TEST_CASE(
    "refusals halve what a host is asked at once, successes win it back") {
  frontier f({30s, {0, 8}});
  f.add(many(100));
  auto now = f.refused("h", 1s, start + 1ms, 0).until;
  CHECK(f.refusals_in_a_row("h") == 1);
  auto held = f.take("w", 99, now);
  CHECK(held.size() == 4);
  for (int i = 0; i < 20; ++i) {
    f.finish(held[0].id, now, well);
    held.erase(held.begin());
    for (auto& one : f.take("w", 99, now))
      held.push_back(std::move(one));
  }
  CHECK(f.refusals_in_a_row("h") == 0);
  CHECK(f.lent() == 5);
}

TEST_CASE("a host that only refuses can be given up as a whole") {
  frontier f({30s});
  f.add({make("a"), make("b"), make("x", "other")});
  f.retry(make("c"), start + 9s);
  CHECK(f.withdraw("h").size() == 3);
  CHECK(f.waiting() == 1);
  CHECK(ids(f.take("w", 9, start + 10s)) == strings{"x"});
}

TEST_CASE("a hundred thousand hosts cost no more than a few") {
  frontier f({30s, {1, 1}});
  std::vector<task> many;
  for (int i = 0; i < 100'000; ++i)
    many.push_back(make(std::to_string(i), "host" + std::to_string(i)));
  CHECK(f.add(std::move(many)) == 100'000);
  std::size_t got = 0;
  while (auto n = f.take("w", 100, start).size())
    got += n;
  CHECK(got == 100'000);
}

TEST_CASE("a rested host takes a burst, then its rate") {
  frontier f({30s, {1, 100, 5}});
  f.add(many(50));
  CHECK(f.take("w", 99, start + 10s).size() == 5);
  CHECK(f.take("w", 99, start + 10s).empty());
  // The rate less what the way may differ by.
  CHECK(f.take("w", 99, start + 12s).size() == 1);
  CHECK(f.take("w", 99, start + 12100ms).size() == 1);
  CHECK(f.take("w", 99, start + 60s).size() == 5);
}

TEST_CASE("a crawl delay holds, burst or not, and has an end") {
  frontier f({300s, {0, 100, 5}});
  f.add(many(50));
  auto answer = well;
  answer.crawl_delay = 5s;
  answer_one(f, answer, start + 1s);
  CHECK(f.take("w", 99, start + 5900ms).empty());
  answer.crawl_delay = 24h;
  answer_one(f, answer, start + 6s);
  CHECK(f.next_change(start + 6s) == start + 6s + 2min);
}

TEST_CASE("a host that answers ever more slowly is asked less, then more") {
  frontier f({300s, {0, 8}});
  f.add(many(2000));
  auto now = start + 1s;
  auto answers = [&](int count, duration latency) {
    for (int i = 0; i < count; ++i) {
      auto answer = well;
      answer.latency = latency;
      now += 10ms;
      answer_one(f, answer, now);
    }
    auto held = f.take("w", 99, now);
    for (const auto& one : held)
      f.finish(one.id, now);
    return held.size();
  };
  CHECK(answers(50, 100ms) == 8);
  CHECK(answers(20, 3s) == 1);
  CHECK(answers(20, 100ms) <= 2);
  CHECK(answers(300, 100ms) == 8);
}

TEST_CASE("a host that fails and fails waits, then is probed") {
  frontier f({30s, {0, 4}, 1, {3, {1s, 60s}}});
  f.add(many(20));
  for (int i = 0; i < 3; ++i)
    answer_one(f, ailing, start);
  CHECK(f.circuit_of("h", start) == circuit::open);
  CHECK(f.take("w", 9, start + 999ms).empty());
  CHECK(f.next_change(start) == start + 1s);
  auto probe = f.take("w", 9, start + 1s);
  REQUIRE(probe.size() == 1);
  CHECK(f.take("w", 9, start + 9s).empty());
  f.finish(probe[0].id, start + 9s, ailing);
  CHECK(f.refusals_in_a_row("h") == 2);
  CHECK(f.next_change(start + 9s) == start + 11s);
  answer_one(f, well, start + 11s);
  CHECK(f.circuit_of("h", start + 11s) == circuit::closed);
  CHECK(f.refusals_in_a_row("h") == 0);
  CHECK_FALSE(f.take("w", 9, start + 11s).empty());
}

TEST_CASE("a probe whose worker died is sent again") {
  frontier f({30s, {0, 4}, 1, {1, {1s, 60s}}});
  f.add(many(3));
  answer_one(f, ailing, start);
  REQUIRE(f.take("w1", 9, start + 1s).size() == 1);
  f.worker_lost("w1");
  CHECK(f.take("w2", 9, start + 1s).size() == 1);
}

TEST_CASE("a lease that is renewed by its worker does not run out") {
  frontier f({30s});
  f.add({make("a")});
  auto held = f.take("w1", 1, start);
  f.renew(held[0].id, "w2", start + 20s);
  f.renew(held[0].id, "w1", start + 10s);
  CHECK(f.expire(start + 39s).empty());
  CHECK(f.is_lent(held[0].id));
  CHECK(f.expire(start + 40s).size() == 1);
  f.renew(held[0].id, "w1", start + 40s);
  CHECK_FALSE(f.is_lent(held[0].id));
}

TEST_CASE("leases of another run of the farm change nothing") {
  frontier before({30s, {}, 1'000});
  before.add({make("a")});
  auto old = before.take("w", 1, start);
  frontier f({30s, {}, 2'000});
  f.add({make("a")});
  auto held = f.take("w", 1, start);
  CHECK_FALSE(f.finish(old[0].id, start, ailing));
  CHECK(f.lent() == 1);
  CHECK(f.is_lent(held[0].id));
}

TEST_CASE("a task that ended under a lost lease is not lent again") {
  frontier f({30s});
  f.add({make("a"), make("b")});
  f.take("w1", 1, start);
  f.expire(start + 30s);
  f.forget("q", "a");
  CHECK(ids(f.take("w2", 9, start + 30s)) == strings{"b"});
  CHECK(f.waiting() == 0);
}

TEST_CASE("a host is asked for the next page while the last one is stored") {
  frontier f({30s});
  f.set_budget("h", {0, 1});
  f.add(many(3));
  auto held = f.take("w", 9, start);
  REQUIRE(held.size() == 1);
  CHECK(f.take("w", 9, start).empty());
  f.free_slot(held[0].id);
  f.free_slot(held[0].id);
  CHECK(f.take("w", 9, start).size() == 1);
  CHECK(f.take("w", 9, start).empty());
  // The end of the first lease frees no second slot.
  CHECK(f.finish(held[0].id, start, well));
  CHECK(f.take("w", 9, start).empty());
}

TEST_CASE("a host that asked to be left alone before is left alone from the "
          "start") {
  frontier f({30s});
  f.pause("h", start + 60s);
  f.pause("h", start + 10s);
  f.add(many(1));
  CHECK(f.take("w", 9, start + 59s).empty());
  CHECK(f.next_change(start) == start + 60s);
  CHECK(f.take("w", 9, start + 60s).size() == 1);
  CHECK(f.refusals_in_a_row("h") == 0);
}

TEST_CASE("a task for a browser is lent only to a worker that has one") {
  frontier f({30s});
  auto scripted = make("scripted");
  scripted.by_browser = true;
  f.note_browser("b");
  f.add({scripted, make("plain")});
  CHECK(ids(f.take("w", 9, start)) == strings{"plain"});
  CHECK(ids(f.take("b", 9, start)) == strings{"scripted"});
  CHECK(f.worker_lost("b") == strings{"scripted"});
  CHECK_FALSE(f.has_browsers());
  CHECK(f.take("w", 9, start).empty());
  f.note_browser("c");
  CHECK(ids(f.take("c", 9, start)) == strings{"scripted"});
}

TEST_CASE("where no browser comes, its tasks are lent all the same at last") {
  frontier_rules rules;
  rules.browser_patience = 10s;
  frontier f(rules);
  auto scripted = make("scripted");
  scripted.by_browser = true;
  f.add({scripted});
  CHECK(f.take("w", 9, start + 1s).empty());
  CHECK(f.next_change(start + 1s) == start + 11s);
  CHECK(f.take("w", 9, start + 10s).empty());
  CHECK(f.take("w", 9, start + 11s).size() == 1);
}

TEST_CASE("what waits for a worker only asks for no time") {
  frontier f({30s});
  f.add(many(1));
  CHECK_FALSE(f.next_change(start));
}
