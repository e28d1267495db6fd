#include "actors/collect/ingest.hpp"
#include "actors/collect/read_pages.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/store/memory_store.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::collect;

namespace {

constexpr auto* first_day = "2026-11-01T08:00:00Z";
constexpr auto* next_day = "2026-11-02T08:00:00Z";
constexpr auto* week_later = "2026-11-09T08:00:00Z";

/// A page with a version, and all that is asked of one.
struct read_once {
  read_once() {
    asked.source = "greenhouse";
    asked.board = "acme";
    asked.request.url = "https://boards.example/acme";
    answered.status = 200;
    answered.headers = {{"etag", "W/\"1\""}};
    read.raw.resize(2);
    for (auto& one : read.raw) {
      one.posted = "2026-10-30T00:00:00Z";
      one.fetched_at = first_day;
    }
  }

  std::optional<page_version> version(const std::string& reader = "r") const {
    return version_read(asked, answered, read, reader);
  }

  task& lead_to_next() {
    return read.outcome.next_tasks.emplace_back();
  }

  task asked;
  page_answer answered;
  page_reading read;
};

/// INGEST's core on a store in memory.
struct ingesting {
  ingesting() {
    query_record asked;
    asked.query.query_id = "q";
    store::batch changes;
    changes.queries.push_back(asked);
    REQUIRE(disk->commit(changes));
    REQUIRE(board.known);
  }

  static task page() {
    task one;
    one.id = "t";
    one.query_id = "q";
    one.source = "greenhouse";
    one.board = "acme";
    one.request.url = "https://boards.example/acme";
    one.known = page_version{"W/\"1\"", "", "r"};
    return one;
  }

  /// What a worker hands in, taken at `now`; on disk afterwards.
  settled_task take(task_outcome outcome, const std::string& now) {
    finished_task finished;
    finished.task = board;
    finished.task.id = outcome.task_id = "t" + std::to_string(++tasks);
    finished.outcome = std::move(outcome);
    auto settled = core.accept(std::move(finished), now);
    REQUIRE(settled);
    REQUIRE(disk->commit(*core.changes().take_batch()));
    core.changes().committed();
    return *settled;
  }

  /// Two postings, as the version that the task knows.
  settled_task read_whole() {
    task_outcome outcome;
    outcome.version = *board.known;
    for (auto letter : {'a', 'b'}) {
      auto& one = outcome.postings.emplace_back();
      one.id = std::string(32, letter);
      one.source = "greenhouse";
      one.source_id = std::string(1, letter);
      one.title = std::string("Cook of ") + letter;
      one.first_seen = one.last_seen = first_day;
    }
    outcome.handed_out = 2;
    return take(outcome, first_day);
  }

  settled_task find_unchanged(const std::string& now) {
    task_outcome outcome;
    outcome.is_unchanged = true;
    return take(outcome, now);
  }

  job_posting stored(char letter) const {
    auto one = disk->posting(std::string(32, letter));
    REQUIRE(one);
    REQUIRE(*one);
    return **one;
  }

  std::shared_ptr<store::memory_store> disk =
      std::make_shared<store::memory_store>();
  ingest core{{},
              disk,
              std::make_shared<normalize::normalizer>(
                  *normalize::gazetteer::open(JOBFARM_GAZETTEER))};
  task board = page();
  int tasks = 0;
};

boxed_optional<page_version> recalled(const store::store& disk, task page,
                                      const std::string& now) {
  page.known.reset();
  REQUIRE(recall_version(disk, page, now));
  return page.known;
}

} // namespace

TEST_CASE("a page that says all by itself has a version") {
  auto version = read_once{}.version();
  REQUIRE(version);
  CHECK(version->etag == "W/\"1\"");
  CHECK(version->last_modified.empty());
  CHECK(version->reader == "r");
}

TEST_CASE("so has one that leads to the next page of its listing") {
  read_once one;
  one.lead_to_next();
  one.read.outcome.total_stated = 300;
  CHECK(one.version());
}

