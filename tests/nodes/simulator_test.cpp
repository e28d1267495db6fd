#include "nodes/simulator/simulator.hpp"

#include "actors/sources/source.hpp"
#include "nodes/simulator/render.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <fstream>
#include <set>

using namespace jobfarm;
using namespace jobfarm::nodes;
namespace sim = jobfarm::simulator_world;

namespace {

sim::question question_of(const std::string& url) {
  // "http://base/SOURCE/path?query"
  sim::question asked;
  auto rest = url.substr(url.find("base/") + 5);
  auto mark = std::min(rest.find('?'), rest.size());
  asked.query = mark < rest.size() ? rest.substr(mark + 1) : "";
  rest.resize(mark);
  auto slash = rest.find('/');
  asked.source = rest.substr(0, slash);
  asked.path = rest.substr(slash);
  asked.self = "http://base";
  asked.now = 1'790'000'000;
  return asked;
}

/// Reads a board of a source to its end with the real plan and parse.
std::set<std::string> crawl(const sim::world& of, const board& target) {
  const auto* source = sources::find_source(target.source);
  sources::plan_context plan;
  plan.board = target;
  plan.base_url = "http://base/" + target.source;
  if (target.source == "jsonld")
    plan.board.token = "http://base/jsonld/jobs/" + target.token;
  auto requests = *source->plan(plan);
  std::set<std::string> ids;
  for (std::size_t i = 0; i < requests.size() && i < 1000; ++i) {
    auto asked = requests[i];
    auto page = sim::answer(of, question_of(asked.request.url));
    sources::parse_context context;
    context.board = plan.board.token;
    context.base_url = plan.base_url;
    context.url = asked.request.url;
    context.fetched_at = "2026-09-21T00:00:00Z";
    context.status = page.status;
    context.asked = &asked;
    auto parsed = source->parse(page.body, context);
    REQUIRE(parsed);
    CHECK(parsed->verdict != answer::partial);
    for (const auto& one : parsed->postings)
      CHECK_FALSE(one.title.empty());
    for (const auto& one : parsed->postings)
      ids.insert(one.source_id);
    for (auto& next : parsed->next)
      requests.push_back(std::move(next));
  }
  return ids;
}

} // namespace

TEST_CASE("the same seed gives the same bytes, another seed others") {
  auto body = [](std::uint64_t seed) {
    sim::world of(seed, 500);
    for (const auto& on : of.boards())
      if (on.board.source == "greenhouse")
        return sim::answer(of, question_of("http://base/greenhouse/v1/boards/"
                                           + on.board.token + "/jobs"))
            .body;
    return std::string{};
  };
  CHECK(body(5).size() > 10'000);
  CHECK(body(5) == body(5));
  CHECK(body(5) != body(6));
}

TEST_CASE("every source's boards are read to their end by its own parser") {
  sim::world of(5, 900);
  std::set<std::string> sources;
  for (const auto& on : of.boards()) {
    if (!sources.insert(on.board.source).second)
      continue;
    INFO(on.board.source);
    CHECK(crawl(of, on.board).size() == on.count);
  }
  CHECK(sources.size() == 11);
}

TEST_CASE("a scenario with a mistake is refused by its line") {
  test::temporary_directory dir;
  auto file = (dir.path() / "s.toml").string();
  std::ofstream(file) << "seed = 1\n[[fault]]\nsource = \"levr\"\n";
  auto read = read_scenario(file, {});
  REQUIRE_FALSE(read);
  CHECK(read.error().detail.find(":3: unknown source \"levr\"")
        != std::string::npos);
}
