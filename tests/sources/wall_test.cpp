#include "actors/sources/wall.hpp"
#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::answer_facts;
using sources::judge_answer;

namespace {

errc code_of(const answer_facts& facts) {
  auto why = judge_answer(facts);
  REQUIRE(why);
  return why->code;
}

answer_facts with(std::int32_t status, std::string_view body = {}) {
  answer_facts facts;
  facts.status = status;
  facts.request_url = "https://jobs.example.com/list";
  facts.final_url = facts.request_url;
  facts.body = body;
  return facts;
}

} // namespace

TEST_CASE("a failing status gives its code") {
  CHECK(code_of(with(401)) == errc::auth_failed);
  CHECK(code_of(with(403)) == errc::bot_detected);
  CHECK(code_of(with(404)) == errc::not_found);
  CHECK(code_of(with(410)) == errc::not_found);
  CHECK(code_of(with(407)) == errc::proxy_failed);
  CHECK(code_of(with(429)) == errc::rate_limited);
  CHECK(code_of(with(500)) == errc::http_error);
  CHECK(code_of(with(503)) == errc::http_error);
  CHECK(code_of(with(999)) == errc::bot_detected);
  CHECK(judge_answer(with(503))->status == 503);
}

TEST_CASE("a refusal that speaks of credentials is about them") {
  CHECK(code_of(with(403, R"({"message":"Invalid API key"})"))
        == errc::auth_failed);
  CHECK(code_of(with(403, R"({"error":"undeclared referrer"})"))
        == errc::auth_failed);
}

TEST_CASE("walls are recognised whatever their status") {
  auto challenge = page("walls/challenge.html");
  CHECK(code_of(with(200, challenge)) == errc::bot_detected);
  CHECK(code_of(with(401, challenge)) == errc::bot_detected);
  CHECK(code_of(with(503, challenge)) == errc::bot_detected);
  CHECK(code_of(with(200, page("walls/sign_in.html"))) == errc::bot_detected);
  CHECK(code_of(with(200, page("walls/consent.html"))) == errc::bot_detected);
  auto marked = with(200);
  marked.headers.push_back({"CF-Mitigated", "challenge"});
  CHECK(code_of(marked) == errc::bot_detected);
}

TEST_CASE("a redirect to a sign-in page is a wall") {
  auto facts = with(200, "<html></html>");
  facts.final_url = "https://jobs.example.com/login?next=%2Flist";
  CHECK(code_of(facts) == errc::bot_detected);
  facts.final_url = "https://consent.example.com/ask";
  CHECK(code_of(facts) == errc::bot_detected);
}

TEST_CASE("an answer from another site is no answer") {
  auto facts = with(200, "{}");
  facts.final_url = "https://example.com/h/jobs";
  CHECK(code_of(facts) == errc::schema_changed);
  facts.final_url = "https://parked.example.net/";
  CHECK(code_of(facts) == errc::schema_changed);
  facts.may_move = true;
  CHECK_FALSE(judge_answer(facts));
  facts.may_move = false;
  facts.final_url = "https://jobs.eu.example.com/list";
  CHECK(judge_answer(facts));
  facts.final_url = "https://www.jobs.example.com/list";
  CHECK_FALSE(judge_answer(facts));
  facts.final_url = "https://boards.example.com/list";
  CHECK_FALSE(judge_answer(facts));
}

TEST_CASE("error bodies give the code that they state") {
  CHECK(code_of(with(200, R"({"status":404,"error":"No such board"})"))
        == errc::not_found);
  CHECK(code_of(with(200, R"({"ok":false,"error":"Thing not found"})"))
        == errc::not_found);
  CHECK(code_of(with(0, "Not Found\n")) == errc::not_found);
  CHECK(code_of(with(0, R"({"statusCode":429,"message":"slow down"})"))
        == errc::rate_limited);
}

TEST_CASE("pages and answers that are none of these pass") {
  CHECK_FALSE(judge_answer(with(200, R"({"jobs":[],"status":"ok"})")));
  CHECK_FALSE(judge_answer(with(200, R"([{"error":"none"}])")));
  CHECK_FALSE(judge_answer(with(200, "<html><title>Jobs</title></html>")));
  CHECK_FALSE(judge_answer(
      with(200, R"(<script src="/recaptcha/api.js"></script><p>Baker</p>)")));
  std::string posting = "<title>Security Checkpoint Lead</title>";
  posting += std::string(8000, 'x');
  CHECK_FALSE(judge_answer(with(200, posting)));
}

TEST_CASE("nothing found is said in words") {
  CHECK(sources::says_nothing_found("<p>No jobs <b>found</b></p>"));
  CHECK(sources::says_nothing_found("Your search did not match any jobs."));
  CHECK_FALSE(sources::says_nothing_found("<p>3 jobs found</p>"));
}

TEST_CASE("a site is itself and what is below it") {
  using sources::stays_on_site;
  CHECK(stays_on_site("example.com", "example.com"));
  CHECK(stays_on_site("example.com", "Jobs.Example.com"));
  CHECK_FALSE(stays_on_site("example.com", "badexample.com"));
  CHECK_FALSE(stays_on_site("example.com", "example.com.evil.net"));
  CHECK_FALSE(stays_on_site("127.0.0.1", "localhost"));
  CHECK_FALSE(stays_on_site("0.0.1", "127.0.0.1"));
  CHECK_FALSE(stays_on_site("", "a"));
}
