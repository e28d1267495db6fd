#include "actors/store/leveldb_store.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <leveldb/db.h>

#include <csignal>
#include <filesystem>
#include <fstream>

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace jobfarm;
namespace st = jobfarm::store;

namespace {

std::string open_error(const std::string& dir) {
  auto opened = st::open_leveldb_store(dir);
  return opened ? "" : opened.error().detail;
}

st::batch numbered(int number) {
  st::batch b;
  for (int part = 0; part < 20; ++part) {
    job_posting one;
    one.id = std::to_string(number) + '-' + std::to_string(part);
    one.description = one.id + std::string(2000, 'x');
    b.index["k/" + one.id] = one.id;
    b.put(std::move(one));
  }
  return b;
}

/// Commits numbered batches for ever and tells each after it is durable.
[[noreturn]] void commit_for_ever(const std::string& dir, int tell) {
  auto disk = *st::open_leveldb_store(dir);
  for (int i = 0;; ++i) {
    if (!disk->commit(numbered(i)))
      ::_exit(1);
    if (::write(tell, &i, sizeof i) != sizeof i)
      ::_exit(1);
  }
}

/// While it is there, no file of this process can grow beyond so many bytes.
class size_limit {
public:
  explicit size_limit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    auto limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, signal_before_);
  }
  size_limit(const size_limit&) = delete;
  size_limit& operator=(const size_limit&) = delete;

private:
  rlimit before_{};
  /// Else writing would end the process.
  void (*signal_before_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

/// Files of `dir` that this process has mapped.
std::size_t mapped_files(const std::string& dir) {
  std::ifstream maps("/proc/self/maps");
  std::size_t count = 0;
  for (std::string line; std::getline(maps, line);)
    count += line.find(dir) != line.npos;
  return count;
}

} // namespace

TEST_CASE("what was committed is there after the store is opened again") {
  test::temporary_directory dir;
  REQUIRE((*st::open_leveldb_store(dir.path().string()))
              ->commit(numbered(1))
              .has_value());
  auto again = *st::open_leveldb_store(dir.path().string());
  CHECK(again->posting("1-7")->has_value());
}

TEST_CASE("what was found before the store is opened again stays found") {
  test::temporary_directory dir;
  for (auto id : {"1-1", "1-2"}) {
    auto b = numbered(1);
    b.found = {{"q", id}};
    REQUIRE((*st::open_leveldb_store(dir.path().string()))->commit(b));
  }
  auto again = *st::open_leveldb_store(dir.path().string());
  std::string found;
  REQUIRE(again->scan_postings("q", [&](const job_posting& one) {
    found += one.id + ' ';
    return true;
  }));
  CHECK(found == "1-1 1-2 ");
}

TEST_CASE("a store that cannot be opened says why and what to do") {
  test::temporary_directory dir;
  auto path = dir.path().string();
  {
    auto first = st::open_leveldb_store(path);
    REQUIRE(first);
    CHECK(open_error(path).find("another jobfarm is using it")
          != std::string::npos);
  }
  for (const auto& [version, advice] :
       {std::pair{"99", "use the newer jobfarm"},
        {"8", "collect anew"},
        {"2", "collect anew"}}) {
    leveldb::DB* db = nullptr;
    REQUIRE(leveldb::DB::Open({}, path, &db).ok());
    db->Put({}, "m/schema", version);
    delete db;
    auto error = open_error(path);
    CHECK(error.find(std::string{"version "} + version) != error.npos);
    CHECK(error.find(advice) != error.npos);
  }
  std::ofstream(path + "/CURRENT") << "nonsense\n";
  CHECK(open_error(path).find("it is damaged") != std::string::npos);
  CHECK_FALSE(open_error("/proc/nowhere").empty());
}

TEST_CASE("memory does not grow with the tables that are read") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  {
    auto disk = *st::open_leveldb_store(path);
    for (int i = 0; i < 50; ++i)
      REQUIRE(disk->commit(numbered(i)));
  }
  auto disk = *st::open_leveldb_store(path);
  std::size_t seen = 0;
  REQUIRE(disk->scan_postings("", [&](const job_posting& one) {
    seen += one.description.size() > 2000;
    return true;
  }));
  CHECK(seen == 1000);
  CHECK(mapped_files(path) == 0);
}

