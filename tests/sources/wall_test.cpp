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

TEST_CASE("walls of many makers and languages are told from pages") {
  const char* walls[] = {
      // Titles alone.
      "<title>Einen Moment…</title><p>x</p>",
      "<title>Um momento…</title><p>x</p>", "<title>请稍候…</title><p>x</p>",
      "<title>ACCÈS REFUSÉ</title><p>x</p>",
      "<title>Доступ ограничен</title><p>x</p>",
      "<title>403 Forbidden</title><h1>403 Forbidden</h1>",
      "<title>Avant de continuer vers Google</title><p>x</p>",
      "<title>Se connecter à Acme</title><p>x</p>",
      "<title>Inicia sesión | Acme</title><p>x</p>",
      // Words without a telling title.
      "<title>Acme</title><p>Please confirm you are human to go on.</p>",
      "<title>acme.example</title><p>Wir müssen prüfen, dass Sie ein Mensch "
      "sind.</p>",
      "<title>Acme</title><p>Confirmez que vous êtes humain.</p>",
      "<title>Acme</title><p>Confirma que eres humano</p>",
      "<title>Acme</title><p>続行するには、人間であることを確認してください</"
      "p>",
      "<title>Acme</title><p>请完成安全验证后继续访问</p>",
      "<title>Acme</title><p>Your IP has been blocked.</p>",
      "<title>Acme</title><p>Access denied. Reference 18.2f</p>",
      "<title>Amazon</title><p>Enter the characters you see below</p>",
      // Marks of services.
      "<p>.</p><script>var dd={'rt':'c','cid':'x'}</script>",
      "<p>.</p><script>window.KPSDK={};KPSDK.now=1</script>",
      "<script>window.location.href='https://x/authwall?trk=a'</script>",
      // Members only.
      "<title>Acme Careers</title><form><input name=e><input type=password>"
      "</form>",
      "<title>Acme Careers</title><p>Please log in to see our jobs.</p>",
      "<title>Acme</title><p>You must be logged in to view this page</p>",
      // Sent on, or asked for consent elsewhere.
      "<meta http-equiv=refresh content=\"0; url='/login?next=/jobs'\">",
      "<form action=\"https://consent.acme.example/save\"><button>Accept all"
      "</button></form>"};
  for (const auto* wall : walls) {
    INFO(wall);
    CHECK(code_of(with(200, wall)) == errc::bot_detected);
  }
  CHECK(code_of(with(200, R"({"url":"https://geo.captcha-delivery.com/c/?i"})"))
        == errc::bot_detected);
  CHECK(code_of(with(403, R"({"appId":"PX1","blockScript":"/x.js"})"))
        == errc::bot_detected);
}

TEST_CASE("pages that only look like walls are read") {
  const std::string job = "<p>You will triage suspicious activity, handle "
                          "automated requests and security check reports for "
                          "our login and captcha teams.</p>";
  auto words = [](std::size_t count) {
    std::string text;
    while (text.size() < count)
      text += "We plan and run large programs together. ";
    return "<p>" + text + "</p>";
  };
  const std::string pages[] = {
      "<title>Fraud Analyst</title>" + job + words(900),
      "<title>Authentication Engineer - Acme</title>" + words(900),
      "<title>Sicherheitsingenieur (m/w/d)</title>" + words(900),
      // Says what it found, and offers more to members.
      "<title>Jobs</title><p>No jobs found</p><form><input type=password>"
      "</form>",
      "<title>Jobs at Acme</title>" + words(1600)
          + "<form><input type=password></form><p>Sign in to see more</p>",
      "<title>Acme</title><p>We use cookies.</p><button>Accept all</button>"
          + words(300),
      "<title>Login Systems Engineer</title><script type="
      "\"application/ld+json\">{\"@type\":\"JobPosting\"}</script>",
      "<title>Acme</title><div id=root></div><noscript>You need to enable "
      "JavaScript to run this app.</noscript><script src=/a.js></script>",
      "<meta http-equiv=refresh content=\"300\"><p>Jobs</p>"};
  for (const auto& one : pages) {
    INFO(one.substr(0, 80));
    auto why = judge_answer(with(200, one));
    INFO((why ? why->detail : ""));
    CHECK_FALSE(why);
  }
}

TEST_CASE("addresses that walls answer from are told by their parts") {
  for (const auto* url :
       {"https://jobs.example.com/en/login.aspx?u=1",
        "https://jobs.example.com/users/sign_in",
        "https://jobs.example.com/_Incapsula/captcha",
        "https://jobs.example.com/sorry/index?continue=x",
        "https://www.jobs.example.com/consent/ask",
        "https://sso.example.com/auth", "https://idp.other.example/x",
        "https://guce.example.com/consent?g=1"}) {
    auto facts = with(200, "<p>x</p>");
    facts.may_move = true;
    facts.final_url = url;
    INFO(url);
    CHECK(code_of(facts) == errc::bot_detected);
  }
  for (const auto* url : {"https://jobs.example.com/jobs/login-engineer-12",
                          "https://jobs.example.com/jobs/captcha-lead",
                          "https://jobs.example.com/list/"}) {
    auto facts = with(200, "<p>x</p>");
    facts.final_url = url;
    CHECK_FALSE(judge_answer(facts));
  }
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

TEST_CASE("a shell shows next to nothing before its scripts have run") {
  using sources::is_shell;
  CHECK(
      is_shell("<html><body><div id=root></div><script src=/a.js></script>"
               "<noscript>Please enable JavaScript.</noscript></body></html>"));
  CHECK_FALSE(is_shell("<html><body><p>No jobs</p></body></html>"));
  CHECK_FALSE(is_shell("<script src=/a.js></script><p>" + std::string(900, 'x')
                       + "</p>"));
  CHECK_FALSE(is_shell("{}"));
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
