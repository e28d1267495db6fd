#include "actors/collect/print_demand.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer_actor.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm;

namespace {

bool are_equal(const dedupe::text_print& a, const dedupe::text_print& b) {
  return a.letters == b.letters && a.shingles == b.shingles
         && (a.shingles == 0 || a.least == b.least);
}

/// Texts of several kinds, twins, and records that become no postings.
raw_batch some_records() {
  raw_batch made;
  for (int i = 0; i < 60; ++i) {
    auto& one = made.postings.emplace_back();
    one.source = "greenhouse";
    one.source_id = std::to_string(i);
    one.title = i % 7 == 0 ? "" : "Cook";
    one.description_html =
        i % 5 == 0 ? "" : "<p>We cook for " + std::to_string(i % 4);
    if (i % 2 == 0)
      one.description_html += " guests – at Café Über, every day</p>";
  }
  return made;
}

} // namespace

TEST_CASE("prints that come with postings are those of their texts") {
  const normalize::normalizer rules(
      *normalize::gazetteer::open(JOBFARM_GAZETTEER));
  auto batch = some_records();
  CHECK(normalize_all(rules, batch).prints.empty());
  batch = some_records();
  batch.wants_prints = true;
  const auto made = normalize_all(rules, batch);
  REQUIRE(made.prints.size() == made.postings.size());
  CHECK(made.postings.size() + made.rejections.size() == 60);
  for (std::size_t i = 0; i < made.postings.size(); ++i)
    CHECK(are_equal(made.prints[i],
                    dedupe::print_of(made.postings[i].description)));
}

TEST_CASE("prints are wanted as long as most records are new") {
  collect::print_demand prints;
  CHECK(prints.is_there());
  prints.note(25, 13);
  CHECK_FALSE(prints.is_there());
  prints.note(25, 3);
  CHECK(prints.is_there());
  prints.note(1, 1);
  CHECK_FALSE(prints.is_there());
}
