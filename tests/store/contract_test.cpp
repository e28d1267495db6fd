#include "actors/store/leveldb_store.hpp"
#include "actors/store/memory_store.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

// One suite for every implementation of the Store.

using namespace jobfarm;
namespace st = jobfarm::store;

namespace {

struct memory_kind {
  st::memory_store memory;
  st::store& get() {
    return memory;
  }
};

struct leveldb_kind {
  test::temporary_directory dir;
  std::unique_ptr<st::store> disk =
      *st::open_leveldb_store(dir.path().string());
  st::store& get() {
    return *disk;
  }
};

job_posting posting(const std::string& id) {
  job_posting one;
  one.id = id;
  one.title = "title of " + id;
  return one;
}

task_record record(const std::string& id, task_state state) {
  task_record one;
  one.task.id = id;
  one.task.query_id = "q";
  one.state = state;
  return one;
}

template <class T, class Scan, class Name>
std::vector<std::string> names(Scan scan, Name name, std::size_t most = 99) {
  std::vector<std::string> all;
  auto done = scan([&](const T& one) {
    all.push_back(name(one));
    return all.size() < most;
  });
  REQUIRE(done.has_value());
  return all;
}

using strings = std::vector<std::string>;

} // namespace

TEMPLATE_TEST_CASE("a store gives back what was committed", "", memory_kind,
                   leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  b.put(posting("a"));
  b.put(posting("b"));
  b.found = {{"q", "b"}};
  b.index = {{"sig/1", "a"}, {"sig/2", "b"}, {"other", "x"}};
  b.rejections = {{"q", {"lever", "9", "acme", "", "no title"}}};
  b.events = {{"t1", "q", "", "first", ""}, {"t2", "q", "", "second", ""}};
  REQUIRE(s.commit(b).has_value());

  CHECK((*s.posting("a"))->title == "title of a");
  CHECK_FALSE(s.posting("c")->has_value());
  CHECK(*s.lookup("sig/2") == "b");
  CHECK_FALSE(s.lookup("sig/3")->has_value());
  auto id = [](const job_posting& one) { return one.id; };
  CHECK(names<job_posting>([&](auto v) { return s.scan_postings("", v); }, id)
        == strings{"a", "b"});
  CHECK(names<job_posting>([&](auto v) { return s.scan_postings("q", v); }, id)
        == strings{"b"});
  CHECK(
      names<job_posting>([&](auto v) { return s.scan_postings("", v); }, id, 1)
      == strings{"a"});
  CHECK(names<st::index_entry>([&](auto v) { return s.scan_index("sig/", v); },
                               [](const auto& e) { return e.key; })
        == strings{"sig/1", "sig/2"});
  CHECK(names<rejection>([&](auto v) { return s.scan_rejections("q", v); },
                         [](const auto& r) { return r.reason; })
        == strings{"no title"});
  CHECK(names<event>([&](auto v) { return s.scan_events("q", v); },
                     [](const auto& e) { return e.name; })
        == strings{"first", "second"});
}

TEMPLATE_TEST_CASE("what a query found is read on from any posting", "",
                   memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  for (auto id : {"a", "c", "e"}) {
    b.put(posting(id));
    b.found.push_back({"q", id});
  }
  REQUIRE(s.commit(b).has_value());
  b = {};
  for (auto id : {"d", "b"}) {
    b.put(posting(id));
    b.found.push_back({"q", id});
  }
  // Found again, found without being there, found by another.
  b.found.insert(b.found.end(), {{"q", "a"}, {"q", "cc"}, {"p", "e"}});
  REQUIRE(s.commit(b).has_value());
  auto after = [&](const char* id, std::size_t most = 99) {
    return names<job_posting>(
        [&](auto v) { return s.scan_postings_after("q", id, v); },
        [](const auto& one) { return one.id; }, most);
  };
  CHECK(after("") == strings{"a", "b", "c", "d", "e"});
  CHECK(after("b") == strings{"c", "d", "e"});
  CHECK(after("bb", 2) == strings{"c", "d"});
  CHECK(after("e").empty());
}

TEMPLATE_TEST_CASE("postings are read by their ids into one", "", memory_kind,
                   leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  for (auto id : {"a", "c", "e"}) {
    auto one = posting(id);
    one.description = std::string(*id == 'c' ? 0 : *id, *id);
    b.put(std::move(one));
    b.found.push_back({"q", id});
  }
  REQUIRE(s.commit(b).has_value());
  CHECK(*s.found_after("q", "") == strings{"a", "c", "e"});
  CHECK(*s.found_after("q", "c") == strings{"e"});
  CHECK(s.found_after("p", "")->empty());
  job_posting one;
  std::vector<job_posting> read;
  auto keep = [&] {
    read.push_back(one);
    return one.id != "c";
  };
  REQUIRE(s.read_postings({"a", "b", "c", "e"}, one, keep));
  REQUIRE(s.read_postings({"e"}, one, keep));
  REQUIRE(read.size() == 3);
  CHECK(read[0] == *b.postings["a"]);
  CHECK(read[1] == *b.postings["c"]);
  CHECK(read[2] == *b.postings["e"]);
}

