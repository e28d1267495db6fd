#include "nodes/farm.hpp"

#include "actors/sources/source.hpp"
#include "actors/watch/audit.hpp"
#include "messages/json.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

// The whole farm in this process against the simulator on loopback.

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace std::chrono_literals;

namespace {

struct world {
  explicit world(scenario what = {3, 600, {}})
      : boards(*simulator::start({0, std::move(what)})) {
  }

  farm_options options() const {
    farm_options made;
    made.store_dir = (dir.path() / "store").string();
    made.gazetteer_file = JOBFARM_GAZETTEER;
    made.allowed_hosts = {"127.0.0.1"};
    made.credentials = {{"careerjet", "key"}};
    made.recovery.first_delay = 20ms;
    for (const auto* source : sources::all_sources()) {
      std::string name{source->traits.name};
      auto& own = made.sources[name];
      own.enabled = true;
      own.base_url = boards->url() + '/' + name;
      own.requests_per_second = 0;
      own.concurrent_requests = 8;
    }
    return made;
  }

  job_query query() const {
    job_query made;
    made.query_id = "q1";
    made.boards = boards->boards();
    return made;
  }

  std::size_t handed_out() const {
    std::size_t count = 0;
    boards->ledger([&](std::string_view) {
      ++count;
      return true;
    });
    return count;
  }

  std::unique_ptr<simulator> boards;
  test::temporary_directory dir;
};

collection_result finish(farm& f, const std::string& query_id) {
  for (;;) {
    auto ended = f.wait(query_id, 5ms);
    REQUIRE(ended);
    if (*ended)
      return **ended;
  }
}

/// Records of the store: postings and all their sightings.
std::pair<std::size_t, std::size_t> stored(const store::store& disk) {
  std::size_t postings = 0;
  std::size_t sightings = 0;
  REQUIRE(disk.scan_postings("",
                             [&](const job_posting& one) {
                               ++postings;
                               sightings += one.sightings.size();
                               return true;
                             })
              .has_value());
  return {postings, sightings};
}

std::optional<errc> code_of(const collection_result& result,
                            const std::string& source) {
  for (const auto& one : result.errors)
    if (one.source == source)
      return one.code;
  return std::nullopt;
}

fault of(const std::string& source, fault_kind kind, std::uint64_t until) {
  fault one;
  one.source = source;
  one.kind = kind;
  one.until = until;
  return one;
}

} // namespace

TEST_CASE("a farm collects every posting of eleven sources, none twice") {
  world w;
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(w.query()));
  auto result = finish(*f, "q1");
  CHECK_FALSE(result.partial);
  CHECK(result.sources_queried.size() == 11);
  CHECK(result.errors.empty());
  auto [postings, sightings] = stored(f->disk());
  CHECK(sightings == w.handed_out());
  CHECK(sightings == 600);
  CHECK(result.raw_jobs == 600);
  CHECK(result.total_jobs == static_cast<std::int64_t>(postings));
  CHECK(result.duplicates_removed
        == static_cast<std::int64_t>(sightings - postings));
}

TEST_CASE("a farm that is started again obeys the Retry-After of its life "
          "before") {
  scenario what{3, 600, {}};
  auto refusal = of("lever", fault_kind::rate_limited, 1);
  refusal.retry_after_s = 3600;
  what.faults.push_back(refusal);
  world w(what);
  auto query = w.query();
  query.sources = {"lever"};
  auto is_told = [&](farm& f) {
    return f.progress("q1")->sources.at(0).waiting == "rate_limited";
  };
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(query));
  while (!is_told(*f))
    std::this_thread::sleep_for(10ms);
  f.reset();
  f = *farm::start(w.options());
  auto stored = *f->disk().query("q1");
  REQUIRE(stored);
  REQUIRE(f->resume(*stored));
  // Without the pause the boards, which refuse no more, are read at once.
  CHECK_FALSE(*f->wait("q1", 1500ms));
  CHECK(f->progress("q1")->sources.at(0).handed_out == 0);
}

