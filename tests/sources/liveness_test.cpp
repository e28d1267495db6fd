#include "actors/sources/liveness.hpp"
#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::judge_liveness;
using sources::liveness;

namespace {

const std::string open_posting =
    "<h1>Warehouse Lead</h1><p>You run the night shift of our warehouse in "
    "Graz with a team of twelve. Applications are welcome until the position "
    "is filled. We offer a company flat, meals and a yearly bonus. Please "
    "send your CV and the earliest date on which you could start.</p>";

sources::liveness_verdict visit(std::int32_t status, std::string_view body,
                                std::string final_url = {}) {
  return judge_liveness({status, "https://acme.example/jobs/warehouse-lead",
                         std::move(final_url), body});
}

} // namespace

TEST_CASE("an open posting is live") {
  auto verdict = visit(200, open_posting);
  CHECK(verdict.state == liveness::live);
  CHECK(verdict.reason.empty());
  CHECK(visit(200, page("jsonld/related.html")).state == liveness::live);
}

TEST_CASE("a page that is gone is expired") {
  CHECK(visit(404, "").reason == "http_gone");
  CHECK(visit(410, open_posting).state == liveness::expired);
  CHECK(visit(200, R"({"status":404,"error":"no such job"})").reason
        == "expired_body");
}

TEST_CASE("words that close a posting close it in any language") {
  for (auto words :
       {"This job is no longer available.", "The position has been filled!",
        "This posting has expired", "Sorry, this job is closed.",
        "We are no longer accepting applications for it.",
        "The job you are looking for was not found",
        "Diese Stelle ist leider nicht mehr verfügbar.",
        "Diese Stelle wurde bereits besetzt.",
        "Cette offre n'est plus disponible.", "Cette offre a expiré",
        "Esta oferta ya no está disponible", "Вакансия закрыта", "募集終了"}) {
    INFO(words);
    auto verdict = visit(200, open_posting + "<b>" + words + "</b>");
    CHECK(verdict.state == liveness::expired);
    CHECK(verdict.reason == "expired_body");
  }
}

TEST_CASE("words that only look like it do not") {
  for (auto words : {"Open until the position is filled.",
                     "The job board closes at noon; the role is open to all.",
                     "Our closed loop control team builds position sensors.",
                     "You have filled similar roles before."}) {
    INFO(words);
    CHECK(visit(200, open_posting + words).state == liveness::live);
  }
}

TEST_CASE("a visitor sent elsewhere did not see the posting") {
  CHECK(visit(200, open_posting, "https://acme.example/jobs").reason
        == "listing_page");
  CHECK(visit(200, open_posting,
              "https://acme.example/jobs/warehouse-lead?expired=1")
            .reason
        == "expired_url");
  CHECK(
      visit(200, open_posting, "https://acme.example/jobs/warehouse-lead").state
      == liveness::live);
}

TEST_CASE("what says nothing about the posting closes nothing") {
  CHECK(visit(503, "Service Unavailable").state == liveness::uncertain);
  CHECK(visit(403, "").state == liveness::uncertain);
  CHECK(visit(0, "").state == liveness::uncertain);
  CHECK(visit(200, page("walls/challenge.html")).reason == "wall");
  auto shell = visit(200, "<div id=app>Loading</div>");
  CHECK(shell.state == liveness::uncertain);
  CHECK(shell.reason == "insufficient_content");
}

TEST_CASE("failing visits count by what they mean") {
  using sources::classify_visit;
  CHECK(classify_visit(404).close_after == 1);
  CHECK(classify_visit(422).close_after == 3);
  CHECK(classify_visit(403).kind == "transient");
  CHECK_FALSE(classify_visit(429).close_after);
  CHECK_FALSE(classify_visit(502).close_after);
  CHECK(classify_visit(errc::dns_failed).kind == "transient");
  CHECK(classify_visit(errc::not_found).kind == "gone");
}
