#include "actors/collect/posting_index.hpp"

#include "actors/collect/newcomers.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/dedupe/id_groups.hpp"
#include "tests/dedupe/planted.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iterator>

using namespace jobfarm;

namespace {

struct world {
  std::shared_ptr<store::memory_store> disk =
      std::make_shared<store::memory_store>();
  store::pending_view view{disk};
  collect::posting_index index{{}, view};

  collect::placement place(const job_posting& one) {
    auto made = index.place(one, "board");
    REQUIRE(made);
    commit();
    return *made;
  }
  void commit() {
    REQUIRE(disk->commit(*view.take_batch()));
    view.committed();
  }
  job_posting posting(const std::string& id) {
    auto found = disk->posting(id);
    REQUIRE(found);
    REQUIRE(*found);
    return **found;
  }
};

/// An id that ends with `name`, a hex digit.
std::string id_of(const std::string& name) {
  return std::string(31, '0') + name;
}

job_posting sample(const char* source, const char* id) {
  auto one = test::planter(9).plant(1).postings.front();
  one.source = source;
  one.source_id = id;
  one.id = id_of(id);
  one.url = std::string{"https://"} + source + ".example/" + id;
  one.sightings = {{source, id, one.url, one.city, one.first_seen}};
  return one;
}

/// Puts jobs [from, until) on a board; returns their ids there, `pNUMBER`.
std::vector<std::string> fill(world& w, std::size_t from, std::size_t until) {
  auto postings = test::planter(9).plant(until).postings;
  std::vector<std::string> ids;
  for (auto i = from; i < until; ++i) {
    auto& one = postings[i];
    auto digits = std::to_string(i);
    one.source = "lever";
    one.source_id = ids.emplace_back("p" + digits);
    one.id = std::string(32 - digits.size(), 'a') + digits;
    one.url = "https://lever.example/" + digits;
    one.sightings = {
        {one.source, one.source_id, one.url, one.city, one.first_seen}};
    w.place(one);
  }
  return ids;
}

} // namespace

TEST_CASE("prints that come with a page are taken as its texts'") {
  const auto given = dedupe::print_of("what stands in no description");
  const auto page =
      std::make_shared<const std::vector<job_posting>>(2, sample("lever", "1"));
  auto signature_of_first = [&](const collect::page_prints& texts) {
    const dedupe::decision_options options;
    collect::newcomers all(
        dedupe::plan_candidates(options.threshold, options.rule));
    all.read(page, texts, 0, [](const auto&) { return false; });
    CHECK(std::distance(all.begin(), all.end()) == 2);
    return all.of(page->front()).made->text_signature;
  };
  const auto wanted = [&](const dedupe::text_print& text) {
    return dedupe::evidence_of(page->front(), text).text_signature;
  };
  const auto own = dedupe::print_of(page->front().description);
  CHECK(wanted(given) != wanted(own));
  CHECK(signature_of_first({given, given}) == wanted(given));
  CHECK(signature_of_first({}) == wanted(own));
}

TEST_CASE("a better sighting that comes later fills the posting, not its id") {
  world w;
  auto copy = sample("indeed", "1");
  auto own = sample("greenhouse", "0");
  own.first_seen = own.last_seen = "2026-11-21T08:00:00Z";
  own.department = "Payments";
  CHECK(w.place(copy).stored == 1);
  auto second = w.place(own);
  CHECK(second.stored == 0);
  CHECK(second.posting_id == id_of("1"));
  auto made = w.posting(id_of("1"));
  CHECK(made.source == "greenhouse");
  CHECK(made.department == "Payments");
  CHECK(made.sightings.size() == 2);
  CHECK_FALSE(w.disk->posting(id_of("0"))->has_value());
  CHECK(w.place(own).seen_again);
}

