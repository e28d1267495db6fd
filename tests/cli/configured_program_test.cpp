#include "nodes/http_server.hpp"
#include "tests/cli/background.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

// What the configuration says, and who is told of it.

using namespace jobfarm::test;

TEST_CASE("config tells each value and who gave it") {
  home h;
  std::filesystem::create_directories(h.file("config/jobfarm"));
  h.write("config/jobfarm/config.toml",
          "workers = 5\n[sources.lever]\nenabled = false\n");
  auto ran = h.run("config --log-level info");
  CHECK(ran.out.find("workers = 5    (file ") != std::string::npos);
  CHECK(ran.out.find("log-level = info    (flag)") != std::string::npos);
  CHECK(ran.out.find("limit = 0    (default)") != std::string::npos);
  for (auto told :
       {"data-dir = " + h.file("data/jobfarm"),
        "keys-dir = " + h.file("data/jobfarm/keys"),
        "tokens = " + h.file("data/jobfarm/tokens"),
        std::string{"link-listen = 127.0.0.1:7411"},
        std::string{"out = jobs.xlsx"}, std::string{"postings = 2000"},
        std::string{"remote = false"},
        std::string{"sources.ashby.enabled = true"}}) {
    INFO(told);
    CHECK(ran.out.find(told + "    (default)") != std::string::npos);
  }
  CHECK(ran.out.find("sources.lever.enabled = false    (file ")
        != std::string::npos);
  auto moved = h.run("config --data-dir /x --keys-dir /k");
  CHECK(moved.out.find("tokens = /x/tokens    (default)") != std::string::npos);
  CHECK(moved.out.find("keys-dir = /k    (flag)") != std::string::npos);
  h.write("config/jobfarm/config.toml", "wrokers = 5\n");
  auto wrong = h.run("config");
  CHECK(wrong.code == 2);
  CHECK(wrong.err.find("did you mean \"workers\"?") != std::string::npos);
}

TEST_CASE("sites are told the configured user agents, the first one first") {
  using namespace jobfarm;
  std::mutex mutex;
  std::map<std::string, std::string> told;
  auto site = *nodes::http_server::start({}, [&](const auto& request) {
    nodes::server_response made;
    if (request.target == "/__boards") {
      made.body = "ats,token,company\ngreenhouse,acme,Acme\n";
      return made;
    }
    std::lock_guard lock(mutex);
    auto name = request.target == "/robots.txt" ? "robots" : "page";
    told[name] = request.header("user-agent");
    if (request.target == "/robots.txt")
      made.body = "User-agent: acmebot\nDisallow:\n\nUser-agent: *\n"
                  "Disallow: /\n";
    else
      made.body = R"({"jobs":[],"meta":{"total":0}})";
    return made;
  });
  home h;
  std::filesystem::create_directories(h.file("config/jobfarm"));
  auto configure = [&](const std::string& line) {
    h.write("config/jobfarm/config.toml", line + '\n');
  };
  auto collect = "collect --quiet --sources greenhouse --boards-url "
                 "http://127.0.0.1:"
                 + std::to_string(site->port()) + " --out " + h.file("a.jsonl");
  configure("user_agent = [\"acmebot/1.0 (a, b)\", \"acmebot/2.0\"]");
  h.run(collect);
  CHECK(told["robots"] == "acmebot/1.0 (a, b)");
  CHECK(told["page"] == "acmebot/1.0 (a, b)");
  // Without one the program names itself, and keeps out by its own name.
  told.clear();
  configure("");
  h.run(collect);
  CHECK(told["robots"].rfind("jobfarm/", 0) == 0);
  CHECK(told.count("page") == 0);
  CHECK(h.run("config").out.find("user-agent = jobfarm/") != std::string::npos);
  CHECK(h.run("help collect").out.find("--user-agent TEXT")
        != std::string::npos);
  configure("user_agent = \"two\\nlines\"");
  CHECK(h.run(collect).code == 2);
}

TEST_CASE("the example configuration leaves the scrapers off, a line each") {
  home h;
  auto example = jobfarm::test::read_file(
      jobfarm::test::data_dir().parent_path().parent_path()
      / "deploy/config.toml");
  const std::vector<std::string> scrapers = {"indeed", "linkedin",
                                             "ziprecruiter"};
  auto scrapers_on = [&](const std::string& text) {
    h.write("config.toml", text);
    CHECK(h.run("config check " + h.file("config.toml")).code == 0);
    std::vector<std::string> on;
    for (const auto& row : lines_of(
             h.run("sources --json --config " + h.file("config.toml")).out))
      if (std::count(scrapers.begin(), scrapers.end(), row["name"])
          && row["enabled"] == true)
        on.push_back(row["name"]);
    return on;
  };
  CHECK(scrapers_on(example).empty());
  for (const auto& name : scrapers) {
    auto head = "[sources." + name + "]\nenabled = ";
    auto at = example.find(head + "false");
    REQUIRE(at != std::string::npos);
    auto changed = example;
    changed.replace(at + head.size(), 5, "true");
    CHECK(scrapers_on(changed) == std::vector<std::string>{name});
  }
}
