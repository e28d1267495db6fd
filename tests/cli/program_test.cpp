#include "tests/cli/background.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

// The program itself, as users and scripts run it.

using nlohmann::json;

using namespace jobfarm::test;

TEST_CASE("help, version and mistakes have their streams and codes") {
  home h;
  for (const auto* words : {"", "--help", "help collect", "collect -h"}) {
    auto ran = h.run(words);
    CHECK(ran.code == 0);
    CHECK(ran.out.find("jobfarm") != std::string::npos);
    CHECK(ran.err.empty());
  }
  CHECK(h.run("--version").out == "jobfarm 0.1.0\n");
  for (const auto* words :
       {"colect", "collect --nonsense", "collect --salary-min much",
        "collect --posted-within soon", "collect --sources levr",
        "parse --source nobody", "collect --boards /nowhere.csv",
        "collect --currency dollars", "collect --currency ZZZ", "export",
        "config check /nowhere"}) {
    auto ran = h.run(std::string{words} + " </dev/null");
    INFO(words);
    CHECK(ran.code == 2);
    CHECK(ran.out.empty());
    CHECK(ran.err.find('\n') == ran.err.size() - 1);
  }
}

TEST_CASE("the version tells what the program was made of") {
  home h;
  auto told = json::parse(h.run("version --json").out);
  CHECK(told["version"] == "0.1.0");
  CHECK(told.contains("commit"));
  CHECK_FALSE(told["compiler"].get<std::string>().empty());
  CHECK(told["schemas"]["store"].is_number_integer());
  CHECK(told["schemas"]["link"] == 1);
  CHECK(std::count(told["features"].begin(), told["features"].end(), "xlsx")
        == 1);
}

TEST_CASE("colour is where it is asked for, and nowhere else") {
  home h;
  const auto has_escapes = [](const std::string& text) {
    return text.find('\x1b') != text.npos;
  };
  const std::string demo = "demo --postings 30 --out " + h.file("a.jsonl");
  CHECK_FALSE(has_escapes(h.run(demo).err));
  auto always = h.run(demo + " --color=always");
  CHECK(always.err.find("\x1b[32mcomplete") != std::string::npos);
  CHECK_FALSE(has_escapes(always.out));
  CHECK_FALSE(has_escapes(h.run(demo + " --color never").err));
  CHECK(h.run("demo --color=sometimes").code == 2);
  CHECK_FALSE(has_escapes(h.run("--help --color=always").out));
}

TEST_CASE("progress is lines of JSON for who asks") {
  home h;
  auto ran = h.run("demo --quiet --postings 200 --progress json --out "
                   + h.file("a.jsonl"));
  CHECK(ran.code == 0);
  auto lines = lines_of(ran.err);
  REQUIRE_FALSE(lines.empty());
  CHECK(lines[0].contains("elapsed_s"));
  CHECK(lines[0]["sources"].is_array());
  CHECK(h.run("demo --progress bar").code == 2);
}

TEST_CASE("what a farm does is logged where it is asked for") {
  home h;
  const auto demo =
      "demo --quiet --postings 30 --out " + h.file("a.jsonl") + ' ';
  CHECK(h.run(demo).err.empty());
  CHECK(h.run(demo + "-v").code == 0);
  auto lines = lines_of(h.run(demo + "--debug").err);
  REQUIRE_FALSE(lines.empty());
  CHECK(std::any_of(lines.begin(), lines.end(), [](const json& one) {
    return one["event"] == "page_done";
  }));
}

TEST_CASE("a library that is missing is named before the work begins") {
  home h;
  h.write("libxlsxwriter.so.4", "");
  const auto with = "LD_LIBRARY_PATH=" + h.file("") + ' ' + JOBFARM_PROGRAM
                    + " demo --quiet --postings 30 --out ";
  auto ran = h.run("--version; " + with + h.file("a.xlsx"));
  CHECK(ran.code == 2);
  CHECK(ran.err.find("install the package libxlsxwriter4") != ran.err.npos);
  CHECK(ran.err.find('\n') == ran.err.size() - 1);
  CHECK(h.run("--version; " + with + h.file("a.jsonl")).code == 0);
}

