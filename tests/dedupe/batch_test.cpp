#include "actors/dedupe/batch.hpp"
#include "actors/dedupe/candidates.hpp"
#include "tests/dedupe/planted.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <set>

using namespace jobfarm;
using namespace jobfarm::dedupe;

namespace {

using id_groups = std::set<std::set<std::string>>;

id_groups groups_of(const std::vector<job_posting>& postings,
                    decision_options options,
                    const batch::pair_visitor& visit = {}) {
  batch all(options);
  for (const auto& one : postings)
    all.add(one);
  auto made = all.groups(
      [&](std::uint32_t number) -> expected<shingle_set> {
        return shingles_of(postings[number].description);
      },
      visit);
  REQUIRE(made);
  id_groups groups;
  for (const auto& group : *made) {
    std::set<std::string> ids;
    for (auto member : group)
      ids.insert(postings[member].id);
    groups.insert(std::move(ids));
  }
  return groups;
}

/// All pairs, compared without candidates.
id_groups brute_force(const std::vector<job_posting>& postings,
                      decision_options options) {
  std::vector<shingle_set> shingles;
  std::vector<evidence> records;
  for (const auto& one : postings) {
    records.push_back(evidence_of(one, print_of(one.description)));
    shingles.push_back(shingles_of(one.description));
  }
  std::vector<merge_edge> edges;
  for (std::uint32_t i = 0; i < records.size(); ++i)
    for (auto j = i + 1; j < records.size(); ++j) {
      auto a = is_before(records[j], records[i]) ? j : i;
      auto b = a == i ? j : i;
      auto made = decide(records[a], records[b], options,
                         [&] { return overlap_of(shingles[a], shingles[b]); });
      if (made.merge)
        edges.push_back({a, b, made.strength});
    }
  auto made = cluster(records.size(), edges, [](auto, auto) { return false; });
  id_groups groups;
  for (const auto& group : made.groups) {
    std::set<std::string> ids;
    for (auto member : group)
      ids.insert(postings[member].id);
    groups.insert(std::move(ids));
  }
  return groups;
}

std::set<std::pair<std::string, std::string>> pairs_in(const id_groups& all) {
  std::set<std::pair<std::string, std::string>> pairs;
  for (const auto& group : all)
    for (auto a = group.begin(); a != group.end(); ++a)
      for (auto b = std::next(a); b != group.end(); ++b)
        pairs.emplace(*a, *b);
  return pairs;
}

/// A band in the same place, or a mark in any, one lane after the other.
bool share_plainly(const std::vector<lane>& a, const std::vector<lane>& b,
                   std::size_t bands) {
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t k = 0; k < b.size(); ++k)
      if (a[i] != 0 && a[i] == b[k] && (i < bands ? i == k : k >= bands))
        return true;
  return false;
}

} // namespace

TEST_CASE(
    "entries of a block share a lane wherever it is, and none that is 0") {
  std::mt19937 random(5);
  std::size_t sharing = 0;
  for (int round = 0; round < 40000; ++round) {
    const std::size_t bands = std::array{18, 24, 36, 72}[random() % 4];
    const auto marks = round % 2 == 0 ? company_marks : title_marks;
    std::vector<lane> a(bands + marks);
    std::vector<lane> b(a.size());
    for (auto* one : {&a, &b})
      for (auto& each : *one)
        each = static_cast<lane>(
            random() % 2 == 0 ? 0 : random() % (5 * a.size()));
    const auto expected = share_plainly(a, b, bands);
    REQUIRE(share_lane(a.data(), b.data(), bands, marks) == expected);
    sharing += expected;
  }
  CHECK(sharing > 2000);
  CHECK(sharing < 36000);
}

TEST_CASE("candidates lose nearly nothing against brute force") {
  auto made = test::planter(3).plant(1500);
  decision_options seed{rule::seed, 0.85};
  auto wanted = pairs_in(brute_force(made.postings, seed));
  auto got = pairs_in(groups_of(made.postings, seed));
  std::size_t found = 0;
  for (const auto& one : got)
    found += wanted.count(one);
  REQUIRE(wanted.size() > 200);
  CHECK(1000 * found >= 995 * wanted.size());
  CHECK(found == got.size());
}

TEST_CASE("the same groups come of any order, by either rule") {
  auto postings = test::planter(4).plant(400).postings;
  std::mt19937 random(1);
  for (auto by : {rule::seed, rule::location}) {
    auto first = groups_of(postings, {by, 0.85});
    CHECK(first.size() < postings.size());
    for (int i = 0; i < 5; ++i) {
      std::shuffle(postings.begin(), postings.end(), random);
      CHECK(groups_of(postings, {by, 0.85}) == first);
    }
  }
}

TEST_CASE("no group holds two records that are known to differ") {
  // The one without a city is like both, which are not like each other.
  auto original = test::planter(5).plant(1).postings.front();
  std::vector<job_posting> three(3, original);
  for (std::size_t i = 0; i < 3; ++i) {
    three[i].id = std::string(1, static_cast<char>('a' + i));
    three[i].url += three[i].id;
  }
  three[0].city = "Berlin";
  three[1].city.clear();
  three[2].city = "Paris";
  std::sort(three.begin(), three.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  do {
    CHECK(groups_of(three, {}) == id_groups{{"a", "b"}, {"c"}});
  } while (std::next_permutation(
      three.begin(), three.end(),
      [](const auto& a, const auto& b) { return a.id < b.id; }));
  CHECK(groups_of(three, {rule::seed, 0.85}).size() == 1);
}

TEST_CASE("the threshold is obeyed, and every decision is told") {
  auto postings = test::planter(6).plant(2).postings;
  auto a = postings.front();
  auto b = a;
  b.id = "b";
  b.url += "b";
  b.title_normalized += " x";
  b.company = a.company + " International";
  b.company_normalized += " international";
  std::size_t merged = 0;
  std::size_t kept = 0;
  auto count = [&](const evidence&, const evidence&, const decision& made) {
    CHECK_FALSE(made.reason.empty());
    CHECK(made.is_measured);
    merged += made.merge;
    kept += !made.merge;
  };
  CHECK(groups_of({a, b}, {rule::seed, 0.85}, count).size() == 1);
  CHECK(merged == 1);
  CHECK(groups_of({a, b}, {rule::seed, 0.95}, count).size() == 2);
  CHECK(kept == 1);
}
