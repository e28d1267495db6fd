#include "actors/sources/source.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace jobfarm;
using nlohmann::json;

namespace {

expected<sources::parsed_page> read(const std::string& source,
                                    const std::string& file,
                                    sources::parse_context context = {}) {
  context.board = "acme";
  context.fetched_at = "2026-11-24T10:00:00Z";
  return sources::find_source(source)->parse(
      test::read_file(test::data_dir() / "sources" / source / file), context);
}

sources::parsed_page page(const std::string& source, const std::string& file,
                          sources::parse_context context = {}) {
  auto got = read(source, file, std::move(context));
  INFO((got ? "" : got.error().detail));
  REQUIRE(got);
  return *got;
}

errc code(const std::string& source, const std::string& file) {
  auto got = read(source, file);
  REQUIRE_FALSE(got);
  return got.error().code;
}

json extra(const raw_posting& raw) {
  return json::parse(raw.extra.text);
}

} // namespace

TEST_CASE("greenhouse: content decoded once, pay, metadata, prospects") {
  auto got = page("greenhouse", "list.json");
  REQUIRE(got.postings.size() == 2);
  CHECK(got.rejections.size() == 1);
  CHECK(got.total_stated == 3);
  CHECK(got.verdict == answer::ok);
  const auto& tpm = got.postings[0];
  CHECK(tpm.source_id == "4001");
  CHECK(tpm.description_html.rfind("<p>Plan &amp; ship.&nbsp;Really.</p>", 0)
        == 0);
  CHECK(tpm.salary.find("81,999") != std::string::npos);
  CHECK(tpm.employment_type == "Full-time");
  CHECK(tpm.posted == "2026-11-20T09:00:00-05:00");
  CHECK(extra(tpm)["metadata"]["Perks"] == "Bikes, Books");
  CHECK(got.postings[1].url.find("gh_jid") != std::string::npos);
  auto detail = page("greenhouse", "detail.json");
  CHECK(detail.kind == page_kind::detail);
  CHECK(detail.postings[0].salary_min == 80'000.0);
}

TEST_CASE("greenhouse: empty, short of its own count, and gone") {
  CHECK(page("greenhouse", "empty.json").verdict == answer::empty);
  CHECK(page("greenhouse", "partial.json").verdict == answer::partial);
  CHECK(code("greenhouse", "error.json") == errc::not_found);
}

TEST_CASE("a byte order mark or half an emoji does not cost a board") {
  auto got =
      sources::find_source("greenhouse")
          ->parse("\xEF\xBB\xBF"
                  R"({"jobs":[{"id":1,"title":"Chef \ud83d",)"
                  R"("absolute_url":"https://a.b/1"}],"meta":{"total":1}})",
                  {});
  REQUIRE(got);
  REQUIRE(got->postings.size() == 1);
  CHECK(got->postings[0].title == "Chef \xEF\xBF\xBD");
}

TEST_CASE("what stands behind a text that may be read does not change it") {
  const std::string text =
      R"({"jobs":[{"id":1,"title":"Cook","content":"Soup"}]})";
  const auto* greenhouse = sources::find_source("greenhouse");
  auto plain = greenhouse->parse(text, {});
  REQUIRE(plain);
  sources::parse_context context;
  context.readable_behind = 64;
  for (char behind : {'\0', '"', '}', '1', '\\'}) {
    auto bytes = text + std::string(context.readable_behind, behind);
    auto view = std::string_view{bytes}.substr(0, text.size());
    auto got = greenhouse->parse(view, context);
    REQUIRE(got);
    CHECK(got->postings == plain->postings);
    view.remove_suffix(1);
    CHECK_FALSE(greenhouse->parse(view, context));
  }
}

TEST_CASE("lever: opening, lists and closing make the text; milliseconds") {
  auto got = page("lever", "list.json");
  REQUIRE(got.postings.size() == 2);
  const auto& one = got.postings[0];
  CHECK(one.description_html
        == "<div>Opening</div><h3>Requirements</h3><ul><li>Patience</li>"
           "<li>Maps</li></ul><div>Closing</div>");
  CHECK(one.posted == "2025-11-13T02:13:20Z");
  CHECK(one.locations == std::vector<std::string>{"Paris", "Lyon"});
  CHECK(one.salary_period == "per-year-salary");
  CHECK(extra(one)["workplace_type"] == "hybrid");
  CHECK(extra(one)["country"] == "FR");
  CHECK(page("lever", "empty.json").verdict == answer::empty);
  CHECK(code("lever", "error.json") == errc::not_found);
}

TEST_CASE("lever: a full page asks for the next, a short one ends") {
  sources::page_request asked;
  asked.request.url =
      "https://api.lever.co/v0/postings/acme?mode=json&skip=0&limit=2";
  sources::parse_context context;
  context.asked = &asked;
  auto got = page("lever", "list.json", context);
  REQUIRE(got.next.size() == 1);
  CHECK(got.next[0].request.url
        == "https://api.lever.co/v0/postings/acme?mode=json&skip=2&limit=2");
  CHECK(got.next[0].collected_before == 2);
  asked.request.url =
      "https://api.lever.co/v0/postings/acme?mode=json&skip=0&limit=100";
  CHECK(page("lever", "list.json", context).next.empty());
}

TEST_CASE("ashby: hidden postings stay hidden, hidden pay too") {
  auto got = page("ashby", "list.json");
  REQUIRE(got.postings.size() == 2);
  CHECK(got.rejections.size() == 1);
  const auto& shown = got.postings[0];
  CHECK(shown.salary_max == 330'000.0);
  CHECK(extra(shown)["workplace_type"] == "Hybrid");
  CHECK_FALSE(shown.remote);
  CHECK(shown.locations.size() == 2);
  CHECK_FALSE(got.postings[1].salary_min);
  CHECK(page("ashby", "empty.json").verdict == answer::empty);
  CHECK(code("ashby", "error.txt") == errc::not_found);
}

TEST_CASE("workable: three versions, hidden places, one posting each") {
  auto widget = page("workable", "list.json");
  REQUIRE(widget.postings.size() == 1);
  CHECK(widget.postings[0].company == "Acme");
  CHECK(widget.postings[0].locations
        == std::vector<std::string>{"Athens, Attica, Greece"});
  CHECK_FALSE(widget.postings[0].remote);
  auto list = page("workable", "list_v3.json");
  CHECK(list.postings.empty());
  REQUIRE(list.next.size() == 2);
  CHECK(list.next[0].kind == page_kind::detail);
  CHECK(list.next[0].listed->department == "Eng, Docs");
  sources::parse_context context;
  context.asked = &list.next[0];
  auto detail = page("workable", "detail.json", context);
  CHECK(detail.postings[0].description_html == "<p>Edit</p><p>Care</p>");
  CHECK(detail.postings[0].location == "Madrid, Spain");
}

TEST_CASE("smartrecruiters: pages by offset, text from the detail") {
  sources::page_request asked;
  asked.request.url = "https://api.smartrecruiters.com/v1/companies/acme/"
                      "postings?limit=2&offset=0";
  sources::parse_context context;
  context.asked = &asked;
  auto got = page("smartrecruiters", "list.json", context);
  CHECK(got.total_stated == 3);
  CHECK(got.verdict == answer::ok);
  REQUIRE(got.next.size() == 3);
  CHECK(got.next[2].request.url.find("offset=2") != std::string::npos);
  auto listed = got.next[0];
  CHECK(listed.listed->source_id == "744000000000001");
  CHECK(extra(*listed.listed)["workplace_type"] == "hybrid");
  context.asked = &listed;
  auto detail = page("smartrecruiters", "detail.json", context);
  REQUIRE(detail.postings.size() == 1);
  const auto& one = detail.postings[0];
  CHECK(one.description_html.find("You deliver.") != std::string::npos);
  CHECK(one.salary_period == "HOURLY");
  CHECK(one.extra.text.find("Somebody") == std::string::npos);
  CHECK(page("smartrecruiters", "empty.json").verdict == answer::empty);
  CHECK_FALSE(read("smartrecruiters", "error.json"));
}

TEST_CASE("remoteok: notice, mojibake, entities, the reader's own address") {
  auto got = page("remoteok", "list.json");
  REQUIRE(got.postings.size() == 2);
  CHECK(got.rejections.size() == 1);
  const auto& one = got.postings[0];
  CHECK(one.company == "R&D Co");
  CHECK(one.location == "S\xC3\xA3o Paulo");
  CHECK(one.description_html == "<p>Lead.</p>");
  CHECK_FALSE(one.salary_min);
  CHECK(got.postings[1].salary_min == 30.0);
  CHECK(got.postings[1].salary_period.empty());
  CHECK(page("remoteok", "empty.json").verdict == answer::empty);
}

TEST_CASE("careerjet: identity by content, numbers as text, no search made") {
  sources::page_request asked;
  asked.request.url = "https://search.api.careerjet.net/v4/query?page=1";
  sources::parse_context context;
  context.asked = &asked;
  auto got = page("careerjet", "list.json", context);
  REQUIRE(got.postings.size() == 1);
  const auto& one = got.postings[0];
  CHECK(one.title == "R&D Lead");
  CHECK(one.description_html.rfind("cut text", 0) == 0);
  CHECK(one.salary_min == 50.0);
  CHECK(one.salary_period == "hour");
  CHECK(one.source_id.size() == 32);
  REQUIRE(got.next.size() == 1);
  CHECK(got.next[0].request.url.find("page=2") != std::string::npos);
  CHECK(code("careerjet", "locations.json") == errc::invalid_input);
  CHECK(code("careerjet", "error.json") == errc::http_error);
  CHECK(page("careerjet", "empty.json").verdict == answer::empty);
}

TEST_CASE("counts that no number holds are a billion, negative ones none") {
  auto total = [](const std::string& source, const std::string& payload) {
    auto got = sources::find_source(source)->parse(payload, {});
    REQUIRE(got);
    return got->total_stated;
  };
  for (const auto* many : {"1e300", "9223372036854775807", "1e19"}) {
    INFO(many);
    CHECK(total("greenhouse",
                R"({"jobs":[],"meta":{"total":)" + std::string{many} + "}}")
          == 1'000'000'000);
    CHECK(
        total("workable", R"({"results":[],"total":)" + std::string{many} + '}')
        == 1'000'000'000);
    CHECK(total("smartrecruiters", R"({"content":[],"offset":)"
                                       + std::string{many} + R"(,"totalFound":)"
                                       + many + '}')
          == 1'000'000'000);
  }
  CHECK_FALSE(total("greenhouse", R"({"jobs":[],"meta":{"total":-1}})"));
}

TEST_CASE("an amount without an end is none") {
  auto got = sources::find_source("careerjet")
                 ->parse(R"({"jobs":[{"title":"T","url":"https://a.example/1",)"
                         R"("salary_min":"inf","salary_max":"1e999"}]})",
                         {});
  REQUIRE(got);
  REQUIRE(got->postings.size() == 1);
  CHECK_FALSE(got->postings[0].salary_min);
  CHECK_FALSE(got->postings[0].salary_max);
}

TEST_CASE("room is found for what a payload can hold, not what it announces") {
  std::string jobs = R"({"id":"1","title":"T"})";
  for (int i = 0; i < 100'000; ++i)
    jobs += ",0";
  for (const auto* source : {"greenhouse", "ashby"}) {
    auto got =
        sources::find_source(source)->parse(R"({"jobs":[)" + jobs + "]}", {});
    REQUIRE(got);
    REQUIRE(got->postings.size() == 1);
    CHECK(got->postings.capacity() * sizeof(raw_posting) < 5'000'000);
  }
}
