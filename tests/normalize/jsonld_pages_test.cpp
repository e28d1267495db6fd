#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/sources/source.hpp"
#include "messages/json.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>
#include <string>

using namespace jobfarm;

namespace {

raw_posting only_posting(const std::string& page) {
  sources::parse_context context;
  context.url = "https://acme.com/jobs/2";
  context.fetched_at = "2026-01-15T00:00:00Z";
  auto parsed = sources::find_source("jsonld")->parse(page, context);
  REQUIRE(parsed);
  REQUIRE(parsed->postings.size() == 1);
  return parsed->postings.front();
}

} // namespace

// The shapes of schema.org JobPosting that sites write, and the fields of the
// record that must come of each.
TEST_CASE("JSON-LD of every shape becomes the record it states") {
  auto places = normalize::gazetteer::open(JOBFARM_GAZETTEER);
  REQUIRE(places);
  const normalize::normalizer rules(*places);
  std::istringstream rows(
      test::read_file(test::data_dir() / "normalize" / "jsonld_pages.jsonl"));
  std::size_t count = 0;
  for (std::string line; std::getline(rows, line); ++count) {
    auto row = nlohmann::json::parse(line);
    INFO(row["about"] << row["page"]);
    auto posting = rules.normalize(only_posting(row["page"]));
    REQUIRE(posting);
    std::string written;
    append_json(written, *posting);
    auto record = nlohmann::json::parse(written);
    for (const auto& [field, value] : row["want"].items())
      CHECK(record[field] == value);
  }
  CHECK(count > 170);
}
