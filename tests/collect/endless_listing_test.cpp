#include "actors/collect/page_reader.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <optional>
#include <string>

using namespace jobfarm;

namespace {

/// What a server says to a request, the number of the page beside it.
using server = std::function<std::string(const http_request&, int)>;

struct walk {
  int pages = 0;
  task_outcome last;
};

/// Reads a listing to its end, as the farm does.
walk read_listing(task asked, const server& answers) {
  walk done;
  for (std::optional<task> next = std::move(asked); next;) {
    auto body = answers(next->request, done.pages++);
    collect::page_answer answered;
    answered.status = 200;
    answered.body = body;
    answered.headers = {{"content-type", "application/json"}};
    answered.final_url = next->request.url;
    answered.fetched_at = "2026-01-01T00:00:00Z";
    done.last = collect::read_page(*next, answered, {}).outcome;
    next.reset();
    for (auto& one : done.last.next_tasks)
      if (one.kind == page_kind::list)
        next = one;
    if (done.pages > 20'000)
      break;
  }
  return done;
}

task first_page(const std::string& source, const std::string& url) {
  task made;
  made.source = source;
  made.board = "acme";
  made.request.url = url;
  return made;
}

std::string reason_of(const walk& done) {
  return done.last.shortfall ? done.last.shortfall->detail : "";
}

std::string lever_posting(int id) {
  return R"({"id":")" + std::to_string(id)
         + R"(","text":"Engineer","hostedUrl":"https://jobs.lever.co/acme/)"
         + std::to_string(id) + "\"}";
}

} // namespace

TEST_CASE("a server that knows no pages is asked for two") {
  auto done = read_listing(
      first_page("lever",
                 "https://api.lever.co/v0/postings/acme?limit=2&skip=0"),
      [](const auto&, int) {
        return '[' + lever_posting(1) + ',' + lever_posting(2) + ']';
      });
  CHECK(done.pages == 2);
  CHECK(done.last.status == answer::partial);
  CHECK(reason_of(done).find("same records on page 2") != std::string::npos);
}

TEST_CASE("a listing that grows without end is ended") {
  auto done = read_listing(
      first_page("smartrecruiters",
                 "https://api.smartrecruiters.com/v1/companies/acme/"
                 "postings?limit=100&offset=0"),
      [](const auto&, int page) {
        auto number = std::to_string(page);
        return R"({"offset":)" + number + R"(,"limit":1,"totalFound":)"
               + std::to_string(page + 100) + R"(,"content":[{"id":")" + number
               + R"(","name":"Engineer"}]})";
      });
  CHECK(done.pages == 10'000);
  CHECK(done.last.status == answer::partial);
  CHECK(reason_of(done).find("after 10000 pages") != std::string::npos);
}

TEST_CASE("a page that leads to itself is the last one") {
  auto done = read_listing(
      first_page("workable", "https://apply.workable.com/api/v3/accounts/acme/"
                             "jobs"),
      [](const auto&, int page) {
        return R"({"total":50,"results":[{"shortcode":")" + std::to_string(page)
               + R"(","title":"Engineer"}],"nextPage":"again"})";
      });
  CHECK(done.pages == 2);
  CHECK(done.last.status == answer::partial);
  CHECK(reason_of(done).find("asks for page 2 again") != std::string::npos);
}

TEST_CASE("an honest listing of many pages is whole") {
  auto done = read_listing(
      first_page("lever",
                 "https://api.lever.co/v0/postings/acme?limit=1&skip=0"),
      [](const auto&, int page) {
        return page < 50 ? '[' + lever_posting(page) + ']' : "[]";
      });
  CHECK(done.pages == 51);
  CHECK(done.last.status != answer::partial);
  CHECK_FALSE(done.last.shortfall);
}