TEST_CASE("a wall sends a task to the next tier of proxies, a 429 does not") {
  scenario what{3, 600, {}};
  what.faults.push_back(of("lever", fault_kind::wall, 1));
  what.faults.push_back(of("ashby", fault_kind::rate_limited, 1));
  what.faults.back().retry_after_s = 1;
  world w(what);
  auto query = w.query();
  query.sources = {"lever", "ashby"};
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(query));
  CHECK_FALSE(finish(*f, "q1").partial);
  std::map<std::string, std::int32_t> highest;
  REQUIRE(f->disk().scan_tasks("q1", task_state::done,
                               [&](const task_record& one) {
                                 auto& tier = highest[one.task.source];
                                 tier = std::max(tier, one.task.proxy_tier);
                                 return true;
                               }));
  CHECK(highest["lever"] == 2);
  CHECK(highest["ashby"] == 1);
}

TEST_CASE("what was stored says what the jobs really are") {
  world w;
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(w.query()));
  finish(*f, "q1");
  std::map<std::string, std::string> country_of;
  REQUIRE(f->disk()
              .scan_postings("",
                             [&](const job_posting& one) {
                               for (const auto& seen : one.sightings)
                                 country_of[seen.source + seen.source_id] =
                                     one.country;
                               return true;
                             })
              .has_value());
  std::size_t right = 0;
  std::size_t wrong = 0;
  w.boards->ledger([&](std::string_view line) {
    auto entry = *from_json<rejection>(line);
    auto known = country_of.find(entry.source + entry.source_id);
    if (known == country_of.end())
      return true;
    auto truth = "\"country\":\"" + known->second + '"';
    (line.find(truth) != line.npos ? right : wrong) += 1;
    return true;
  });
  CHECK(right > 500);
  CHECK(wrong <= right / 100);
}

TEST_CASE("each broken source is named by its true code, the others finish") {
  constexpr auto for_ever = UINT64_MAX;
  world w({3,
           600,
           {of("lever", fault_kind::rate_limited, for_ever),
            of("indeed", fault_kind::wall, for_ever),
            of("linkedin", fault_kind::soft_wall, for_ever),
            of("workable", fault_kind::garbage, for_ever),
            of("greenhouse", fault_kind::truncated, for_ever),
            of("ashby", fault_kind::schema_changed, for_ever)}});
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(w.query()));
  auto result = finish(*f, "q1");
  CHECK(result.partial);
  CHECK(code_of(result, "lever") == errc::rate_limited);
  CHECK(code_of(result, "indeed") == errc::bot_detected);
  CHECK(code_of(result, "linkedin") == errc::bot_detected);
  CHECK(code_of(result, "workable") == errc::bad_payload);
  CHECK(code_of(result, "greenhouse") == errc::bad_payload);
  CHECK(code_of(result, "ashby") == errc::schema_changed);
  CHECK(result.successful_sources.size() == 5);
  auto [postings, sightings] = stored(f->disk());
  CHECK(sightings == w.handed_out());
  CHECK(postings > 0);
}

TEST_CASE("faults that pass are recovered from without a trace of loss") {
  world w(
      {3,
       600,
       {of("lever", fault_kind::error, 2), of("ashby", fault_kind::reset, 2),
        of("greenhouse", fault_kind::truncated, 2),
        of("workable", fault_kind::garbage, 2)}});
  auto f = *farm::start(w.options());
  REQUIRE(f->submit(w.query()));
  auto result = finish(*f, "q1");
  CHECK(result.errors.empty());
  CHECK(stored(f->disk()).second == 600);
}

TEST_CASE("a second crawl stores nothing twice") {
  world w;
  auto f = *farm::start(w.options());
  auto query = w.query();
  REQUIRE(f->submit(query));
  finish(*f, "q1");
  auto first = stored(f->disk());
  query.query_id = "q2";
  REQUIRE(f->submit(query));
  auto again = finish(*f, "q2");
  CHECK(stored(f->disk()) == first);
  CHECK(again.raw_jobs == 600);
}

