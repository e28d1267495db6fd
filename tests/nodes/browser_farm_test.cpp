#include "nodes/farm.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/descendants.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <csignal>
#include <set>
#include <thread>

// A board that only scripts fill, collected through Chromium by a whole farm,
// against the same board's API.

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace std::chrono_literals;

namespace {

constexpr auto slow_ms = 1500;

struct world {
  explicit world(std::vector<fault> faults = {})
      : boards(*simulator::start({0, {7, 900, std::move(faults)}})) {
    for (const auto& one : boards->boards())
      if (one.source == "ashby") {
        api = one;
        break;
      }
    scripted = {"jsonld", boards->url() + "/jsonld/scripted/" + api.token,
                api.company};
  }

  /// `by_browser`: of jsonld; unset leaves it to recovery.
  farm_options options(std::optional<bool> by_browser) const {
    farm_options made;
    made.store_dir =
        (dir.path() / (by_browser == false ? "api" : "scripted")).string();
    made.gazetteer_file = JOBFARM_GAZETTEER;
    made.allowed_hosts = {"127.0.0.1"};
    for (const auto* name : {"ashby", "jsonld"}) {
      auto& own = made.sources[name];
      own.base_url = boards->url() + '/' + name;
      own.requests_per_second = 0;
    }
    made.sources["jsonld"].uses_browser = by_browser;
    return made;
  }

  std::unique_ptr<simulator> boards;
  board api;
  board scripted;
  test::temporary_directory dir;
};

/// What a person sees of a posting, under the id it was handed out with.
using seen = std::set<std::vector<std::string>>;

std::string text_of(const std::optional<double>& number) {
  return number ? std::to_string(*number) : "";
}

seen postings_of(const farm& f) {
  seen all;
  REQUIRE(f.disk()
              .scan_postings(
                  "",
                  [&](const job_posting& one) {
                    for (const auto& from : one.sightings)
                      all.insert({from.source_id, one.title, one.company,
                                  one.city, one.country, one.description,
                                  one.posted_at.substr(0, 10),
                                  std::string{to_string(one.employment_type)},
                                  text_of(one.salary_min),
                                  text_of(one.salary_max),
                                  one.salary_currency});
                    return true;
                  })
              .has_value());
  return all;
}

job_query query_for(const board& target) {
  job_query made;
  made.query_id = "q1";
  made.boards = {target};
  made.sources = {target.source};
  return made;
}

collection_result finish(farm& f) {
  for (;;) {
    auto ended = f.wait("q1", 20ms);
    REQUIRE(ended);
    if (*ended)
      return **ended;
  }
}

seen collect_api(const world& w) {
  auto f = *farm::start(w.options(false));
  REQUIRE(f->submit(query_for(w.api)));
  auto result = finish(*f);
  CHECK(result.errors.empty());
  return postings_of(*f);
}

bool is_installed() {
  if (fetch::check_programs({}))
    return true;
  WARN("chromium and chromium-driver are not installed: nothing is tested");
  return false;
}

void require_whole(const collection_result& result) {
  for (const auto& one : result.errors)
    FAIL_CHECK(one.message);
  CHECK_FALSE(result.partial);
}

} // namespace

TEST_CASE("a board that scripts fill gives the same as its API") {
  if (!is_installed())
    return;
  world w;
  auto expected_postings = collect_api(w);
  REQUIRE(expected_postings.size() > 10);
  auto f = *farm::start(w.options(true));
  REQUIRE(f->submit(query_for(w.scripted)));
  require_whole(finish(*f));
  CHECK(postings_of(*f) == expected_postings);
}

TEST_CASE("recovery chooses the browser where nothing else helps") {
  if (!is_installed())
    return;
  world w;
  auto expected_postings = collect_api(w);
  auto f = *farm::start(w.options(std::nullopt));
  REQUIRE(f->submit(query_for(w.scripted)));
  require_whole(finish(*f));
  CHECK(postings_of(*f) == expected_postings);
  // Once without scripts, then by the browser and by its script.
  CHECK(w.boards->requests_of("jsonld") == 3);
}

TEST_CASE("where no browser is installed, that is said") {
  world w;
  auto options = w.options(std::nullopt);
  options.browser.programs.browser = "/nowhere/chromium";
  auto f = *farm::start(options);
  REQUIRE(f->submit(query_for(w.scripted)));
  auto result = finish(*f);
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0].code == errc::schema_changed);
  CHECK_THAT(result.errors[0].message, Catch::Contains("no node has one"));
}

TEST_CASE("without a browser such a board is no empty one, but changed") {
  world w;
  auto f = *farm::start(w.options(false));
  REQUIRE(f->submit(query_for(w.scripted)));
  auto result = finish(*f);
  REQUIRE(result.errors.size() == 1);
  CHECK(result.errors[0].code == errc::schema_changed);
}

TEST_CASE("killing the browser in the middle of a board loses nothing") {
  if (!is_installed())
    return;
  fault slow;
  slow.source = "jsonld";
  slow.kind = fault_kind::slow;
  slow.delay_ms = slow_ms;
  world w({slow});
  auto expected_postings = collect_api(w);
  auto f = *farm::start(w.options(true));
  REQUIRE(f->submit(query_for(w.scripted)));
  // The page's script has asked for its data, which takes a while.
  while (w.boards->requests_of("jsonld") < 2)
    std::this_thread::yield();
  auto browsers = test::descendants("chromium");
  REQUIRE_FALSE(browsers.empty());
  for (auto one : browsers)
    ::kill(one, SIGKILL);
  require_whole(finish(*f));
  CHECK(w.boards->requests_of("jsonld") >= 4);
  CHECK(postings_of(*f) == expected_postings);
}
