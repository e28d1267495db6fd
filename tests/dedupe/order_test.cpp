#include "actors/collect/posting_index.hpp"
#include "actors/dedupe/batch.hpp"
#include "actors/dedupe/merge.hpp"
#include "actors/store/memory_store.hpp"
#include "messages/json.hpp"
#include "tests/dedupe/planted.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <random>
#include <set>

// The same postings, in any order and in batches of any size, make the same
// records, whole: which of them are one job, its id, and every field.

using namespace jobfarm;

namespace {

using records = std::set<std::string>;

/// Places postings in a store, so many a batch. Returns how many records more
/// it has then. `again`: how many of the postings are of records that come more
/// than once.
std::int64_t place_all(const std::vector<job_posting>& postings,
                       const std::shared_ptr<store::store>& disk,
                       dedupe::decision_options options,
                       const dedupe::candidate_plan& plan, std::size_t step,
                       std::size_t again = 0) {
  store::pending_view view(disk);
  collect::posting_index index(options, plan, view);
  std::int64_t stored = 0;
  std::size_t seen_again = 0;
  auto commit = [&] {
    REQUIRE(disk->commit(*view.take_batch()));
    view.committed();
  };
  for (std::size_t i = 0; i < postings.size(); ++i) {
    auto made = index.place(postings[i], "board");
    REQUIRE(made);
    seen_again += made->seen_again;
    stored += made->stored;
    if ((i + 1) % step == 0)
      commit();
  }
  commit();
  CHECK(seen_again == again);
  return stored;
}

records records_in(const store::store& disk) {
  records all;
  REQUIRE(disk.scan_postings("", [&](const job_posting& one) {
    all.insert(to_json(one));
    return true;
  }));
  return all;
}

/// The same lines for `indexed` and `of_batch`, order aside.
records indexed(const std::vector<job_posting>& postings,
                dedupe::decision_options options,
                const dedupe::candidate_plan& plan, std::size_t step,
                std::size_t again = 0) {
  auto disk = std::make_shared<store::memory_store>();
  const auto stored = place_all(postings, disk, options, plan, step, again);
  auto all = records_in(*disk);
  CHECK(stored == static_cast<std::int64_t>(all.size()));
  return all;
}

records of_batch(const std::vector<job_posting>& postings,
                 dedupe::decision_options options,
                 const dedupe::candidate_plan& plan) {
  dedupe::batch all(options, plan);
  for (const auto& one : postings)
    all.add(one);
  auto groups =
      all.groups([&](std::uint32_t number) -> expected<dedupe::shingle_set> {
        return dedupe::shingles_of(postings[number].description);
      });
  REQUIRE(groups);
  records made;
  for (const auto& group : *groups) {
    std::vector<job_posting> members;
    for (auto number : group)
      members.push_back(postings[number]);
    made.insert(to_json(members.size() == 1 ? members.front()
                                            : dedupe::canonical_of(members)));
  }
  return made;
}

/// Sets what is to be chosen between: sources, times, pay, completeness.
void vary(std::vector<job_posting>& postings, unsigned seed) {
  std::mt19937 random(seed);
  for (auto& one : postings) {
    if (random() % 3 == 0) {
      one.source = "indeed";
      one.sightings.front().source = one.source;
    }
    one.first_seen = "2026-11-2" + std::to_string(random() % 3) + "T08:00:00Z";
    one.last_seen = one.sightings.front().first_seen = one.first_seen;
    one.completeness_percentage = static_cast<double>(random() % 3) * 10;
    if (random() % 2 == 0) {
      one.salary_min = 1000.0 * static_cast<double>(random() % 90);
      one.salary_source = random() % 2 == 0 ? "structured" : "description";
    }
    if (random() % 2 == 0)
      one.department = "d" + std::to_string(random() % 5);
    auto some = [&random](const std::string& of) {
      return of + std::to_string(random() % 4);
    };
    if (random() % 2 == 0)
      one.tags = {some("t"), some("s")};
    if (random() % 2 == 0)
      one.extra.text = "{\"" + some("k") + "\":\"" + some("v") + "\"}";
    if (random() % 2 == 0)
      one.locations = {{some("place"), "", "", "", ""}};
  }
}

/// Postings of one company's template: few titles, few places, some with
/// requisition ids, some the same in all that is known.
std::vector<job_posting> templates(std::size_t count, unsigned seed) {
  constexpr const char* titles[] = {"Driver", "Driver, Nights", "Cook"};
  constexpr const char* cities[] = {"", "Berlin", "Paris", "Rome", "Oslo"};
  std::mt19937 random(seed);
  auto like = test::planter(seed).plant(1).postings.front();
  std::vector<job_posting> made;
  for (std::size_t i = 0; i < count; ++i) {
    auto one = like;
    one.source_id = "t" + std::to_string(i);
    one.id = text::hash_hex(one.source_id);
    one.url += one.source_id;
    one.title = titles[random() % 3];
    one.title_normalized = one.title;
    one.city = one.location = cities[random() % 5];
    if (random() % 4 == 0)
      one.requisition_id = std::to_string(random() % 6);
    if (random() % 3 == 0)
      one.description += " and more";
    one.sightings = {{one.source, one.source_id, one.url, one.city, ""}};
    made.push_back(std::move(one));
  }
  return made;
}

/// Ads that one company has many times, on two boards, each with an id, a
/// place or nothing of its own, among near ones and those of others.
std::vector<job_posting> same_ads(std::size_t count, unsigned seed) {
  std::mt19937 random(seed);
  auto made = templates(count / 4, seed);
  const auto like = made.front();
  for (std::size_t i = 0; made.size() < count; ++i) {
    auto one = like;
    one.source = random() % 8 == 0 ? "indeed" : one.source;
    one.source_id = "s" + std::to_string(i);
    one.id = text::hash_hex(one.source_id);
    one.url += one.source_id;
    one.requisition_id.clear();
    switch (random() % 4) {
      case 0: one.requisition_id = std::to_string(random() % count); break;
      case 1: one.city = "City " + std::to_string(random() % count); break;
      case 2:
        one.locations = {{"a", "", "", "Rome", "IT"},
                         {"b", "", "", "Town " + one.source_id, "IT"}};
        break;
      default: break;
    }
    one.sightings = {{one.source, one.source_id, one.url, one.city, ""}};
    made.push_back(std::move(one));
  }
  return made;
}

std::size_t merged_of(const std::vector<job_posting>& postings,
                      const records& all) {
  return postings.size() - all.size();
}

void check_any_order(std::vector<job_posting> postings,
                     dedupe::decision_options options,
                     const dedupe::candidate_plan& plan) {
  auto wanted = of_batch(postings, options, plan);
  CHECK(merged_of(postings, wanted) > postings.size() / 20);
  std::mt19937 random(5);
  for (std::size_t step : {1u, 7u, 10'000u}) {
    std::shuffle(postings.begin(), postings.end(), random);
    INFO("batches of " << step);
    CHECK(of_batch(postings, options, plan) == wanted);
    CHECK(indexed(postings, options, plan, step) == wanted);
  }
}

} // namespace

TEST_CASE("any order and batch size makes the same records, by either rule") {
  auto postings = test::planter(11).plant(400).postings;
  vary(postings, 12);
  for (auto by : {dedupe::rule::seed, dedupe::rule::location})
    check_any_order(postings, {by, 0.85}, dedupe::plan_candidates(0.85, by));
}

TEST_CASE("so it is where more records share a key than it may have, and where "
          "blocks are full") {
  auto postings = test::planter(13).plant(120).postings;
  auto more = templates(160, 14);
  postings.insert(postings.end(), more.begin(), more.end());
  vary(postings, 15);
  for (auto by : {dedupe::rule::seed, dedupe::rule::location})
    for (auto [entries, sharing] :
         {std::pair{5u, 3u}, {5u, 20u}, {9999u, 3u}}) {
      auto plan = dedupe::plan_candidates(0.85, by);
      plan.most_sharing = sharing;
      plan.most_entries = entries;
      INFO(entries << " entries, " << sharing << " sharing");
      check_any_order(postings, {by, 0.85}, plan);
    }
}

TEST_CASE("so it is in an index that was begun when blocks held less") {
  auto postings = test::planter(24).plant(60).postings;
  auto more = templates(80, 25);
  postings.insert(postings.end(), more.begin(), more.end());
  vary(postings, 26);
  std::mt19937 random(27);
  const dedupe::decision_options options{dedupe::rule::location, 0.85};
  for (std::size_t sharing : {3u, 8u}) {
    INFO(sharing << " sharing");
    auto plan = dedupe::plan_candidates(0.85, options.rule);
    plan.most_sharing = sharing;
    const auto wanted = of_batch(postings, options, plan);
    for (int round = 0; round < 3; ++round) {
      std::shuffle(postings.begin(), postings.end(), random);
      auto disk = std::make_shared<store::memory_store>();
      std::vector<job_posting> part(postings.begin(), postings.begin() + 90);
      auto small = plan;
      small.most_entries = 8;
      place_all(part, disk, options, small, 7);
      part.assign(postings.begin() + 90, postings.end());
      place_all(part, disk, options, plan, 7);
      CHECK(records_in(*disk) == wanted);
    }
  }
}

TEST_CASE("so it is among many ads that are the same") {
  auto postings = same_ads(140, 21);
  auto others = test::planter(22).plant(30).postings;
  postings.insert(postings.end(), others.begin(), others.end());
  vary(postings, 23);
  for (auto by : {dedupe::rule::seed, dedupe::rule::location})
    for (auto sharing : {2000u, 70u}) {
      auto plan = dedupe::plan_candidates(0.85, by);
      plan.most_sharing = sharing;
      INFO(sharing << " sharing");
      check_any_order(postings, {by, 0.85}, plan);
    }
}

TEST_CASE("so it is among few ads that say the same on several boards") {
  // One that comes into a group may be the first that differs there, or lead on
  // into another.
  constexpr const char* cities[] = {"", "Rome", "Oslo"};
  constexpr const char* titles[] = {"Driver", "Cook", "Senior Driver"};
  constexpr const char* texts[] = {"", " and more", " and much more besides"};
  for (unsigned seed = 31; seed < 131; ++seed) {
    std::mt19937 random(seed);
    auto one_of = [&random](const auto& some) {
      return some[std::array{0, 0, 0, 0, 0, 1, 1, 1, 1, 2}[random() % 10]];
    };
    auto postings = same_ads(12, seed);
    const auto text = postings.front().description;
    for (auto& one : postings) {
      one.board += std::to_string(random() % 3);
      one.title = one.title_normalized = one_of(titles);
      one.city = one.location = one_of(cities);
      one.description = text + one_of(texts);
      one.locations.clear();
      if (random() % 5 == 0)
        one.url = postings[random() % postings.size()].url;
    }
    const dedupe::decision_options options{dedupe::rule::location, 0.85};
    INFO("seed " << seed);
    check_any_order(postings, options,
                    dedupe::plan_candidates(0.85, options.rule));
  }
}

TEST_CASE("what decides by itself has no bound") {
  auto postings = templates(120, 16);
  for (std::size_t i = 0; i < postings.size(); ++i) {
    auto& one = postings[i];
    one.title = one.title_normalized = "Driver";
    one.city = "Rome";
    one.requisition_id.clear();
    one.description = "text number " + std::to_string(i) + " of its own";
  }
  for (auto by : {dedupe::rule::seed, dedupe::rule::location}) {
    auto plan = dedupe::plan_candidates(0.85, by);
    plan.most_sharing = 10;
    CHECK(of_batch(postings, {by, 0.85}, plan).size() == 1);
    CHECK(indexed(postings, {by, 0.85}, plan, 7).size() == 1);
  }
}

TEST_CASE("a record says what its newest sighting said, whichever came last") {
  std::mt19937 random(19);
  auto latest = test::planter(18).plant(150).postings;
  auto some = same_ads(80, 20);
  latest.insert(latest.end(), some.begin(), some.end());
  std::vector<job_posting> all;
  for (auto& one : latest) {
    auto seen = [&, day = 10](job_posting what) mutable {
      what.first_seen = what.last_seen = what.sightings.front().first_seen =
          "2026-11-" + std::to_string(day++) + "T08:00:00Z";
      all.push_back(what);
      return what;
    };
    for (auto before = random() % 3; before > 0; --before) {
      // Like another record, or with other pay, or as it will be.
      auto old = random() % 2 == 0 ? one : latest[random() % latest.size()];
      old.id = one.id;
      old.source = one.source;
      old.source_id = one.source_id;
      old.url = one.url;
      old.sightings = one.sightings;
      old.salary_min = static_cast<double>(random() % 2);
      seen(old);
    }
    auto newest = seen(one);
    one = std::move(newest);
    one.first_seen = one.sightings.front().first_seen = "2026-11-10T08:00:00Z";
  }
  REQUIRE(all.size() > latest.size() + 150);
  for (auto by : {dedupe::rule::seed, dedupe::rule::location}) {
    const dedupe::decision_options options{by, 0.85};
    auto plan = dedupe::plan_candidates(0.85, by);
    auto wanted = of_batch(latest, options, plan);
    CHECK(merged_of(latest, wanted) > latest.size() / 20);
    // Blocks that are full go on in lists.
    for (auto entries : {plan.most_entries, std::size_t{5}}) {
      plan.most_entries = entries;
      for (std::size_t step : {1u, 7u, 10'000u}) {
        std::shuffle(all.begin(), all.end(), random);
        INFO("batches of " << step << ", blocks of " << entries);
        CHECK(indexed(all, options, plan, step, all.size() - latest.size())
              == wanted);
      }
    }
  }
}

TEST_CASE("the fields of a record do not depend on which was seen first") {
  auto made = test::planter(17).plant(1).postings.front();
  auto other = made;
  other.id = other.source_id = "00";
  other.department = "the other's";
  other.completeness_percentage = 10;
  made.department = "its own";
  for (const auto* when : {"2026-11-01T00:00:00Z", "2026-11-30T00:00:00Z"}) {
    other.first_seen = when;
    auto is_first = other.first_seen < made.first_seen;
    auto both =
        dedupe::canonical_of(is_first ? std::vector<job_posting>{other, made}
                                      : std::vector<job_posting>{made, other});
    CHECK(both.id == (is_first ? other.id : made.id));
    CHECK(both.department == "the other's");
  }
}
