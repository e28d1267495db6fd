#include "nodes/gateway/api_request.hpp"
#include "nodes/gateway/cursor.hpp"
#include "nodes/gateway/rate_limit.hpp"
#include "nodes/gateway/search_body.hpp"
#include "nodes/gateway/tokens.hpp"
#include "nodes/gateway/workers.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>

#include <atomic>

using namespace jobfarm;
using namespace jobfarm::nodes::gateway;
using namespace std::chrono_literals;

TEST_CASE("a token is kept as its hash only, and found again") {
  test::temporary_directory dir;
  auto file = (dir.path() / "tokens").string();
  auto admin = *add_token(file, "root", role::admin);
  auto viewer = *add_token(file, "eye", role::viewer);
  CHECK(admin.size() == 3 + 43);
  CHECK(admin != viewer);
  auto text = test::read_file(file);
  CHECK(text.find(admin) == text.npos);
  struct stat status {};
  REQUIRE(::stat(file.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  auto table = *token_table::read(file);
  CHECK(table.find(admin)->name == "root");
  CHECK(table.find(viewer)->who == role::viewer);
  CHECK_FALSE(table.find(viewer + "x"));
  CHECK_FALSE(table.find(""));
}

TEST_CASE("a token file that is not right is refused with its line") {
  auto hash = std::string(64, 'a');
  CHECK(token_table::parse("# none\n\nroot admin " + hash + "\n", "f"));
  for (const auto& line : {std::string{"root admin"}, "root king " + hash,
                           "root admin " + hash + " x", "r/t admin " + hash})
    CHECK(token_table::parse("\n" + line, "f").error().detail.find("f:2: ")
          == 0);
}

TEST_CASE("a quota is counted for each caller and begins anew") {
  rate_limit limit(2, 60s);
  rate_limit::time_point now{};
  now += 1h;
  CHECK(limit.take("a", now).remaining == 1);
  CHECK(limit.take("a", now).is_allowed);
  auto over = limit.take("a", now + 10s);
  CHECK_FALSE(over.is_allowed);
  CHECK(over.reset_s == 50);
  CHECK(limit.take("b", now).is_allowed);
  CHECK(limit.take("a", now + 60s).is_allowed);
}

TEST_CASE("callers without number share what memory there is") {
  rate_limit limit(1, 60s, 2);
  rate_limit::time_point now{};
  now += 1h;
  CHECK(limit.take("a", now).is_allowed);
  CHECK(limit.take("b", now).is_allowed);
  CHECK(limit.take("c", now).is_allowed);
  CHECK_FALSE(limit.take("d", now).is_allowed);
  CHECK(limit.take("d", now + 61s).is_allowed);
}

TEST_CASE("a target may name scheme and host") {
  nodes::server_request raw;
  raw.target = "http://a.example:1/api/v1/queries?limit=1";
  auto request = read_target(raw);
  REQUIRE(request);
  CHECK(request->path == "/api/v1/queries");
  CHECK(request->parameter("limit") == "1");
  raw.target = "http://a.example";
  CHECK(read_target(raw)->path == "/");
  raw.target = "ftp://a.example/";
  CHECK_FALSE(read_target(raw));
}

TEST_CASE("a cursor gives back its key, in its own list only") {
  auto cursor = make_cursor("results/q", "some key/ÿ");
  CHECK(*read_cursor("results/q", cursor) == "some key/ÿ");
  CHECK(*read_cursor("results/q", "") == "");
  CHECK_FALSE(read_cursor("results/r", cursor));
  for (std::size_t i = 0; i < cursor.size(); ++i) {
    auto mangled = cursor;
    mangled[i] = mangled[i] == 'A' ? 'B' : 'A';
    INFO(mangled);
    CHECK_FALSE(read_cursor("results/q", mangled));
  }
}

TEST_CASE("rights grow with the role") {
  CHECK(is_allowed(role::viewer, permission::read));
  CHECK_FALSE(is_allowed(role::viewer, permission::query));
  CHECK(is_allowed(role::employee, permission::query));
  CHECK_FALSE(is_allowed(role::manager, permission::operate));
  CHECK(is_allowed(role::admin, permission::operate));
}

TEST_CASE("workers run in the order of time and refuse what is too much") {
  std::mutex held;
  std::atomic<int> done{0};
  {
    workers pool(1, 2);
    std::unique_lock lock(held);
    std::atomic<bool> runs{false};
    REQUIRE(pool.post([&] {
      runs = true;
      std::lock_guard wait(held);
      ++done;
    }));
    while (!runs)
      std::this_thread::yield();
    CHECK(pool.post([&] { ++done; }));
    CHECK(pool.post([&] { done += 100; }, 1h));
    CHECK_FALSE(pool.post([] {}));
    lock.unlock();
    while (done < 2)
      std::this_thread::yield();
  }
  CHECK(done == 2);
}

TEST_CASE("values that a command refuses are refused in a search") {
  auto where = [](const std::string& body) {
    auto read = read_search(body);
    const auto* why = std::get_if<problem>(&read);
    return why && why->status == 422 && !why->faults.empty()
               ? why->faults.front().pointer
               : std::string{};
  };
  CHECK(where(R"({"salary_currency":"ZZZ"})") == "/salary_currency");
  CHECK(where(R"({"salary_currency":"usd"})") == "/salary_currency");
  CHECK(where(R"({"salary_currency":"EUR"})").empty());
  for (const auto* token : {"../../x", "..", "", "a?b", "a\\\\b"}) {
    INFO(token);
    CHECK(where(R"({"boards":[{"source":"lever","token":"acme"},)"
                R"({"source":"lever","token":")"
                + std::string{token} + R"("}]})")
          == "/boards/1/token");
  }
  CHECK(where(R"({"boards":[{"source":"jsonld","token":"no page"}]})")
        == "/boards/0/token");
  CHECK(where(R"({"boards":[{"source":"lever","token":"acme corp"},)"
              R"({"source":"indeed","token":"c/c++"}]})")
            .empty());
}