TEST_CASE("filters pass records on, name bad lines, and go on") {
  home h;
  h.write(
      "raw",
      R"({"source":"lever","source_id":"1","title":"Chef","url":"https://a.b/1"}
not json
{"source":"lever","source_id":"2","title":"Cook","url":"https://a.b/2"}
)");
  auto ran = h.run("normalize " + h.file("raw"));
  CHECK(ran.code == 2);
  CHECK(lines_of(ran.out).size() == 2);
  CHECK(ran.err.find("line 2: not JSON") != std::string::npos);
  h.write("clean", ran.out);
  auto enriched =
      h.run("enrich --as-of 2026-11-24T00:00:00Z " + h.file("clean"));
  CHECK(enriched.code == 0);
  CHECK(lines_of(enriched.out).front()["enrichment"]["level"] == "basic");
  CHECK(h.run("dedupe " + h.file("clean") + ' ' + h.file("clean")).out.size()
        > 0);
  CHECK(lines_of(h.run("dedupe " + h.file("clean") + ' ' + h.file("clean")).out)
            .size()
        == 2);
  h.write("page", "<p>a&amp;b</p>");
  CHECK(h.run("text < " + h.file("page")).out == "a&b\n");
}

TEST_CASE("dedupe reads records again from files, or keeps those of a pipe") {
  home h;
  h.write(
      "raw",
      R"({"source":"lever","source_id":"1","title":"Chef","url":"https://a.b/1"}
{"source":"lever","source_id":"2","title":"Cook","url":"https://a.b/2"}
)");
  auto clean = h.run("normalize " + h.file("raw")).out;
  auto second = clean.find('\n') + 1;
  h.write("first", "\xEF\xBB\xBF" + clean);
  // Not written as the program writes it.
  h.write("second", "{ " + clean.substr(second + 1));
  const auto files = h.file("first") + ' ' + h.file("second");
  CHECK(h.run("dedupe " + files).out == clean);
  CHECK(h.run("dedupe < " + h.file("first")).out == clean);
  CHECK(h.run("normalize </dev/null; cat " + h.file("first") + " | "
              + JOBFARM_PROGRAM + " dedupe")
            .out
        == clean);
}

TEST_CASE("dedupe keeps what enrichment has said of the record that stands") {
  home h;
  const std::string same = R"("title":"Cook","company":"Acme",)"
                           R"("title_normalized":"cook",)"
                           R"("company_normalized":"acme","source":"lever")";
  h.write("in.jsonl",
          R"({"id":"1","source_id":"1","completeness_percentage":10,)" + same
              + R"(,"enrichment":{"level":"basic","ml_score":0.1}})" + '\n'
              + R"({"id":"2","source_id":"2","completeness_percentage":90,)"
              + same + R"(,"enrichment":{"level":"basic","ml_score":0.9}})"
              + '\n' + R"({"id":"3","source_id":"3","title":"Driver",)"
              + R"("enrichment":{"level":"basic","ml_score":0.5}})" + '\n');
  auto ran = h.run("dedupe --rule seed " + h.file("in.jsonl"));
  CHECK(ran.code == 0);
  auto lines = lines_of(ran.out);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0]["enrichment"]["ml_score"] == 0.9);
  CHECK(lines[1]["enrichment"]["ml_score"] == 0.5);
}

TEST_CASE("a wall given to parse is one line of JSON on stderr and exit 2") {
  home h;
  h.write("wall", "<html><title>Just a moment...</title></html>");
  auto ran = h.run("parse --source indeed < " + h.file("wall"));
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(json::parse(ran.err)["error"]["code"] == "bot_detected");
  h.write("empty", R"({"jobs":[],"meta":{"total":0}})");
  ran = h.run("parse --source greenhouse < " + h.file("empty"));
  CHECK(ran.code == 0);
  CHECK(ran.out.empty());
}

TEST_CASE("parse goes on at a record it cannot read, and exits 2") {
  home h;
  h.write("part",
          R"({"jobs":[{"id":"1","title":"Chef"},5,{"title":"x"},{"id":"2"}]})");
  auto ran = h.run("parse --source ashby < " + h.file("part"));
  CHECK(ran.code == 2);
  CHECK(lines_of(ran.out).size() == 1);
  CHECK(ran.err.find("left out 2: no title") != std::string::npos);
  CHECK(ran.err.find("3 of 4 records could not be read") != std::string::npos);
  h.write("none", R"({"jobs":[{}]})");
  ran = h.run("parse --source ashby < " + h.file("none"));
  CHECK(ran.code == 2);
  CHECK(ran.out.empty());
  CHECK(json::parse(ran.err)["error"]["code"] == "schema_changed");
}