TEST_CASE(
    "a record that says something else is kept so, with id and first_seen") {
  world w;
  auto one = sample("lever", "1");
  auto other = sample("indeed", "2");
  other.description = "nothing that the other says";
  other.title = other.title_normalized = "gardener";
  w.place(one);
  w.place(other);
  REQUIRE(test::groups_in(*w.disk).size() == 2);
  REQUIRE(*w.index.found("query", id_of("1")));
  w.commit();
  CHECK_FALSE(*w.index.found("query", id_of("1")));
  // Pay changes: nothing that groups are made of.
  auto changed = one;
  changed.last_seen = "2026-11-22T08:00:00Z";
  changed.first_seen = changed.last_seen;
  changed.salary_min = 5000;
  auto made = w.place(changed);
  CHECK(made.seen_again);
  CHECK(made.stored == 0);
  CHECK(w.posting(id_of("1")).salary_min == 5000);
  CHECK(w.posting(id_of("1")).first_seen == one.first_seen);
  CHECK(w.posting(id_of("1")).last_seen == changed.last_seen);
  // What only a list says does not count, nor does an older reading.
  auto listed = changed;
  listed.description.clear();
  listed.last_seen = "2026-11-23T08:00:00Z";
  REQUIRE(w.index.place(listed, "board", collect::reading::listed));
  w.place(one);
  w.commit();
  CHECK(w.posting(id_of("1")).description == one.description);
  CHECK(w.posting(id_of("1")).salary_min == 5000);
  CHECK(w.posting(id_of("1")).last_seen == listed.last_seen);
  // Now they say the same, and then no longer.
  auto alike = other;
  alike.title = alike.title_normalized = one.title;
  alike.description = one.description;
  alike.last_seen = "2026-11-24T08:00:00Z";
  CHECK(w.place(alike).stored == -1);
  CHECK(w.posting(id_of("1")).sightings.size() == 2);
  CHECK_FALSE(w.disk->posting(id_of("2"))->has_value());
  other.last_seen = "2026-11-25T08:00:00Z";
  CHECK(w.place(other).stored == 1);
  CHECK(w.posting(id_of("1")).sightings.size() == 1);
  CHECK(w.posting(id_of("2")).title == "gardener");
  // Nothing is left of what it said: who is like that is alone with the first.
  auto third = alike;
  third.source_id = "3";
  third.id = id_of("3");
  third.url += "3";
  third.sightings.front().source_id = "3";
  CHECK(w.place(third).posting_id == id_of("1"));
  CHECK(test::groups_in(*w.disk)
        == test::id_groups{{"lever1", "indeed3"}, {"indeed2"}});
}

TEST_CASE("twins stay together when the first of them says something else") {
  world w;
  for (const auto* id : {"1", "2", "3", "4"}) {
    auto one = sample("lever", id);
    one.description = std::string{"quite a text of its own "} + id;
    w.place(one);
  }
  REQUIRE(test::groups_in(*w.disk).size() == 1);
  auto first = sample("lever", "1");
  first.title = first.title_normalized = "gardener";
  first.last_seen = "2026-11-24T08:00:00Z";
  CHECK(w.place(first).stored == 1);
  CHECK(test::groups_in(*w.disk)
        == test::id_groups{{"lever1"}, {"lever2", "lever3", "lever4"}});
  CHECK(w.place(sample("lever", "5")).posting_id == id_of("2"));
}

TEST_CASE("one that connects two postings makes them one, for their queries "
          "too") {
  world w;
  auto a = sample("boarda", "a");
  auto b = sample("boardb", "b");
  b.description = "quite another text about things that a does not name";
  b.title = b.title_normalized = "nurse";
  auto bridge = sample("boardc", "c");
  bridge.url = b.url;
  CHECK(w.place(a).stored == 1);
  CHECK(w.place(b).stored == 1);
  REQUIRE(*w.index.found("query", id_of("b")));
  CHECK(w.place(bridge).stored == -1);
  CHECK(test::groups_in(*w.disk).size() == 1);
  std::vector<std::string> found;
  REQUIRE(w.disk->scan_postings("query", [&](const job_posting& one) {
    found.push_back(one.id);
    return true;
  }));
  CHECK(found == std::vector<std::string>{id_of("a")});
}

