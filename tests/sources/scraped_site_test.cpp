#include "nodes/farm.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <map>
#include <set>

// The sites made for people, from a search over its pages to the jobs' own, by
// a whole farm against the simulator.

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t jobs = 120;
/// Pages of a search, the one past the end included.
const std::map<std::string, std::uint64_t> list_pages = {
    {"linkedin", 13}, {"indeed", 12}, {"ziprecruiter", 6}};

struct crawl {
  collection_result result;
  /// Postings by id, with their descriptions.
  std::map<std::string, std::string> texts;
  std::size_t handed_out = 0;
  std::uint64_t requests = 0;
};

crawl collect(const std::string& source, std::vector<fault> faults = {}) {
  auto boards = *simulator::start({0, {3, 3000, std::move(faults)}});
  test::temporary_directory dir;
  farm_options options;
  options.store_dir = (dir.path() / "store").string();
  options.gazetteer_file = JOBFARM_GAZETTEER;
  options.allowed_hosts = {"127.0.0.1"};
  options.recovery.first_delay = 5ms;
  options.recovery.circuit.open = {20ms, 100ms};
  auto& own = options.sources[source];
  own.enabled = true;
  own.base_url = boards->url() + '/' + source;
  own.requests_per_second = 0;
  auto farm = *farm::start(options);
  job_query query;
  query.query_id = "q1";
  query.sources = {source};
  REQUIRE(farm->submit(query));
  crawl made;
  for (bool is_over = false; !is_over;) {
    auto ended = farm->wait("q1", 5ms);
    REQUIRE(ended);
    if (*ended)
      made.result = **ended;
    is_over = ended->has_value();
  }
  REQUIRE(farm->disk().scan_postings("", [&](const job_posting& one) {
    for (const auto& seen : one.sightings)
      made.texts[seen.source_id] = one.description;
    return true;
  }));
  boards->ledger([&](std::string_view) {
    ++made.handed_out;
    return true;
  });
  made.requests = boards->requests_of(source);
  return made;
}

/// Whether a posting has the text of its own page.
bool is_whole(const std::string& text) {
  return text.find("What you bring") != text.npos;
}

std::size_t whole_ones(const crawl& of) {
  std::size_t count = 0;
  for (const auto& [id, text] : of.texts)
    count += is_whole(text);
  return count;
}

fault of(const std::string& source, fault_kind kind, std::uint64_t from) {
  fault made;
  made.source = source;
  made.kind = kind;
  made.from = from;
  return made;
}

} // namespace

TEST_CASE("a search is read to its end, and each job's own page") {
  for (const auto& [source, pages] : list_pages) {
    INFO(source);
    auto made = collect(source);
    for (const auto& one : made.result.errors)
      FAIL_CHECK(one.message);
    CHECK_FALSE(made.result.partial);
    CHECK(made.handed_out == jobs);
    CHECK(made.texts.size() == jobs);
    CHECK(whole_ones(made) == jobs);
    CHECK(made.result.raw_jobs == std::int64_t{jobs});
    CHECK(made.requests == pages + jobs);
  }
}

TEST_CASE("jobs whose own page could not be had are kept as listed, and told") {
  for (const auto& [source, pages] : list_pages) {
    if (source == "linkedin")
      continue;
    INFO(source);
    // Pages of a search and of jobs come in turn; the last ones are jobs'.
    auto made =
        collect(source, {of(source, fault_kind::error, pages + jobs - 20)});
    CHECK(made.result.partial);
    REQUIRE(made.result.errors.size() == 1);
    CHECK(made.result.errors[0].code == errc::http_error);
    CHECK(made.texts.size() == made.handed_out);
    CHECK(whole_ones(made) < made.texts.size());
    CHECK(whole_ones(made) > 0);
  }
}

TEST_CASE("LinkedIn is not asked again once it has refused") {
  for (auto kind :
       {fault_kind::wall, fault_kind::soft_wall, fault_kind::rate_limited}) {
    auto made = collect("linkedin", {of("linkedin", kind, 40)});
    CHECK(made.result.partial);
    REQUIRE(made.result.errors.size() == 1);
    CHECK(made.result.errors[0].code
          == (kind == fault_kind::rate_limited ? errc::rate_limited
                                               : errc::bot_detected));
    // One request at a time: the refused one is the last.
    CHECK(made.requests == 41);
    // All that the lists showed is kept.
    CHECK(made.texts.size() == made.handed_out);
    CHECK(whole_ones(made) > 0);
  }
}