TEST_CASE("what cannot be meant is refused before anything is done") {
  home h;
  h.write("robots", "User-agent: *\nDisallow: /private\n");
  auto robots = [&](const std::string& url) {
    return h.run("robots --agent a --url '" + url + "' " + h.file("robots"))
        .code;
  };
  CHECK(robots("not a url") == 2);
  CHECK(robots("") == 2);
  CHECK(robots("https://a.b/private") == 1);
  CHECK(robots("/public") == 0);
  CHECK(h.run("boards list extra").code == 2);
  CHECK(h.run("collect --boards-url notaurl").code == 2);
  CHECK(h.run("collect --posted-within 7").err.find("7d") != std::string::npos);
  for (const auto* wrong :
       {"text = 5\n", "text = [\"a\"]\n", "locations = [1, 2]\n",
        "remote_only = \"true\"\n", "salary_usd_min = \"80000\"\n"}) {
    INFO(wrong);
    h.write("profile", wrong);
    auto ran = h.run("enrich --profile " + h.file("profile") + " </dev/null");
    CHECK(ran.code == 2);
    CHECK(ran.err.find("profile:1: ") != std::string::npos);
  }
  h.write("profile", "text = \"chef\"\nlocations = [\"Europe\"]\n"
                     "remote_only = true\nsalary_usd_min = 80000\n");
  CHECK(h.run("enrich --profile " + h.file("profile") + " </dev/null").code
        == 0);
}

