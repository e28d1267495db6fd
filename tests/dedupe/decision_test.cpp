#include "actors/dedupe/decision.hpp"
#include "actors/dedupe/merge.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

using namespace jobfarm;
using namespace jobfarm::dedupe;

namespace {

job_posting sample() {
  job_posting p;
  p.id = "1";
  p.source = "lever";
  p.source_id = "1";
  p.url = "https://jobs.lever.co/a/1";
  p.title_normalized = "program manager";
  p.company_normalized = "acme";
  p.description = "Plan launches, carefully.";
  p.city = "Berlin";
  p.country = "DE";
  p.sightings = {{"lever", "1", p.url, "Berlin", ""}};
  return p;
}

evidence read(const job_posting& posting) {
  return evidence_of(posting, print_of(posting.description));
}

std::string_view known_difference(const job_posting& a, const job_posting& b,
                                  rule by) {
  return dedupe::known_difference(read(a), read(b), by);
}

/// The signatures that two postings have in common.
std::size_t shared_signatures(const job_posting& a, const job_posting& b) {
  auto made = decide(
      read(a), read(b), {rule::seed, 0.85}, [] { return overlap{}; }, true);
  return made.signatures.size();
}

} // namespace

TEST_CASE("an aggregator's copy shares a signature with the original") {
  auto copy = sample();
  copy.url = "https://example.com/x";
  copy.title_normalized = "reworded";
  copy.description = "PLAN launches - carefully!";
  CHECK(shared_signatures(sample(), copy) == 1);
  copy.description = "• Plan_launches “carefully”…";
  CHECK(shared_signatures(sample(), copy) == 1);
  copy.description = "other";
  CHECK(shared_signatures(sample(), copy) == 0);
}

TEST_CASE("copies are measured without being read, others are read") {
  const auto one = sample();
  auto asked = 0;
  auto measure = [&](const std::string& description) {
    auto other = one;
    other.id = "2";
    other.description = description;
    return decide(
        read(one), read(other), {rule::location, 0.85},
        [&] {
          ++asked;
          return overlap_of(shingles_of(one.description),
                            shingles_of(other.description));
        },
        true);
  };
  CHECK(measure(one.description).alike.description == 1.0);
  CHECK(measure("PLAN launches; carefully").alike.description == 1.0);
  CHECK(asked == 0);
  // The same letters, but not the same words.
  CHECK(measure("Plan launch es, carefully.").alike.description == 0.0);
  CHECK(measure("").alike.description == 0.0);
  CHECK(asked == 2);
}

TEST_CASE("without a company neither title nor text makes two jobs one") {
  auto a = sample();
  auto b = sample();
  a.company_normalized = b.company_normalized = "";
  b.url = "https://example.com/x";
  CHECK(shared_signatures(a, b) == 0);
}

TEST_CASE("an empty description makes no signature") {
  auto a = sample();
  a.description.clear();
  CHECK(shared_signatures(a, a) == 2);
}

TEST_CASE("what is known to be another job is told, but not by the seed rule") {
  auto other = sample();
  other.country = "FR";
  CHECK(known_difference(sample(), other, rule::location)
        == "different country");
  CHECK(known_difference(sample(), other, rule::seed).empty());
  other = sample();
  other.city = "";
  CHECK(known_difference(sample(), other, rule::location).empty());
  auto a = sample();
  a.requisition_id = "R1";
  other.requisition_id = "R2";
  CHECK_FALSE(known_difference(a, other, rule::location).empty());
  other.board = "elsewhere";
  CHECK(known_difference(a, other, rule::location).empty());
}

TEST_CASE("facts tell only records apart that are different jobs") {
  constexpr const char* cities[] = {"", "", "Berlin", "Paris"};
  constexpr const char* countries[] = {"", "DE", "FR"};
  constexpr const char* regions[] = {"", "", "Texas", "Maine"};
  std::mt19937 random(1);
  auto pick = [&](const auto& from) { return from[random() % std::size(from)]; };
  auto make = [&] {
    auto one = sample();
    one.city = pick(cities);
    one.country = pick(countries);
    one.admin1 = pick(regions);
    one.seniority = static_cast<seniority>(
        random() % 2 == 0 ? int(seniority::unknown) : random() % 3);
    for (auto more = random() % 3; more > 0; --more)
      one.locations.push_back(
          random() % 2 == 0
              ? place{"", one.city, one.admin1, "", one.country}
              : place{"", pick(cities), pick(regions), "", pick(countries)});
    return read(one);
  };
  auto told = 0;
  auto missed = 0;
  for (auto i = 0; i < 20'000; ++i) {
    auto a = make();
    auto b = make();
    auto is_told =
        differ(facts_of(a, rule::location), facts_of(b, rule::location));
    auto is_different =
        !dedupe::known_difference(a, b, rule::location).empty();
    told += is_told;
    missed += is_different && !is_told;
    REQUIRE_FALSE((is_told && !is_different));
    REQUIRE_FALSE(differ(facts_of(a, rule::seed), facts_of(b, rule::seed)));
  }
  CHECK(told > missed);
}

TEST_CASE("merging loses nothing and keeps the id") {
  auto a = sample();
  auto b = sample();
  b.id = "2";
  b.sightings = {{"indeed", "9", "https://indeed.com/9", "Berlin", ""}};
  b.description = "Plan launches, carefully, and much more besides.";
  b.salary_min = 5;
  b.salary_currency = "EUR";
  b.first_seen = "2026-01-01T00:00:00Z";
  a.first_seen = "2026-02-01T00:00:00Z";
  merge_into(a, b);
  CHECK(a.id == "1");
  CHECK(a.sightings.size() == 2);
  CHECK(a.description == b.description);
  CHECK(a.salary_min == 5.0);
  CHECK(a.salary_currency == "EUR");
  CHECK(a.first_seen == "2026-01-01T00:00:00Z");
  auto again = a;
  merge_into(again, b);
  CHECK(again == a);
}