TEST_CASE("what another reading may find more of has no version") {
  using change = std::function<void(read_once&)>;
  const change changes[] = {
      [](auto& one) { one.answered.headers.clear(); },
      [](auto& one) { one.answered.status = 304; },
      [](auto& one) { one.asked.request.body = "{}"; },
      [](auto& one) { one.asked.request.credential = "careerjet"; },
      [](auto& one) { one.asked.by_browser = true; },
      [](auto& one) { one.read.outcome.status = answer::partial; },
      [](auto& one) { one.read.outcome.rejections.emplace_back(); },
      [](auto& one) { one.read.outcome.next_tasks.resize(2); },
      [](auto& one) { one.lead_to_next().kind = page_kind::detail; },
      [](auto& one) { one.lead_to_next().listed.emplace(); },
      [](auto& one) { one.read.outcome.total_stated = 3; },
      [](auto& one) { one.read.outcome.failed = fail(errc::internal, ""); },
      [](auto& one) { one.read.raw.clear(); },
      [](auto& one) { one.read.raw.resize(5001); },
      [](auto& one) { one.read.raw[1].posted = "3 days ago"; },
      [](auto& one) { one.read.raw[1].posted = "2026-11-02T00:00:00Z"; },
  };
  for (const auto& apply : changes) {
    INFO(&apply - changes);
    read_once one;
    apply(one);
    CHECK_FALSE(one.version());
  }
  // A program that cannot tell itself from others.
  CHECK_FALSE(read_once{}.version(""));
}

TEST_CASE("a page that is the version it was has its records") {
  ingesting farm;
  CHECK(farm.read_whole().result.stored == 2);
  auto known = recalled(*farm.disk, farm.board, next_day);
  REQUIRE(known);
  CHECK(known->etag == farm.board.known->etag);
  CHECK(known->reader == "r");
  auto again = farm.find_unchanged(next_day);
  CHECK(again.result.is_done);
  CHECK(again.result.handed_out == 2);
  CHECK(again.result.seen_again == 2);
  CHECK(again.result.stored == 0);
  auto done = farm.disk->task("q", again.task_id);
  REQUIRE(done);
  REQUIRE(*done);
  CHECK((*done)->state == task_state::done);
  CHECK_FALSE((*done)->task.known);
  for (auto letter : {'a', 'b'}) {
    CHECK(farm.stored(letter).first_seen == first_day);
    CHECK(farm.stored(letter).last_seen == next_day);
  }
}

TEST_CASE("what an unchanged board shows is there") {
  ingesting farm;
  farm.read_whole();
  farm.find_unchanged(next_day);
  // Two readings without it close a posting.
  task_outcome outcome;
  outcome.postings = {farm.stored('a')};
  outcome.handed_out = 1;
  outcome.postings[0].last_seen = next_day;
  farm.take(outcome, next_day);
  farm.find_unchanged(next_day);
  farm.take(outcome, next_day);
  CHECK(farm.stored('b').closed_at.empty());
  farm.take(outcome, next_day);
  CHECK_FALSE(farm.stored('b').closed_at.empty());
  // Shown once more it is open.
  farm.find_unchanged(week_later);
  CHECK(farm.stored('b').closed_at.empty());
}

TEST_CASE("an unchanged page of a listing leads to the next one") {
  ingesting farm;
  task_outcome outcome;
  outcome.version = *farm.board.known;
  outcome.postings.resize(1);
  outcome.postings[0].id = std::string(32, 'a');
  outcome.postings[0].source = "greenhouse";
  outcome.handed_out = 1;
  auto second = ingesting::page();
  second.request.url += "?page=2";
  second.collected_before = 1;
  second.known.reset();
  outcome.next_tasks = {plan::for_query("q", second)};
  farm.take(outcome, first_day);
  farm.board.query_id = "of another day";
  auto again = farm.find_unchanged(next_day);
  REQUIRE(again.next_tasks.size() == 1);
  const auto next = again.next_tasks[0];
  CHECK(next.query_id == "of another day");
  CHECK(next.id == plan::for_query("of another day", second).id);
  CHECK(next.request.url == second.request.url);
  CHECK(next.collected_before == 1);
  CHECK_FALSE(next.known);
  // As soon as it is read itself.
  farm.board = next;
  farm.board.known = page_version{"\"2\"", "", "r"};
  outcome.version = *farm.board.known;
  outcome.next_tasks.clear();
  farm.take(outcome, next_day);
  farm.board = ingesting::page();
  farm.board.query_id = "of a third day";
  again = farm.find_unchanged(next_day);
  REQUIRE(again.next_tasks.size() == 1);
  REQUIRE(again.next_tasks[0].known);
  CHECK(again.next_tasks[0].known->etag == "\"2\"");
  // Behind other postings it may be another page.
  auto other = next;
  other.collected_before = 2;
  CHECK_FALSE(recalled(*farm.disk, other, next_day));
}

