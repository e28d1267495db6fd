#include "tests/cli/home.hpp"

#include <catch2/catch.hpp>

#include <filesystem>

#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// What filters read and write, and what happens where they cannot.

using namespace jobfarm::test;

namespace {

const std::string raw =
    R"({"source":"lever","source_id":"1","title":"Chef","url":"https://a.b/1"})";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != text.npos;
}

} // namespace

TEST_CASE("an input that cannot be read is no empty input") {
  home h;
  h.write("raw", raw + '\n');
  for (const std::string filter :
       {"normalize", "dedupe", "similarity", "enrich", "text",
        "parse --source lever", "robots --agent a --url http://a.b/"}) {
    INFO(filter);
    for (const auto& input : {" /", " /nowhere", " < /", " <&-"}) {
      INFO(input);
      auto ran = h.run(filter + input);
      CHECK(ran.code == 2);
      CHECK(ran.out.empty());
      CHECK(contains(ran.err, "cannot read "));
    }
  }
  auto report = h.file("kept.jsonl");
  h.write("kept.jsonl", "kept\n");
  CHECK(h.run("export --out " + report + ' ' + h.file("nowhere")).code == 2);
  CHECK(read_file(report) == "kept\n");
}

TEST_CASE("output that cannot be written is told, a reader that left is not") {
  home h;
  h.write("raw", raw + '\n');
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  ::close(pipe[0]);
  // Shells name descriptors of one digit only.
  REQUIRE(::dup2(pipe[1], 9) == 9);
  for (const std::string command :
       {"normalize", "text", "robots --agent a --url http://a.b/", "sources",
        "--help", "config"}) {
    INFO(command);
    auto input = " < " + h.file("raw");
    auto full = h.run(command + input + " > /dev/full");
    CHECK(full.code == 4);
    CHECK(contains(full.err, "cannot write to stdout: No space left"));
    CHECK(h.run(command + input + " >&-").code == 4);
    auto gone = h.run(command + input + " >&9");
    CHECK(gone.code == 0);
    CHECK(gone.err.empty());
  }
  ::close(pipe[1]);
  ::close(9);
}

TEST_CASE("a filter ends with its reader, and finishes what else it writes") {
  home h;
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += raw + '\n';
  h.write("raw", many);
  auto ran = h.run("normalize < " + h.file("raw") + " | head -n 1");
  CHECK(lines_of(ran.out).size() == 1);
  CHECK(ran.err.empty());
}

TEST_CASE("decisions go into a device or a pipe, which stay what they are") {
  home h;
  h.write("raw", raw + '\n');
  auto clean = h.run("normalize " + h.file("raw")).out;
  h.write("clean", clean + clean);
  auto dedupe = "dedupe " + h.file("clean") + " --pairs ";
  auto fifo = h.file("fifo");
  REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
  auto piped = h.run(dedupe + fifo + " & cat " + fifo + " >" + h.file("pairs")
                     + "; wait");
  CHECK(lines_of(read_file(h.file("pairs"))).size() == 1);
  CHECK(std::filesystem::is_fifo(fifo));
  auto both = h.run(dedupe + "/dev/stdout");
  CHECK(lines_of(both.out).size() == 2);
  // A device of our own: making one takes root.
  auto full = h.file("full");
  if (::mknod(full.c_str(), S_IFCHR | 0666, ::makedev(1, 7)) != 0)
    return;
  auto ran = h.run(dedupe + full);
  if (contains(ran.err, "Permission denied"))
    return;
  CHECK(ran.code == 4);
  CHECK(contains(ran.err, "No space left"));
  CHECK(std::filesystem::is_character_file(full));
}

TEST_CASE("a dash is the standard output, and nothing else is printed there") {
  home h;
  h.write("raw", raw + '\n');
  h.write("clean", h.run("normalize " + h.file("raw")).out);
  const auto twice = h.file("clean") + ' ' + h.file("clean");
  auto pairs = lines_of(h.run("dedupe --pairs - " + twice).out);
  REQUIRE(pairs.size() == 1);
  CHECK(pairs[0].contains("decision"));
  for (const std::string more : {"", " --json"}) {
    auto lines = lines_of(h.run("export --out -" + more + ' ' + twice).out);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0]["title"] == "Chef");
  }
  auto both = h.run("export --json --out -," + h.file("a.csv") + ' ' + twice);
  CHECK(lines_of(both.out).size() == 2);
  CHECK(std::filesystem::exists(h.file("a.csv")));
  auto jobs = h.run("demo --postings 50 --out -");
  CHECK(jobs.code == 0);
  CHECK(lines_of(jobs.out).size() > 10);
  auto unclear = h.run("demo --postings 50 --json --out -");
  CHECK(unclear.code == 2);
  CHECK(unclear.out.empty());
  CHECK(h.run("export --out - " + twice + " >/dev/full").code == 4);
  CHECK_FALSE(std::filesystem::exists("-"));
}

TEST_CASE("two reports are not one file") {
  home h;
  h.write("raw", raw + '\n');
  std::filesystem::create_symlink(h.file("."), h.file("link"));
  for (const auto* other : {"a.jsonl", "./a.jsonl", "link/a.jsonl"})
    for (const std::string command : {"export", "collect", "demo"}) {
      auto ran = h.run(command + " --out " + h.file("a.jsonl") + " --out "
                       + h.file(other) + " <" + h.file("raw"));
      CHECK(ran.code == 2);
      CHECK(contains(ran.err, "twice"));
    }
  CHECK_FALSE(std::filesystem::exists(h.file("a.jsonl")));
}

TEST_CASE("a bad line is told by its number alone, in files by name too") {
  home h;
  h.write("raw", "\xEF\xBB\xBF" + raw + "\r\nno\n" + raw);
  auto ran = h.run("normalize < " + h.file("raw"));
  CHECK(ran.code == 2);
  CHECK(lines_of(ran.out).size() == 2);
  CHECK(ran.err.rfind("line 2: not JSON", 0) == 0);
  auto twice = h.run("normalize " + h.file("raw") + ' ' + h.file("raw"));
  CHECK(lines_of(twice.out).size() == 4);
  CHECK(contains(twice.err, '(' + h.file("raw") + ")\n"));
}

TEST_CASE("every answer has a form for programs") {
  home h;
  h.write("robots", "user-agent: *\ndisallow: /private\n");
  auto robots = "robots --json --agent a < " + h.file("robots") + " --url ";
  CHECK(lines_of(h.run(robots + "http://a.b/jobs").out).at(0)["allowed"]
        == true);
  CHECK(lines_of(h.run(robots + "http://a.b/private").out).at(0)["allowed"]
        == false);
  h.write("page", "<p>Two<br>lines</p>");
  CHECK(lines_of(h.run("text --json < " + h.file("page")).out).at(0)["text"]
        == "Two\nlines");
  CHECK(lines_of(h.run("keys new w1 --json").out).at(0).contains("public_key"));
  CHECK(lines_of(h.run("version --json").out).at(0).contains("version"));
}