TEST_CASE("a description is on disk once, whoever has it") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  const auto texts = path + "/texts";
  st::batch b;
  for (auto id : {"a", "b"}) {
    job_posting one;
    one.id = id;
    one.description.assign(3000, 'x');
    b.originals[one.id] = st::share(one);
    b.put(std::move(one));
  }
  auto disk = *st::open_leveldb_store(path);
  REQUIRE(disk->commit(b).has_value());
  auto size = std::filesystem::file_size(texts);
  CHECK(size > 3000);
  CHECK(size < 2 * 3000);
  // A posting that is seen again or closed costs nothing there.
  auto change = [&](const char* id, std::string job_posting::*what,
                    const char* to) {
    auto one = *b.postings[id];
    one.*what = to;
    b.put(std::move(one));
  };
  change("a", &job_posting::last_seen, "later");
  change("b", &job_posting::closed_at, "then");
  REQUIRE(disk->commit(b).has_value());
  CHECK(std::filesystem::file_size(texts) == size);
  CHECK((*disk->posting("a"))->last_seen == "later");
  CHECK((*disk->posting("b"))->closed_at == "then");
  CHECK((*disk->original("a"))->last_seen.empty());
  change("a", &job_posting::title, "another");
  REQUIRE(disk->commit(b).has_value());
  CHECK(std::filesystem::file_size(texts) < size + 1000);
  auto changed = *disk->posting("a");
  CHECK(changed->title == "another");
  CHECK(changed->last_seen == "later");
  CHECK(changed->description.size() == 3000);
  CHECK((*disk->original("a"))->title.empty());
}

TEST_CASE("a description that came in a batch before is on disk once") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  const auto texts = path + "/texts";
  auto record = [](const char* id, const char* last_seen) {
    job_posting one;
    one.id = id;
    one.description.assign(3000, 'x');
    one.first_seen = "2026-01-01";
    one.last_seen = last_seen;
    return one;
  };
  st::batch b;
  b.put(record("a", "2026-01-01"));
  auto disk = *st::open_leveldb_store(path);
  REQUIRE(disk->commit(b).has_value());
  auto size = std::filesystem::file_size(texts);
  // An ad of the same words for another city.
  b = {};
  b.put(record("b", "2026-01-01"));
  REQUIRE(disk->commit(b).has_value());
  size += size - 3000;
  CHECK(std::filesystem::file_size(texts) == size);
  // Long after, a record is seen again, or becomes part of a group.
  disk.reset();
  disk = *st::open_leveldb_store(path);
  b = {};
  b.put(record("a", "2026-02-01"));
  b.originals["b"] = st::share(record("b", "2026-01-01"));
  b.originals["c"] = st::share(record("c", "2026-01-01"));
  REQUIRE(disk->commit(b).has_value());
  CHECK(std::filesystem::file_size(texts) < size + 1000);
  CHECK((*disk->original("b"))->description.size() == 3000);
  CHECK((*disk->original("c"))->description.size() == 3000);
  CHECK((*disk->posting("a"))->last_seen == "2026-02-01");
}

TEST_CASE("a store that is closed keeps no room behind its descriptions") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  auto disk = *st::open_leveldb_store(path);
  REQUIRE(disk->commit(numbered(1)).has_value());
  REQUIRE(disk->commit(numbered(2)).has_value());
  disk.reset();
  struct stat about {};
  REQUIRE(::stat((path + "/texts").c_str(), &about) == 0);
  CHECK(about.st_blocks * 512 < about.st_size + (64 << 10));
}

TEST_CASE("descriptions that are not what was written are told") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  const auto texts = path + "/texts";
  REQUIRE((*st::open_leveldb_store(path))->commit(numbered(1)).has_value());
  auto reading = [&] {
    auto read = (*st::open_leveldb_store(path))->posting("1-0");
    return read ? "" : read.error().detail;
  };
  // What a killed process left behind harms nobody.
  std::ofstream(texts, std::ios::app) << "half a te";
  CHECK(reading().empty());
  REQUIRE((*st::open_leveldb_store(path))->commit(numbered(2)).has_value());
  CHECK((*(*st::open_leveldb_store(path))->posting("2-7"))->description
        == numbered(2).postings["2-7"]->description);
  {
    std::fstream file(texts, std::ios::in | std::ios::out);
    for (std::size_t i = 0; i < 2000 * 20; i += 1000)
      file.seekp(static_cast<std::streamoff>(i)).put('?');
  }
  CHECK(reading().find("it is damaged") != std::string::npos);
  // The same text again mends it.
  REQUIRE((*st::open_leveldb_store(path))->commit(numbered(1)).has_value());
  CHECK(reading().empty());
  std::filesystem::resize_file(texts, 10);
  CHECK(reading().find("it is damaged") != std::string::npos);
}