TEST_CASE("one that was seen before a posting that is alone gives both its id, "
          "and what found that has found it") {
  world w;
  auto late = sample("lever", "1");
  w.place(late);
  REQUIRE(w.index.found("q", late.id));
  auto early = sample("indeed", "2");
  early.first_seen = "2000-01-01T00:00:00Z";
  auto made = w.place(early);
  CHECK(made.stored == 0);
  CHECK(made.posting_id == early.id);
  CHECK_FALSE(*w.disk->posting(late.id));
  CHECK(w.posting(early.id).sightings.size() == 2);
  CHECK_FALSE(*w.index.found("q", early.id));
}

TEST_CASE("records that come together are placed like those that come one by "
          "one, also if one of them comes twice") {
  auto postings = test::planter(3).plant(20).postings;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    auto digits = std::to_string(i);
    postings[i].id = std::string(32 - digits.size(), 'b') + digits;
  }
  postings.push_back(postings.front());
  world alone;
  std::vector<collect::placement> wanted;
  for (const auto& one : postings)
    wanted.push_back(alone.place(one));
  world together;
  const auto page = std::make_shared<const std::vector<job_posting>>(postings);
  std::size_t at = 0;
  auto check = [&](const job_posting& one, const collect::placement& made) {
    CHECK(&one == &(*page)[at]);
    CHECK(made.posting_id == wanted[at].posting_id);
    CHECK(made.stored == wanted[at].stored);
    CHECK(made.seen_again == wanted[at].seen_again);
    CHECK(made.is_new == wanted[at].is_new);
    ++at;
    return expected<void>{};
  };
  REQUIRE(together.index.place_all(page, {}, "board", collect::reading::whole,
                                   check));
  CHECK(at == postings.size());
}

TEST_CASE("a record is closed after two complete listings without it, and "
          "opened when it is seen again") {
  world w;
  auto one = sample("lever", "1");
  w.place(one);
  auto read = [&](std::vector<std::string> ids, const char* now) {
    REQUIRE(
        w.index.board_read("lever", "board", collect::shown_names(ids), now));
    w.commit();
  };
  read({}, "2026-11-22T00:00:00Z");
  CHECK(w.posting(id_of("1")).closed_at.empty());
  // Seen in between: the count begins anew.
  w.place(one);
  read({}, "2026-11-23T00:00:00Z");
  CHECK(w.posting(id_of("1")).closed_at.empty());
  read({}, "2026-11-24T00:00:00Z");
  CHECK(w.posting(id_of("1")).closed_at == "2026-11-24T00:00:00Z");
  one.last_seen = "2026-11-25T00:00:00Z";
  w.place(one);
  CHECK(w.posting(id_of("1")).closed_at.empty());
  CHECK(w.posting(id_of("1")).last_seen == "2026-11-25T00:00:00Z");
  REQUIRE(w.index.page_gone("lever", "board", "1", "2026-11-26T00:00:00Z"));
  w.commit();
  CHECK(w.posting(id_of("1")).closed_at == "2026-11-26T00:00:00Z");
}

TEST_CASE("a board that suddenly shows next to nothing closes nothing, unless "
          "the next reading agrees") {
  world w;
  auto all = fill(w, 0, 200);
  const auto last = std::string(29, 'a') + "199";
  auto is_suspicious = [&](std::size_t shown, const char* now) {
    const std::vector some(all.begin(), all.begin() + std::ptrdiff_t(shown));
    auto read =
        w.index.board_read("lever", "board", collect::shown_names(some), now);
    REQUIRE(read);
    w.commit();
    if (*read)
      CHECK((*read)->detail.find("suspicious") != std::string::npos);
    return read->has_value();
  };
  auto is_closed = [&] {
    auto group = w.view.lookup("dup/r/" + last);
    REQUIRE(group);
    auto is_grouped = *group && !(*group)->empty();
    return !w.posting(is_grouped ? **group : last).closed_at.empty();
  };
  CHECK_FALSE(is_suspicious(200, "2026-11-20T00:00:00Z"));
  CHECK(is_suspicious(3, "2026-11-21T00:00:00Z"));
  // The next one does not agree: what it misses is missing for the first time.
  CHECK_FALSE(is_suspicious(150, "2026-11-22T00:00:00Z"));
  CHECK_FALSE(is_closed());
  CHECK(is_suspicious(0, "2026-11-23T00:00:00Z"));
  CHECK_FALSE(is_closed());
  CHECK_FALSE(is_suspicious(0, "2026-11-25T00:00:00Z"));
  CHECK(is_closed());
}