TEMPLATE_TEST_CASE("descriptions come back with what they belong to", "",
                   memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  const std::string shared(5000, 's');
  auto described = [](const std::string& id, const std::string& text) {
    auto one = posting(id);
    one.description = text;
    return one;
  };
  st::batch b;
  b.put(described("a", shared));
  b.put(described("b", shared));
  b.put(described("c", ""));
  b.originals = {{"a", st::share(described("a", "as it came"))},
                 {"b", nullptr}};
  REQUIRE(s.commit(b).has_value());
  st::batch later;
  later.put(described("b", "another"));
  later.put(described("d", shared));
  REQUIRE(s.commit(later).has_value());

  CHECK((*s.posting("a"))->description == shared);
  CHECK((*s.posting("b"))->description == "another");
  CHECK((*s.posting("c"))->description.empty());
  CHECK((*s.original("a"))->description == "as it came");
  CHECK_FALSE(s.original("b")->has_value());
  CHECK(names<job_posting>([&](auto v) { return s.scan_postings("", v); },
                           [](const auto& one) { return one.description; })
        == strings{shared, "another", "", shared});
  later = {};
  later.originals = {{"a", nullptr}};
  REQUIRE(s.commit(later).has_value());
  CHECK_FALSE(s.original("a")->has_value());
}

TEMPLATE_TEST_CASE("a posting that is seen again keeps what it says", "",
                   memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch first;
  auto one = posting("a");
  one.description = std::string(3000, 'x');
  one.last_seen = "2026-01-01";
  first.put(one);
  first.originals["a"] = st::share(posting("a"));
  REQUIRE(s.commit(first).has_value());
  st::batch later;
  later.posting_times["a"] = {"2026-01-02", "2026-01-03"};
  REQUIRE(s.commit(later).has_value());
  one.last_seen = "2026-01-02";
  one.closed_at = "2026-01-03";
  CHECK(**s.posting("a") == one);
  CHECK(**s.original("a") == posting("a"));
  later.posting_times.clear();
  later.original_times["a"] = {"2026-01-04", ""};
  REQUIRE(s.commit(later).has_value());
  CHECK((*s.original("a"))->last_seen == "2026-01-04");
  CHECK(**s.posting("a") == one);
  // Whether the likely text is the right one changes nothing.
  CHECK(**s.posting("a", one.description) == one);
  CHECK(**s.posting("a", std::string(3000, 'y')) == one);
  CHECK(**s.posting("a", "x") == one);
}

TEMPLATE_TEST_CASE("times of a posting that is not there are refused", "",
                   memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  b.put(posting("a"));
  b.posting_times["b"] = {"2026-01-02", ""};
  auto done = s.commit(b);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().code == errc::store_failed);
  CHECK_FALSE(s.posting("a")->has_value());
  CHECK_FALSE(s.posting("b")->has_value());
}

TEMPLATE_TEST_CASE("a task has one state at a time", "", memory_kind,
                   leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  b.tasks = {record("1", task_state::ready), record("2", task_state::ready)};
  REQUIRE(s.commit(b).has_value());
  b.tasks = {record("1", task_state::done)};
  REQUIRE(s.commit(b).has_value());
  auto in = [&](task_state state) {
    return names<task_record>(
        [&](auto v) { return s.scan_tasks("q", state, v); },
        [](const auto& r) { return r.task.id; });
  };
  CHECK(in(task_state::ready) == strings{"2"});
  CHECK(in(task_state::done) == strings{"1"});
  CHECK(in(task_state::dead).empty());
  CHECK((*s.task("q", "1"))->state == task_state::done);
  CHECK_FALSE(s.task("q", "3")->has_value());
}

TEMPLATE_TEST_CASE("queries come newest first", "", memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  for (auto id : {"old", "new", "mid"}) {
    query_record q;
    q.query.query_id = id;
    q.query.submitted_at = id[0] == 'o' ? "1" : id[0] == 'm' ? "2" : "3";
    b.queries.push_back(q);
  }
  REQUIRE(s.commit(b).has_value());
  CHECK(names<query_record>([&](auto v) { return s.scan_queries(v); },
                            [](const auto& q) { return q.query.query_id; })
        == strings{"new", "mid", "old"});
  CHECK((*s.query("mid"))->query.submitted_at == "2");
}

TEMPLATE_TEST_CASE("an index entry can be replaced and removed", "",
                   memory_kind, leveldb_kind) {
  TestType kind;
  auto& s = kind.get();
  st::batch b;
  b.index = {{"k", "1"}};
  REQUIRE(s.commit(b).has_value());
  b.index = {{"k", "2"}};
  REQUIRE(s.commit(b).has_value());
  CHECK(*s.lookup("k") == "2");
  b.index = {{"k", std::nullopt}};
  REQUIRE(s.commit(b).has_value());
  CHECK_FALSE(s.lookup("k")->has_value());
}
