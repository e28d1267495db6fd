#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "messages/json.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <sstream>
#include <string>

using namespace jobfarm;

// What boards of some thirty countries write, row by row: fields of a raw
// posting, and the fields of the record that must come of them.
namespace {

const normalize::normalizer& rules() {
  static const normalize::normalizer made = [] {
    auto places = normalize::gazetteer::open(JOBFARM_GAZETTEER);
    REQUIRE(places);
    return normalize::normalizer(*places);
  }();
  return made;
}

void check_row(const std::string& line) {
  auto row = nlohmann::json::parse(line);
  nlohmann::json given = {{"source", "test"},
                          {"source_id", "1"},
                          {"title", "Engineer"},
                          {"fetched_at", "2026-11-24T10:00:00Z"}};
  given.update(row["raw"]);
  auto raw = from_json<raw_posting>(given.dump());
  REQUIRE(raw);
  auto posting = rules().normalize(*raw);
  REQUIRE(posting);
  std::string written;
  append_json(written, *posting);
  auto record = nlohmann::json::parse(written);
  INFO(line);
  for (const auto& [field, value] : row["want"].items())
    CHECK(record[field] == value);
}

std::size_t check_rows(const std::string& file) {
  std::istringstream rows(
      test::read_file(test::data_dir() / "normalize" / file));
  std::size_t count = 0;
  for (std::string line; std::getline(rows, line); ++count)
    check_row(line);
  return count;
}

} // namespace

TEST_CASE("fields of postings become what the row says") {
  CHECK(check_rows("ads.jsonl") > 600);
}

TEST_CASE(
    "titles are cleaned of what stands beside them, and of nothing else") {
  CHECK(check_rows("titles.jsonl") > 200);
}

TEST_CASE("titles of many languages name their family of roles") {
  CHECK(check_rows("roles.jsonl") > 500);
}

TEST_CASE(
    "contracts, experience, sponsorship and skills by the words for them") {
  CHECK(check_rows("words.jsonl") > 580);
}

TEST_CASE("markup of many hands reads as a person would read it") {
  CHECK(check_rows("texts.jsonl") > 80);
}

TEST_CASE("pay of fields and ads of many countries, and money that is none") {
  CHECK(check_rows("pay.jsonl") > 540);
}

TEST_CASE("places and scopes as boards write them") {
  CHECK(check_rows("places.jsonl") > 500);
}

TEST_CASE("work modes of labels, places, titles and sentences") {
  CHECK(check_rows("modes.jsonl") > 120);
}

TEST_CASE("levels of titles and dates of postings") {
  CHECK(check_rows("levels.jsonl") > 250);
}

TEST_CASE("companies without their legal forms, languages of texts") {
  CHECK(check_rows("companies.jsonl") > 170);
}
