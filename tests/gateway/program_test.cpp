#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

// A node as a process of its own, asked by the program's commands.

using jobfarm::test::read_file;
using nlohmann::json;

namespace {

struct outcome {
  int code = -1;
  std::string out;
  std::string err;
};

/// A program that runs beside the test; its first line of output is where it
/// serves.
class server_process {
public:
  server_process(const std::string& home, const std::string& arguments) {
    int ends[2];
    REQUIRE(::pipe2(ends, O_CLOEXEC) == 0);
    auto command = "XDG_DATA_HOME=" + home + "/data XDG_CONFIG_HOME=" + home
                   + "/config exec " JOBFARM_PROGRAM " " + arguments + " 2>"
                   + home + "/server.err";
    pid_ = ::fork();
    if (pid_ == 0) {
      ::dup2(ends[1], STDOUT_FILENO);
      ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(ends[1]);
    char c = 0;
    while (::read(ends[0], &c, 1) == 1 && c != '\n')
      url += c;
    ::close(ends[0]);
    INFO(read_file(home + "/server.err"));
    REQUIRE(url.rfind("http://", 0) == 0);
  }
  ~server_process() {
    stop(SIGTERM);
  }

  int stop(int signal) {
    if (pid_ <= 0)
      return -1;
    int status = 0;
    ::kill(pid_, signal);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }

  std::string url;

private:
  pid_t pid_ = -1;
};

class cluster {
public:
  cluster() {
    boards = std::make_unique<server_process>(
        home(), "simulate --postings 600 --quiet");
    start();
  }

  void start(const std::string& more = {}) {
    node = std::make_unique<server_process>(
        home(), "node --role all --name n1 --http-port 0 --boards-url "
                    + boards->url + more);
  }

  std::string home() const {
    return dir_.path().string();
  }
  std::string file(const std::string& name) const {
    return home() + '/' + name;
  }

  outcome run(const std::string& arguments,
              const std::string& environment = {}) const {
    auto command = "JOBFARM_SERVER=" + node->url + " XDG_DATA_HOME=" + home()
                   + "/data XDG_CONFIG_HOME=" + home() + "/config "
                   + environment + ' ' + JOBFARM_PROGRAM + ' ' + arguments
                   + " >" + file("out") + " 2>" + file("err");
    auto status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1,
            read_file(file("out")), read_file(file("err"))};
  }

  /// The id of a query over every board that the node knows.
  std::string submit() const {
    auto done = run("submit --quiet --enrich none");
    INFO(done.err);
    REQUIRE(done.code == 0);
    return done.out.substr(0, done.out.size() - 1);
  }

  std::unique_ptr<server_process> boards;
  std::unique_ptr<server_process> node;

private:
  jobfarm::test::temporary_directory dir_;
};

auto lines_in(const std::string& text) {
  return std::count(text.begin(), text.end(), '\n');
}

} // namespace

TEST_CASE("a query runs on a node and is handed out in every form") {
  cluster c;
  auto id = c.submit();
  auto watched = c.run("watch --json " + id);
  INFO(watched.err);
  CHECK(watched.code == 0);
  auto result = json::parse(watched.out);
  CHECK(result["raw_jobs"] == 600);
  auto jobs = result["total_jobs"].get<long>();

  auto lines = c.run("results " + id);
  CHECK(lines.code == 0);
  CHECK(lines_in(lines.out) == jobs);
  auto files = c.run("results " + id + " --out " + c.file("a.jsonl") + ','
                     + c.file("a.xlsx"));
  INFO(files.err);
  CHECK(files.code == 0);
  CHECK(read_file(c.file("a.jsonl")) == lines.out);
  CHECK(read_file(c.file("a.xlsx")).substr(0, 2) == "PK");

  auto listed = c.run("list --json");
  CHECK(json::parse(listed.out)["query_id"] == id);
  CHECK(c.run("list").out.find("complete") != std::string::npos);
  auto audit = c.run("audit " + id);
  CHECK(audit.code == 0);
  CHECK(audit.err.find("adds up") != std::string::npos);
  auto posting = json::parse(lines.out.substr(0, lines.out.find('\n')));
  auto way = c.run("audit --posting " + posting["id"].get<std::string>());
  CHECK(way.code == 0);
  CHECK(way.out.find("stored") != std::string::npos);
  CHECK(c.run("status --check").code == 0);
  CHECK(json::parse(c.run("nodes --json").out)["id"] == "n1");
  CHECK(c.run("stats http_requests").out.find("jobfarm_http_requests_total")
        != std::string::npos);
  CHECK(c.run("dead list").code == 0);
  auto first = c.run("sources --json").out;
  CHECK(json::parse(first.substr(0, first.find('\n')))["healthy"] == true);
  auto late = c.run("cancel " + id);
  CHECK(late.code == 0);
  CHECK(late.err.find("had ended already: complete") != std::string::npos);

  CHECK(c.run("drain n1 --wait 30s").code == 0);
  CHECK(c.run("status --check").code == 1);
  CHECK(c.node->stop(SIGTERM) == 0);
}

