#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "nodes/http_server.hpp"
#include "tests/cli/background.hpp"
#include "tests/cli/home.hpp"

#include <catch2/catch.hpp>

#include <string>

// What the commands about a cluster make of its answers.

using namespace jobfarm;
using namespace jobfarm::test;

namespace {

std::string node(const std::string& id, const std::string& state,
                 std::int64_t age_s) {
  return R"({"id":")" + id + R"(","role":"worker","state":")" + state
         + R"(","last_seen":")" + text::format_utc(cli::now_utc() - age_s)
         + "\"}";
}

} // namespace

TEST_CASE("nodes that were lost long ago are shown to who asks for all") {
  auto cluster = *nodes::http_server::start({}, [](const auto&) {
    nodes::server_response all;
    all.body = "{\"items\":[" + node("here", "ready", 1) + ','
               + node("away", "lost", 600) + ',' + node("gone", "lost", 7200)
               + "],\"next_cursor\":null}";
    return all;
  });
  home h;
  h.write("token", "t\n");
  const auto nodes =
      "nodes --json --token-file " + h.file("token")
      + " --server http://127.0.0.1:" + std::to_string(cluster->port());
  auto usual = h.run(nodes);
  CHECK(usual.code == 0);
  auto rows = lines_of(usual.out);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["id"] == "here");
  CHECK(rows[1]["id"] == "away");
  CHECK(usual.err.find("1 node that was lost over an hour ago: --all")
        != std::string::npos);
  CHECK(lines_of(h.run(nodes + " --all").out).size() == 3);
}

TEST_CASE("a node says that the limit of files leaves few connections") {
  home h;
  auto told = [&](const std::string& files) {
    background node({"/bin/sh", "-c",
                     "ulimit -n " + files
                         + "; exec " JOBFARM_PROGRAM
                           " node --role gateway --http-port 0 --coordinator "
                           "http://127.0.0.1:1 2>"
                         + h.file("err")});
    return read_file(h.file("err"));
  };
  CHECK(told("1024").find("limited to 1024: at most 128 connections")
        != std::string::npos);
  CHECK(told("4096").find("limited to") == std::string::npos);
}