TEST_CASE("a posting that is damaged is told of once and left out, the others "
          "are there") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  REQUIRE((*st::open_leveldb_store(path))->commit(numbered(1)).has_value());
  const auto text = numbered(1).postings["1-7"]->description;
  {
    std::fstream file(path + "/texts", std::ios::in | std::ios::out);
    std::string all(std::istreambuf_iterator<char>(file), {});
    file.clear();
    file.seekp(static_cast<std::streamoff>(all.find(text) + 1000)).put('?');
  }
  auto told = 0;
  auto disk = *st::open_leveldb_store(path, [&](const failure&) { ++told; });
  auto count = [&] {
    auto seen = 0;
    REQUIRE(disk->scan_postings("", [&](const job_posting& one) {
      CHECK(one.id != "1-7");
      ++seen;
      return true;
    }));
    return seen;
  };
  CHECK(disk->posting("1-7", text).has_value());
  CHECK(count() == 19);
  CHECK(count() == 19);
  CHECK(disk->posting("1-7").error().code == errc::bad_payload);
  CHECK(told == 1);
  // Also whoever knows what it should be is told that it is not there.
  disk.reset();
  disk = *st::open_leveldb_store(path, [&](const failure&) { ++told; });
  CHECK(disk->posting("1-7", text).error().code == errc::bad_payload);
  CHECK(told == 1);
  auto again = numbered(1);
  again.index.clear();
  REQUIRE(disk->commit(again).has_value());
  CHECK((*disk->posting("1-7"))->description == text);
}

TEST_CASE("what could not be written is given again") {
  test::temporary_directory dir;
  const auto path = dir.path().string();
  auto disk = *st::open_leveldb_store(path);
  REQUIRE(disk->commit(numbered(1)).has_value());
  {
    // The first of the batch's texts are written, then no more.
    size_limit full(std::filesystem::file_size(path + "/texts") + 5000);
    auto refused = disk->commit(numbered(2));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == errc::store_failed);
    CHECK(refused.error().detail.find("make room") != std::string::npos);
  }
  CHECK_FALSE((*disk->posting("2-0")).has_value());
  // Others come to stand where those would have stood.
  REQUIRE(disk->commit(numbered(3)).has_value());
  REQUIRE(disk->commit(numbered(2)).has_value());
  disk.reset();
  disk = *st::open_leveldb_store(path);
  for (auto number : {1, 2, 3})
    for (const auto& [id, one] : numbered(number).postings)
      CHECK((*disk->posting(id))->description == one->description);
}

TEST_CASE("kill -9 loses nothing acknowledged and tears no batch") {
  for (int round = 0; round < 5; ++round) {
    test::temporary_directory dir;
    int pipe_ends[2];
    REQUIRE(::pipe(pipe_ends) == 0);
    auto child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0)
      commit_for_ever(dir.path().string(), pipe_ends[1]);
    ::close(pipe_ends[1]);
    int last = -1;
    // Kill after some acknowledgements, at whatever the child is doing then.
    for (int i = 0; i <= round * 7 + 3; ++i)
      REQUIRE(::read(pipe_ends[0], &last, sizeof last) == sizeof last);
    ::kill(child, SIGKILL);
    while (::read(pipe_ends[0], &last, sizeof last) == sizeof last) {
    }
    ::close(pipe_ends[0]);
    ::waitpid(child, nullptr, 0);

    auto disk = st::open_leveldb_store(dir.path().string());
    REQUIRE(disk);
    for (int i = 0; i <= last + 1; ++i) {
      int parts = 0;
      for (const auto& [id, one] : numbered(i).postings) {
        auto stored = (*disk)->posting(id);
        REQUIRE(stored);
        parts += (*stored && (*stored)->description == one->description)
                 + (*disk)->lookup("k/" + id)->has_value();
      }
      if (i <= last)
        CHECK(parts == 40);
      else
        CHECK((parts == 0 || parts == 40));
    }
  }
}
