#include "actors/report/analytics.hpp"
#include "actors/report/part_file.hpp"
#include "actors/report/report_writer.hpp"
#include "actors/report/stderr_capture.hpp"
#include "actors/report/table.hpp"
#include "messages/json.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <filesystem>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace jobfarm;
using namespace jobfarm::report;

namespace {

enriched_posting titled(const std::string& title) {
  enriched_posting e;
  e.posting.id = "1";
  e.posting.title = title;
  e.posting.posted_at = "2026-11-20T00:00:00Z";
  return e;
}

std::string written(const std::string& name,
                    const std::vector<enriched_posting>& postings) {
  test::temporary_directory dir;
  auto path = (dir.path() / name).string();
  auto writer = *open_report(path, {});
  for (const auto& one : postings)
    REQUIRE(writer->add(one).has_value());
  CHECK_FALSE(std::filesystem::exists(path));
  REQUIRE(writer->finish().has_value());
  return test::read_file(path);
}

} // namespace

TEST_CASE("jsonl holds one record a line, enriched only where enriched") {
  auto plain = titled("A");
  auto scored = titled("B");
  scored.enrichment.level = "basic";
  auto text = written("a.jsonl", {plain, scored});
  auto end = text.find('\n');
  CHECK(text.substr(0, end).find("enrichment") == std::string::npos);
  CHECK(text.substr(end).find("\"enrichment\"") != std::string::npos);
  CHECK(from_json<job_posting>(text.substr(0, end)));
}

TEST_CASE("what is written in pieces of any size comes out whole") {
  test::temporary_directory dir;
  auto path = (dir.path() / "a").string();
  auto file = *part_file::open(path);
  std::string all;
  for (std::size_t size :
       {std::size_t{0}, std::size_t{1}, part_file::large - 1, std::size_t{5},
        part_file::large, 3 * part_file::large + 7, std::size_t{70'000}}) {
    std::string piece(size, static_cast<char>('a' + all.size() % 26));
    REQUIRE(file.write(piece));
    all += piece;
    const auto there = std::filesystem::file_size(file.part_path());
    CHECK(there == all.size() / part_file::large * part_file::large);
  }
  REQUIRE(file.complete());
  CHECK(test::read_file(path) == all);
}

TEST_CASE("csv quotes what must be quoted and defuses formulas") {
  auto text = written("a.csv", {titled("say \"hi\", now"), titled("=1+1")});
  CHECK(text.rfind("\xEF\xBB\xBFTitle,Company,", 0) == 0);
  CHECK(text.find("\"say \"\"hi\"\", now\"") != std::string::npos);
  CHECK(text.find("\"'=1+1\"") != std::string::npos);
  CHECK(text.find("2026-11-20") != std::string::npos);
}

TEST_CASE("a report that is not finished leaves nothing behind") {
  test::temporary_directory dir;
  {
    auto writer = *open_report((dir.path() / "a.csv").string(), {});
    REQUIRE(writer->add(titled("A")).has_value());
  }
  CHECK(std::filesystem::is_empty(dir.path()));
}

TEST_CASE("a report keeps no more room on disk than it needs") {
  test::temporary_directory dir;
  auto path = (dir.path() / "a.jsonl").string();
  auto long_one = titled(std::string(400u << 10, 'a'));
  auto writer = *open_report(path, {});
  REQUIRE(writer->add(long_one).has_value());
  REQUIRE(writer->finish().has_value());
  struct stat about {};
  REQUIRE(::stat(path.c_str(), &about) == 0);
  CHECK(about.st_size > 400 << 10);
  CHECK(about.st_blocks * 512 < about.st_size + (64 << 10));
}

TEST_CASE("a place or an ending that cannot be is told") {
  CHECK(open_report("jobs.pdf", {}).error().code == errc::invalid_input);
  CHECK(open_report("/nowhere/at/all.csv", {}).error().code
        == errc::invalid_input);
}

/// Files of this process cannot grow beyond `bytes` while it lives.
class file_size_limit {
public:
  explicit file_size_limit(rlim_t bytes)
      : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~file_size_limit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_CASE("a workbook that has no room says so once and leaves nothing") {
  // At once, and while the rows are streamed.
  auto room = GENERATE(rlim_t{8} << 10, rlim_t{64} << 10);
  test::temporary_directory dir;
  auto path = (dir.path() / "jobs.xlsx").string();
  auto writer = *open_report(path, {});
  for (int i = 0; i < 3000; ++i)
    REQUIRE(writer->add(titled(std::to_string(i * 7919))).has_value());
  expected<void> finished;
  {
    file_size_limit limit(room);
    finished = writer->finish();
  }
  REQUIRE_FALSE(finished.has_value());
  CHECK(finished.error().code == errc::store_failed);
  CHECK(finished.error().detail
        == "write workbook " + path
               + ": File too large; make room there, or choose another place "
                 "for the report");
  writer.reset();
  CHECK(std::filesystem::is_empty(dir.path()));
}

TEST_CASE("of what is held back only the library's own lines are dropped") {
  CHECK(without_library_lines("one\n[ERROR][packager.c:1]: x\ntwo [ERROR]\n")
        == "one\ntwo [ERROR]\n");
}

TEST_CASE("cells hold only what XML can hold") {
  CHECK(clean_cell("a\x01\xEF\xBF\xBE"
                   "b\xEF\xBF\xBF\n")
        == "ab\n");
  CHECK(clean_cell("\xEF\xBC\xA1\xFF") == "\xEF\xBC\xA1\xEF\xBF\xBD");
}

TEST_CASE("pay is written as offered") {
  job_posting p;
  CHECK(salary_text(p).empty());
  p.salary_min = 1234.5;
  p.salary_currency = "USD";
  p.salary_period = "month";
  CHECK(salary_text(p) == "from USD 1,234.50 / month");
  p.salary_max = 1234.5;
  CHECK(salary_text(p) == "USD 1,234.50 / month");
  p.salary_min.reset();
  CHECK(salary_text(p) == "up to USD 1,234.50 / month");
}

TEST_CASE("figures count only what is known") {
  figures f;
  CHECK_FALSE(f.average_salary_usd());
  CHECK_FALSE(f.sponsorship_rate());
  job_posting p;
  p.company = "B";
  p.salary_usd_min = 100;
  p.salary_usd_max = 200;
  p.visa_sponsorship = visa_sponsorship::offered;
  f.add(p);
  p.company = "A";
  p.salary_usd_min.reset();
  p.salary_usd_max.reset();
  p.visa_sponsorship = visa_sponsorship::not_offered;
  f.add(p);
  CHECK(f.average_salary_usd() == 150.0);
  CHECK(f.sponsorship_rate() == 0.5);
  CHECK(f.top_companies(1) == tally{{"A", 1}});
}