TEST_CASE("an unchanged page of a listed posting hands nothing out") {
  ingesting farm;
  farm.board.kind = page_kind::detail;
  farm.board.listed.emplace().title = "Cook";
  farm.board.listed->fetched_at = first_day;
  farm.read_whole();
  farm.board.listed->fetched_at = next_day;
  REQUIRE(recalled(*farm.disk, farm.board, next_day));
  auto again = farm.find_unchanged(next_day);
  CHECK(again.result.is_done);
  CHECK(again.result.handed_out == 0);
  CHECK(again.result.seen_again == 2);
  // The list says something else of it.
  farm.board.listed->title = "Chef";
  CHECK_FALSE(recalled(*farm.disk, farm.board, next_day));
}

TEST_CASE("a page is read whole where its records are not known") {
  ingesting farm;
  farm.read_whole();
  SECTION("another version was read since") {
    farm.board.known->etag = "W/\"0\"";
  }
  SECTION("it was another program that read it") {
    farm.board.known->reader = "s";
  }
  SECTION("it is another company's") {
    farm.board.company = "Acme";
  }
  auto again = farm.find_unchanged(next_day);
  CHECK_FALSE(again.result.is_done);
  CHECK(again.result.handed_out == 0);
  CHECK_FALSE(again.decision.is_final());
  REQUIRE(again.again);
  CHECK_FALSE(again.again->known);
  auto kept = farm.disk->task("q", again.task_id);
  REQUIRE(kept);
  REQUIRE(*kept);
  CHECK((*kept)->state == task_state::ready);
  CHECK_FALSE((*kept)->task.known);
}

TEST_CASE("a version of strange words is not remembered") {
  ingesting farm;
  for (const auto& etag : {std::string("a\nb"), std::string(501, 'a')}) {
    farm.board.known->etag = etag;
    farm.read_whole();
    CHECK_FALSE(recalled(*farm.disk, farm.board, next_day));
  }
}

TEST_CASE("a page is read whole where a record of it cannot be had") {
  ingesting farm;
  farm.read_whole();
  store::batch changes;
  changes.postings[std::string(32, 'b')] = nullptr;
  REQUIRE(farm.disk->commit(changes));
  auto again = farm.find_unchanged(next_day);
  CHECK_FALSE(again.result.is_done);
  CHECK(again.result.seen_again == 0);
  CHECK(again.again);
  CHECK(farm.stored('a').last_seen == first_day);
}

TEST_CASE("no version is known for ever, nor of what was rejected in part") {
  ingesting farm;
  farm.read_whole();
  CHECK(recalled(*farm.disk, farm.board, "2026-11-08T07:00:00Z"));
  CHECK_FALSE(recalled(*farm.disk, farm.board, week_later));
  // A clock that was ahead.
  CHECK_FALSE(recalled(*farm.disk, farm.board, "2026-10-01T00:00:00Z"));
  farm.board.board = "other";
  CHECK_FALSE(recalled(*farm.disk, farm.board, next_day));
  task_outcome outcome;
  outcome.version = *farm.board.known;
  outcome.rejections.emplace_back();
  farm.take(outcome, first_day);
  CHECK_FALSE(recalled(*farm.disk, farm.board, next_day));
}