TEST_CASE("a small board, and one that loses some, are believed at once") {
  world w;
  auto some = fill(w, 0, 9);
  auto suspicion =
      w.index.board_read("lever", "board", {}, "2026-11-20T00:00:00Z");
  REQUIRE(suspicion);
  CHECK_FALSE(*suspicion);
  fill(w, 9, 40);
  suspicion = w.index.board_read("lever", "board", collect::shown_names(some),
                                 "2026-11-21T00:00:00Z");
  REQUIRE(suspicion);
  CHECK_FALSE(*suspicion);
}

TEST_CASE("a posting is closed when all its records are") {
  world w;
  w.place(sample("lever", "1"));
  w.place(sample("indeed", "2"));
  auto gone = [&](const char* source, const char* id) {
    REQUIRE(w.index.page_gone(source, "board", id, "2026-11-26T00:00:00Z"));
    w.commit();
    return !w.posting(id_of("1")).closed_at.empty();
  };
  CHECK_FALSE(gone("lever", "1"));
  CHECK(gone("indeed", "2"));
}

TEST_CASE("a record that a person takes out of a posting stays out, until that "
          "is taken back") {
  world w;
  for (const auto* id : {"1", "2", "3"})
    w.place(sample("lever", id));
  REQUIRE(*w.index.found("query", id_of("1")));
  w.commit();
  REQUIRE(test::groups_in(*w.disk).size() == 1);
  CHECK(w.index.records_of(id_of("1"))->size() == 3);
  CHECK_FALSE(w.index.take_out(id_of("1"), {id_of("7")}));
  CHECK_FALSE(
      w.index.take_out(id_of("1"), {id_of("1"), id_of("2"), id_of("3")}));
  auto made = w.index.take_out(id_of("1"), {id_of("2")});
  REQUIRE(made);
  w.commit();
  CHECK(*made == std::vector<std::string>{id_of("2")});
  CHECK(test::groups_in(*w.disk)
        == test::id_groups{{"lever1", "lever3"}, {"lever2"}});
  CHECK(w.posting(id_of("2")).title == sample("lever", "2").title);
  // One more that is like all joins one of them, and does not unite them.
  w.place(sample("indeed", "4"));
  CHECK(test::groups_in(*w.disk).size() == 2);
  std::vector<std::string> found;
  REQUIRE(w.disk->scan_postings("query", [&](const job_posting& one) {
    found.push_back(one.id);
    return true;
  }));
  CHECK(found == std::vector<std::string>{id_of("1"), id_of("2")});
  CHECK(*w.index.put_back(id_of("2")) == std::vector<std::string>{id_of("1")});
  w.commit();
  CHECK(test::groups_in(*w.disk).size() == 1);
  CHECK_FALSE(w.disk->posting(id_of("2"))->has_value());
}

TEST_CASE("a new record is still known after it was compared with more others "
          "than are kept in memory") {
  world w;
  auto one = sample("lever", "1");
  one.locations.clear();
  std::int64_t stored = 0;
  for (int i = 0; i < 700; ++i) {
    const auto digits = std::to_string(i);
    one.id = std::string(32 - digits.size(), 'a') + digits;
    one.source_id = digits;
    one.url = "https://lever.example/" + digits;
    one.city = "Town " + digits;
    one.title = "gardener " + std::string{"abcdefg"[i % 7]};
    one.title_normalized = one.title;
    one.description = "text of number " + digits;
    stored += w.place(one).stored;
  }
  REQUIRE(stored == 700);
  // It may be in any of those towns, and is like all of one title.
  one.id = std::string(32, 'f');
  one.source_id = "f";
  one.url = "https://lever.example/f";
  one.city.clear();
  CHECK(w.place(one).stored == 0);
}