TEST_CASE("a list of a search that is too long is refused with its name") {
  auto refused = [](const std::string& name, std::size_t count) {
    std::string body = "{\"" + name + "\":[";
    for (std::size_t i = 0; i < count; ++i)
      body += i == 0 ? "\"a\"" : ",\"a\"";
    auto read = read_search(body + "]}");
    const auto* why = std::get_if<problem>(&read);
    return why ? *why : problem{200, errc::internal, "", {}, {}};
  };
  CHECK(refused("locations", 200).status == 200);
  auto why = refused("locations", 100'000);
  CHECK(why.status == 400);
  CHECK(why.code == errc::invalid_input);
  REQUIRE(why.faults.size() == 1);
  CHECK(why.faults[0].pointer == "/locations");
  CHECK(why.faults[0].detail == "takes at most 200 entries, not 100000");
  CHECK(refused("companies", 1001).status == 400);
  CHECK(refused("boards", 20'001).status == 400);
  // Each is no source: the answer does not name them all.
  CHECK(refused("sources", 100).faults.size() == 100);
  CHECK(refused("sources", 101).faults.size() == 1);
}

TEST_CASE("a number is nothing but digits") {
  CHECK(whole_number("0") == 0);
  CHECK(whole_number("9223372036854775807") == INT64_MAX);
  for (const auto* text : {"", "12abc", " 12", "12 ", "+12", "-0", "-1", "1e3",
                           "0x1", "1.0", "9223372036854775808"}) {
    INFO(text);
    CHECK_FALSE(whole_number(text));
  }
}

TEST_CASE("times of a search are at most a hundred years") {
  auto is_good = [](const std::string& body) {
    return std::holds_alternative<job_query>(read_search(body));
  };
  CHECK(is_good(R"({"posted_within_s":3153600000,"timeout_s":0})"));
  CHECK_FALSE(is_good(R"({"posted_within_s":3153600001})"));
  CHECK_FALSE(is_good(R"({"timeout_s":9223372036854775806})"));
  CHECK_FALSE(is_good(R"({"limit":1e3})"));
  CHECK_FALSE(is_good(R"({"limit":"5"})"));
}