TEST_CASE("the demo balances and leaves a workbook") {
  home h;
  auto ran = h.run("demo --postings 400 --seed 5 --out " + h.file("jobs.xlsx"));
  CHECK(ran.code == 0);
  CHECK(ran.out == h.file("jobs.xlsx") + '\n');
  CHECK(ran.err.find("adds up") != std::string::npos);
  CHECK(std::filesystem::file_size(h.file("jobs.xlsx")) > 10'000);
}

TEST_CASE("a demo sweeps no store away that is in use") {
  home h;
  auto in_use = h.file("d") + "/demo";
  background node({JOBFARM_PROGRAM, "node", "--quiet", "--http-port", "0",
                   "--data-dir", in_use});
  auto ran = h.run("demo --quiet --data-dir " + h.file("d"));
  CHECK(ran.code == 2);
  CHECK(ran.err.find("another demo is using") != std::string::npos);
  CHECK(std::filesystem::exists(in_use + "/store/CURRENT"));
}

TEST_CASE("collect against a simulator: result as JSON, reports by ending") {
  home h;
  auto boards = simulator("400");
  auto ran = h.run("collect --json --boards-url " + boards.first_line
                   + " --out " + h.file("a.jsonl") + ',' + h.file("a.csv"));
  CHECK(ran.code == 0);
  auto result = json::parse(ran.out);
  CHECK(result["partial"] == false);
  CHECK(result["successful_sources"].size() == 11);
  auto jobs = lines_of(jobfarm::test::read_file(h.file("a.jsonl")));
  CHECK(jobs.size() == result["total_jobs"]);
  auto again = h.run("collect \"program manager\" --boards-url "
                     + boards.first_line + " --out " + h.file("b.jsonl"));
  CHECK(again.code == 0);
  auto managers = lines_of(read_file(h.file("b.jsonl")));
  for (const auto& job : managers)
    CHECK(job["title_normalized"].get<std::string>().find("manager")
          != std::string::npos);
  // All of them were in the store already.
  CHECK(again.err.find("jobfarm: " + std::to_string(managers.size()) + " jobs")
        != std::string::npos);
}

TEST_CASE("what is asked for is what is found: places and companies by name") {
  home h;
  auto boards = simulator("400");
  auto found = [&](const std::string& words) {
    auto ran = h.run("collect --quiet --boards-url " + boards.first_line
                     + " --out " + h.file("jobs.jsonl") + ' ' + words);
    CHECK(ran.code == 0);
    auto jobs = lines_of(read_file(h.file("jobs.jsonl")));
    REQUIRE_FALSE(jobs.empty());
    return jobs;
  };
  for (const auto& job : found("--location \"United States\"")) {
    auto is_american = [](const json& at) { return at["country"] == "US"; };
    CHECK(std::any_of(job["locations"].begin(), job["locations"].end(),
                      is_american));
  }
  for (const auto& job : found("--location Europe")) {
    INFO(job.dump());
    auto region = job["region"].is_string() ? job["region"].get<std::string>()
                                            : std::string{};
    auto is_european = region.find("Europe") != std::string::npos
                       || job["locations"].size() > 1
                       || job["location_scope"].is_string();
    CHECK(is_european);
  }
  auto nowhere = h.run("collect --boards-url " + boards.first_line + " --out "
                       + h.file("none.jsonl") + " --location Xyzzyville");
  CHECK(nowhere.code == 4);
  CHECK(nowhere.err.find("no place, region or scope is known")
        != std::string::npos);
  auto company = found("").front()["company"].get<std::string>();
  for (const auto& job : found("--company \"" + company + '"'))
    CHECK(job["company"] == company);
}

TEST_CASE("what is handed out is remote where remote is asked for, and a limit "
          "is told") {
  home h;
  auto boards = simulator("400");
  auto collect = [&](const std::string& words) {
    auto ran =
        h.run("collect --json --enrich none --boards-url " + boards.first_line
              + " --out " + h.file("jobs.jsonl") + ' ' + words);
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    auto jobs = lines_of(read_file(h.file("jobs.jsonl")));
    CHECK(json::parse(ran.out)["total_jobs"] == jobs.size());
    CHECK(json::parse(ran.out)["jobs_url"] == "file://" + h.file("jobs.jsonl"));
    return std::pair(jobs, ran);
  };
  auto [remote, all] = collect("--remote");
  REQUIRE_FALSE(remote.empty());
  for (const auto& job : remote)
    CHECK(job["remote"] == "remote");
  CHECK(json::parse(all.out)["cut"].is_null());
  auto [five, cut] = collect("--limit 5");
  CHECK(five.size() == 5);
  CHECK(json::parse(cut.out)["cut"]["found"] >= 5);
}

TEST_CASE("a source that was named and has no board is no success") {
  home h;
  h.write("boards.csv", "lever,acme,Acme\n");
  h.write("jobs.jsonl", "of before\n");
  auto ran = h.run("collect --sources greenhouse --boards "
                   + h.file("boards.csv") + " --out " + h.file("jobs.jsonl"));
  CHECK(ran.code == 4);
  CHECK(ran.err.find("jobfarm boards add greenhouse") != std::string::npos);
  CHECK(ran.err.find("no report was written") != std::string::npos);
  CHECK(ran.out.empty());
  CHECK(read_file(h.file("jobs.jsonl")) == "of before\n");
}

TEST_CASE("nobody there, an output that cannot be, a damaged store") {
  home h;
  auto nobody = h.run("collect --boards-url http://127.0.0.1:1 --out x.jsonl");
  CHECK(nobody.code == 4);
  CHECK(nobody.err.find("is it running there?") != std::string::npos);
  auto boards = simulator("100");
  auto to = "collect --quiet --boards-url " + boards.first_line + ' ';
  CHECK(h.run(to + "--out /nowhere/x.jsonl").code == 2);
  std::filesystem::create_directories(h.file("bad/store"));
  h.write("bad/store/CURRENT", "MANIFEST-999999\n");
  auto damaged =
      h.run(to + "--data-dir " + h.file("bad") + " --out " + h.file("y.jsonl"));
  CHECK(damaged.code == 2);
  CHECK_FALSE(std::filesystem::exists(h.file("y.jsonl")));
}

TEST_CASE("a disk that takes no more ends the run with a clear line") {
  home h;
  auto command = "ulimit -f 400; XDG_DATA_HOME=" + h.file("data") + ' '
                 + JOBFARM_PROGRAM + " demo --quiet --postings 3000 --out "
                 + h.file("z.jsonl") + " 2>" + h.file("err");
  auto status = std::system(("bash -c '" + command + "'").c_str());
  REQUIRE(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 4);
  auto said = jobfarm::test::read_file(h.file("err"));
  CHECK(said.find("store_failed") != std::string::npos);
  CHECK(said.find("--data-dir") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(h.file("z.jsonl")));
}
