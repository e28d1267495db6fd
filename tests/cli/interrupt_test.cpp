#include "nodes/http_server.hpp"
#include "tests/cli/background.hpp"

#include <chrono>
#include <filesystem>
#include <future>

// What Ctrl-C does to a running program.

using namespace jobfarm;
using namespace jobfarm::test;

namespace {

/// Until a megabyte has been committed to the store.
void wait_for_commits(const std::string& store) {
  auto has_begun = [&] {
    std::error_code none;
    for (const auto& entry : std::filesystem::directory_iterator(store, none))
      if (auto size = entry.file_size(none);
          !none && entry.path().extension() == ".log" && size > 1'000'000)
        return true;
    return false;
  };
  while (!has_begun())
    ::usleep(1000);
}

} // namespace

TEST_CASE("Ctrl-C ends with 130 and what was collected is exported") {
  home h;
  auto boards = simulator("30000");
  background run({JOBFARM_PROGRAM, "collect", "--boards-url", boards.first_line,
                  "--data-dir", h.file("d"), "--out", h.file("c.jsonl"),
                  "--quiet"},
                 false);
  wait_for_commits(h.file("d") + "/store");
  CHECK(run.stop(SIGINT) == 130);
  CHECK(std::filesystem::file_size(h.file("c.jsonl")) > 0);
}

TEST_CASE("Ctrl-C waits for no host that keeps silent") {
  std::vector<nodes::responder> never_answered;
  std::promise<void> asked;
  nodes::deferring_handler handler =
      [&](nodes::server_request request,
          nodes::responder answer) {
        nodes::server_response made;
        if (request.target == "/__boards")
          made.body = "ats,token,company\ngreenhouse,acme,Acme\n";
        else if (request.target == "/robots.txt")
          made.status = 404;
        else
          return never_answered.push_back(answer), asked.set_value();
        answer(std::move(made));
      };
  auto site = *nodes::http_server::start({}, handler);
  home h;
  background run({"/bin/sh", "-c",
                  "exec " JOBFARM_PROGRAM " collect --sources greenhouse "
                  "--boards-url http://127.0.0.1:"
                      + std::to_string(site->port()) + " --data-dir "
                      + h.file("d") + " --out " + h.file("c.jsonl") + " 2>"
                      + h.file("err")},
                 false);
  REQUIRE(asked.get_future().wait_for(std::chrono::seconds{30})
          == std::future_status::ready);
  auto begun = std::chrono::steady_clock::now();
  CHECK(run.stop(SIGINT) == 130);
  // Far less than a request may take.
  CHECK(std::chrono::steady_clock::now() - begun < std::chrono::seconds{40});
  auto said = read_file(h.file("err"));
  INFO(said);
  CHECK(said.find("cancelled: 1 pages were not asked for") != said.npos);
}

TEST_CASE("a demo that is interrupted accounts for what it did not fetch") {
  home h;
  background run({"/bin/sh", "-c",
                  "exec " JOBFARM_PROGRAM " demo --postings 60000 --data-dir "
                      + h.file("d") + " --out " + h.file("d.jsonl") + " 2>"
                      + h.file("err")},
                 false);
  wait_for_commits(h.file("d") + "/demo/store");
  CHECK(run.stop(SIGINT) == 130);
  auto said = read_file(h.file("err"));
  INFO(said);
  CHECK(said.find(": adds up") != std::string::npos);
}