TEST_CASE("a cluster hands out no more than the limit, and says so") {
  cluster c;
  auto submitted = c.run("submit --quiet --enrich none --remote --limit 3");
  REQUIRE(submitted.code == 0);
  auto id = submitted.out.substr(0, submitted.out.size() - 1);
  auto result = json::parse(c.run("watch --json " + id).out);
  CHECK(result["total_jobs"] == 3);
  CHECK(result["cut"]["found"] >= 3);
  auto lines = c.run("results " + id);
  CHECK(lines_in(lines.out) == 3);
  CHECK(lines.err.find("cut by --limit") != std::string::npos);
  CHECK(lines.out.find("\"remote\":\"hybrid\"") == std::string::npos);
}

TEST_CASE("the exit code tells who did not answer and who did not permit") {
  cluster c;
  CHECK(c.run("list --server http://127.0.0.1:1").code == 5);
  CHECK(c.run("status --server ftp://x").code == 2);
  CHECK(c.run("watch nobody").code == 2);
  CHECK(c.run("watch").code == 2);
  CHECK(c.run("drain nobody").code == 2);
  std::ofstream(c.file("wrong")) << "jf_wrong\n";
  auto refused = c.run("list --token-file " + c.file("wrong"));
  CHECK(refused.code == 6);
  CHECK(refused.err.find("jf_wrong") == std::string::npos);
  CHECK(c.run("list", "JOBFARM_TOKEN_FILE=" + c.file("none")).code == 2);
  auto bad = c.run("submit --sources nobody");
  CHECK(bad.code == 2);
  CHECK(bad.err.find("unknown source") != std::string::npos);
}

TEST_CASE("a node that is killed goes on with its queries when it is back") {
  cluster c;
  auto id = c.submit();
  c.node->stop(SIGKILL);
  CHECK(c.run("list").code == 5);
  c.start();
  auto watched = c.run("watch --json " + id);
  INFO(watched.err);
  CHECK(watched.code == 0);
  auto audit = c.run("audit --json " + id);
  CHECK(json::parse(audit.out)["adds_up"] == true);
  auto all = json::parse(watched.out);
  CHECK(lines_in(c.run("results " + id).out) == all["total_jobs"].get<long>());
}

TEST_CASE("a cancelled query is over and stays over") {
  cluster c;
  auto id = c.submit();
  CHECK(c.run("cancel " + id).code == 0);
  auto code = c.run("watch " + id).code;
  CHECK((code == 3 || code == 0));
  auto before = c.run("list --json").out;
  c.node->stop(SIGTERM);
  c.start();
  CHECK(json::parse(c.run("list --json").out)["status"]
        == json::parse(before)["status"]);
}

TEST_CASE("collectors that are killed lose nothing; faults must be allowed") {
  cluster c;
  CHECK(c.run("fault inject collector.page --effect kill").code == 6);
  c.node->stop(SIGTERM);
  c.start(" --allow-faults --log-level debug");
  CHECK(c.run("fault inject no.point").code == 2);
  CHECK(c.run("fault inject collector.page --effect kill --times 8 --seed 3 "
              "--probability 0.5")
            .code
        == 0);
  CHECK(c.run("fault inject store.commit --effect delay --delay-ms 5").code
        == 0);
  auto id = c.submit();
  auto watched = c.run("watch --json " + id);
  INFO(watched.err);
  CHECK(watched.code == 0);
  CHECK(json::parse(watched.out)["raw_jobs"] == 600);
  CHECK(c.run("audit " + id).code == 0);
  auto faults = c.run("fault list --json");
  INFO(faults.out);
  CHECK(json::parse(faults.out.substr(0, faults.out.find('\n')))["struck"]
        == 8);
  CHECK(c.run("fault clear 1abc").code == 2);
  CHECK(lines_in(c.run("fault list --json").out) == lines_in(faults.out));
  CHECK(c.run("fault clear").code == 0);
  CHECK(c.run("fault list").out.empty());
  CHECK(c.run("stats postings_total").out.find("stage=\"stored\"")
        != std::string::npos);
  c.node->stop(SIGTERM);
  std::ifstream log(c.file("server.err"));
  std::size_t pages = 0;
  for (std::string line; std::getline(log, line);)
    if (line[0] == '{')
      pages += json::parse(line)["event"] == "page_done";
  CHECK(pages > 0);
}

TEST_CASE("no secret is told: not in logs, not in the store's files") {
  cluster c;
  c.submit();
  auto token = read_file(c.file("data/jobfarm/admin-token"));
  token.pop_back();
  REQUIRE(token.size() == 46);
  c.node->stop(SIGTERM);
  CHECK(read_file(c.file("server.err")).find(token) == std::string::npos);
  namespace fs = std::filesystem;
  for (const auto& one :
       fs::recursive_directory_iterator(c.file("data/jobfarm")))
    if (one.is_regular_file() && one.path().filename() != "admin-token") {
      INFO(one.path());
      CHECK(read_file(one.path()).find(token) == std::string::npos);
    }
}