TEST_CASE("a board that suddenly shows nothing is suspicious once, not empty, "
          "and nothing of it is closed") {
  world w;
  auto f = *farm::start(w.options());
  auto query = w.query();
  query.sources = {"lever"};
  REQUIRE(f->submit(query));
  CHECK_FALSE(finish(*f, "q1").partial);
  auto first = stored(f->disk());
  REQUIRE(first.first > 10);

  // The same boards elsewhere, as their tokens are what they are known by.
  world emptied({3, 600, {of("lever", fault_kind::emptied, UINT64_MAX)}});
  auto options = emptied.options();
  options.store_dir = w.options().store_dir;
  f.reset();
  f = *farm::start(options);
  query.query_id = "q2";
  REQUIRE(f->submit(query));
  auto result = finish(*f, "q2");
  CHECK(result.partial);
  CHECK(code_of(result, "lever") == errc::bad_payload);
  REQUIRE_FALSE(result.errors.empty());
  CHECK(result.errors[0].message.find("suspicious") != std::string::npos);
  CHECK(stored(f->disk()) == first);
  REQUIRE(f->disk().scan_postings("", [&](const job_posting& one) {
    CHECK(one.closed_at.empty());
    return true;
  }));

  query.query_id = "q3";
  REQUIRE(f->submit(query));
  CHECK_FALSE(finish(*f, "q3").partial);
}

TEST_CASE("a cancelled query keeps what it has and can be resumed") {
  world w;
  {
    auto f = *farm::start(w.options());
    REQUIRE(f->submit(w.query()));
    f->cancel("q1");
    auto result = finish(*f, "q1");
    CHECK(result.query_id == "q1");
  }
  auto f = *farm::start(w.options());
  auto open = *f->disk().query("q1");
  REQUIRE(open);
  REQUIRE_FALSE(open->result);
  REQUIRE(f->resume(*open));
  finish(*f, "q1");
  CHECK(stored(f->disk()).second == 600);
}

TEST_CASE("a board that does not exist is gone, not empty") {
  world w;
  auto f = *farm::start(w.options());
  job_query query;
  query.query_id = "q1";
  query.sources = {"lever"};
  query.boards = {{"lever", "nobody", ""}};
  REQUIRE(f->submit(query));
  auto result = finish(*f, "q1");
  CHECK(code_of(result, "lever") == errc::not_found);
}

TEST_CASE("private addresses are refused unless they are allowed") {
  world w;
  auto options = w.options();
  options.allowed_hosts.clear();
  auto f = *farm::start(options);
  auto query = w.query();
  query.sources = {"ashby"};
  REQUIRE(f->submit(query));
  CHECK(code_of(finish(*f, "q1"), "ashby") == errc::blocked_address);
}

TEST_CASE("a dead letter is tried again as if it were new") {
  world w({3, 600, {of("lever", fault_kind::error, 1)}});
  auto options = w.options();
  options.recovery.most_attempts = 1;
  auto f = *farm::start(options);
  REQUIRE(f->submit(w.query()));
  CHECK(finish(*f, "q1").partial);
  auto dead = *watch::dead_letters(f->disk(), "q1", "", 99);
  REQUIRE_FALSE(dead.empty());
  for (const auto& one : dead)
    REQUIRE(f->retry_dead("q1", one.task_id));
  auto result = finish(*f, "q1");
  CHECK_FALSE(result.partial);
  CHECK(result.raw_jobs == 600);
  CHECK(watch::dead_letters(f->disk(), "q1", "", 99)->empty());
  CHECK(watch::audit_query(f->disk(), "q1")->adds_up);
  CHECK(stored(f->disk()).second == 600);
  CHECK(f->retry_dead("q1", dead[0].task_id).error().code == errc::not_found);
}

TEST_CASE("a dead letter that is dropped stays given up, with the reason") {
  world w({3, 600, {of("lever", fault_kind::error, 1)}});
  auto options = w.options();
  options.recovery.most_attempts = 1;
  auto f = *farm::start(options);
  REQUIRE(f->submit(w.query()));
  finish(*f, "q1");
  auto dead = *watch::dead_letters(f->disk(), "q1", "", 99);
  REQUIRE_FALSE(dead.empty());
  REQUIRE(f->drop_dead("q1", dead[0].task_id, "closed"));
  CHECK(watch::dead_letters(f->disk(), "q1", "", 99)->size()
        == dead.size() - 1);
  auto audit = *watch::audit_query(f->disk(), "q1");
  CHECK(audit.adds_up);
  auto record = *f->disk().task("q1", dead[0].task_id);
  REQUIRE(record);
  CHECK(record->history.back().detail == "dropped: closed");
}

TEST_CASE("each start of a farm lends under numbers of its own") {
  world w;
  for (const auto* run : {"1", "2"}) {
    auto f = *farm::start(w.options());
    CHECK(*f->disk().lookup("farm/run") == std::string{run});
  }
}
