#include "nodes/http_get.hpp"
#include "nodes/simulator/simulator.hpp"
#include "tests/fetch/real_proxies.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

// The program crawls through four proxies of Debian. Each of them speaks to the
// site from an address of its own, so that the site's log shows whose requests
// came, and that none came from the program itself.

using namespace jobfarm;
using namespace std::chrono_literals;

namespace {

constexpr auto* mortal_address = "127.0.0.11";
constexpr auto* slow_address = "127.0.0.12";
constexpr auto* good_address = "127.0.0.13";

/// A page of squid's own, shown to whoever asks through it.
constexpr auto* wall_page =
    "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body>"
    "<h1>Verify you are human</h1></body></html>";

struct drill {
  drill() {
    std::ofstream list(file("proxies"));
    list << "http://127.0.0.1:" << mortal->port
         << "\nhttp://127.0.0.1:" << slow->port
         << "\nhttp://127.0.0.1:" << wall->port
         << "\nsocks5://127.0.0.1:" << good->port << '\n';
    std::ofstream config(file("config.toml"));
    for (const auto* source : {"greenhouse", "lever", "ashby", "workable"})
      config << "[sources." << source
             << "]\nrequests_per_second = 10\nconcurrent_requests = 2\n";
  }

  std::string file(const std::string& name) const {
    return (dir.path / name).string();
  }

  /// Starts `jobfarm collect`; its exit code goes into a file.
  pid_t collect() const {
    auto line =
        std::string{JOBFARM_PROGRAM} + " collect --data-dir " + file("data")
        + " --config " + file("config.toml") + " --boards-url " + boards->url()
        + " --proxies " + file("proxies")
        + " --sources greenhouse,lever,ashby,workable --timeout 120"
          " --no-color --json >"
        + file("out") + " 2>" + file("err") + "; echo $? >" + file("code");
    return test::start({"/bin/sh", "-c", line});
  }

  /// Requests that the site got, by the address they came from.
  std::map<std::string, int> visits() const {
    auto log = nodes::http_get(boards->url() + "/__log", 64u << 20);
    REQUIRE(log);
    std::map<std::string, int> by_peer;
    std::istringstream lines(*log);
    for (std::string line; std::getline(lines, line);) {
      auto row = nlohmann::json::parse(line);
      // The list of boards is the operator's own request.
      if (row["target"].get<std::string>().rfind("/__", 0) != 0)
        ++by_peer[row["peer"].get<std::string>()];
    }
    return by_peer;
  }

  test::open_directory dir;
  std::unique_ptr<nodes::simulator> boards =
      *nodes::simulator::start({0, {5, 2000, {}}});
  test::proxy_process mortal =
      test::tinyproxy(dir, std::string{"Bind "} + mortal_address + '\n');
  /// 150 KB a second.
  test::proxy_process slow = test::squid(
      dir,
      std::string{"http_access allow all\ntcp_outgoing_address "} + slow_address
          + "\ndelay_pools 1\ndelay_class 1 1\n"
            "delay_parameters 1 150000/50000\ndelay_access 1 allow all\n",
      "slow");
  test::proxy_process wall = test::squid(
      dir,
      "http_access deny all\nerror_directory "
          + std::filesystem::path(dir.file("ERR_ACCESS_DENIED", wall_page))
                .parent_path()
                .string()
          + '\n',
      "wall");
  test::proxy_process good = test::microsocks({"-b", good_address});
};

/// The report's line on the proxy at `port`.
std::string line_on(const std::string& report, std::uint16_t port) {
  std::istringstream lines(report);
  for (std::string line; std::getline(lines, line);)
    if (line.rfind("proxy ", 0) == 0
        && line.find(':' + std::to_string(port) + ' ') != line.npos)
      return line;
  return {};
}

int count_in(const std::string& line, const std::string& of) {
  std::smatch found;
  std::regex pattern("([0-9]+) " + of);
  return std::regex_search(line, found, pattern) ? std::stoi(found[1]) : -1;
}

} // namespace

TEST_CASE("of four proxies one dies, one is slow, one a wall: all is collected "
          "and told") {
  if (!test::are_proxies_installed())
    return;
  drill d;
  auto program = d.collect();
  for (int i = 0; i < 1500 && d.visits()[mortal_address] < 5; ++i)
    std::this_thread::sleep_for(20ms);
  d.mortal->stop();
  ::waitpid(program, nullptr, 0);

  auto report = test::read_file(d.file("err"));
  INFO(report);
  CHECK(test::read_file(d.file("code")) == "0\n");
  auto result = nlohmann::json::parse(test::read_file(d.file("out")));
  CHECK_FALSE(result["partial"].get<bool>());
  CHECK(result["errors"].empty());
  std::set<std::string> handed_out;
  d.boards->ledger([&](std::string_view line) {
    auto row = nlohmann::json::parse(line);
    handed_out.insert(row["source"].get<std::string>() + '/'
                      + row["source_id"].get<std::string>());
    return true;
  });
  CHECK(result["raw_jobs"].get<std::size_t>() == handed_out.size());

  auto seen = d.visits();
  // Nothing went direct, and the wall let nothing pass.
  for (const auto& [peer, count] : seen) {
    INFO(peer << ' ' << count);
    CHECK((peer == mortal_address || peer == slow_address
           || peer == good_address));
  }
  CHECK(seen[good_address] > 0);
  CHECK(seen[slow_address] > 0);
  CHECK(seen[mortal_address] >= 5);

  auto mortal = line_on(report, d.mortal->port);
  CHECK(mortal.find("quarantined") != mortal.npos);
  CHECK(count_in(mortal, "failed") >= 1);
  CHECK(mortal.find("(last: ") != mortal.npos);
  // What was on its way when it died came to the site, or did not.
  CHECK(count_in(mortal, "requests") >= seen[mortal_address]);
  CHECK(count_in(mortal, "requests")
        <= seen[mortal_address] + count_in(mortal, "failed"));
  auto slow = line_on(report, d.slow->port);
  CHECK(slow.find("  slow  ") != slow.npos);
  CHECK(count_in(slow, "requests") == seen[slow_address]);
  auto wall = line_on(report, d.wall->port);
  CHECK((wall.find("  walled  ") != wall.npos
         || wall.find("  quarantined  ") != wall.npos));
  CHECK(wall.find("walled off by the site") != wall.npos);
  CHECK(count_in(wall, "walled") == count_in(wall, "requests"));
  auto good = line_on(report, d.good->port);
  CHECK(good.find("healthy") != good.npos);
  CHECK(count_in(good, "requests") == seen[good_address]);
  // Programs are told the same.
  std::map<std::string, nlohmann::json> told;
  for (const auto& one : result["proxies"])
    told[one["url"].get<std::string>()] = one;
  auto at = [](std::uint16_t port) {
    return "http://127.0.0.1:" + std::to_string(port);
  };
  REQUIRE(told.size() == 4);
  CHECK(told[at(d.mortal->port)]["state"] == "quarantined");
  CHECK(told[at(d.mortal->port)]["failures"] == count_in(mortal, "failed"));
  CHECK(told[at(d.slow->port)]["requests"] == seen[slow_address]);
  CHECK(told[at(d.wall->port)]["bans"] == count_in(wall, "walled"));
  for (const auto& line : {mortal, slow, wall, good})
    std::cout << line << '\n';
}
