#include "actors/sources/source.hpp"
#include "messages/json.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <random>
#include <set>

// What holds for every registered source, on the fixtures in
// tests/data/sources/NAME: a new source is held to it by its registration.

using namespace jobfarm;
using sources::source;
namespace fs = std::filesystem;

namespace {

std::vector<fs::path> fixtures_of(const source& one) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(
           test::data_dir() / "sources" / std::string{one.traits.name}))
    files.push_back(entry.path());
  return files;
}

sources::parse_context context_of(const source& one) {
  sources::parse_context context;
  context.board = "acme";
  context.company = "Acme";
  context.fetched_at = "2026-11-24T10:00:00Z";
  context.url = one.traits.base_url.empty()
                    ? "https://acme.example/jobs/1"
                    : std::string{one.traits.base_url} + "/x?start=0&page=1";
  return context;
}

/// Everything a page gave, as text, to compare two readings.
std::string spelled_out(const expected<sources::parsed_page>& page) {
  if (!page)
    return std::string{to_string(page.error().code)} + page.error().detail;
  std::string text{to_string(page->verdict)};
  for (const auto& one : page->postings)
    text += to_json(one);
  for (const auto& next : page->next)
    text += next.request.url + (next.listed ? to_json(*next.listed) : "");
  for (const auto& one : page->rejections)
    text += to_json(one);
  return text;
}

std::vector<raw_posting> all_postings(const sources::parsed_page& page) {
  auto all = page.postings;
  for (const auto& next : page.next)
    if (next.listed)
      all.push_back(*next.listed);
  return all;
}

bool is_web(const std::string& url) {
  return url.rfind("https://", 0) == 0 || url.rfind("http://", 0) == 0;
}

bool is_judged(const expected<sources::parsed_page>& page) {
  return page ? page->verdict != answer::empty || page->postings.empty()
              : !page.error().detail.empty();
}

} // namespace

TEST_CASE("every source has a name, a type and fixtures of its own") {
  std::set<std::string_view> names;
  for (const auto* one : sources::all_sources()) {
    INFO(one->traits.name);
    CHECK(names.insert(one->traits.name).second);
    CHECK((one->traits.type == "api" || one->traits.type == "scraper"));
    CHECK(one->traits.requests_per_second > 0);
    CHECK(one->traits.concurrent_requests > 0);
    CHECK(fixtures_of(*one).size() >= 2);
    CHECK(sources::find_source(one->traits.name) == one);
  }
  CHECK(names.size() >= 11);
  CHECK(sources::find_source("nobody") == nullptr);
}

TEST_CASE("what a source plans lies under its base URL, wherever that is") {
  for (const auto* one : sources::all_sources()) {
    INFO(one->traits.name);
    sources::plan_context context;
    context.board = {std::string{one->traits.name}, "acme corp", "Acme"};
    context.text = "program manager";
    if (one->traits.base_url.empty())
      context.board.token = "https://acme.example/jobs/1";
    auto here = one->plan(context);
    REQUIRE(here);
    REQUIRE_FALSE(here->empty());
    for (const auto& request : *here) {
      CHECK(is_web(request.request.url));
      CHECK(request.request.url.rfind(std::string{one->traits.base_url}, 0)
            == 0);
      CHECK(request.request.url.find(' ') == std::string::npos);
    }
    if (one->traits.base_url.empty())
      continue;
    context.base_url = "http://127.0.0.1:1/moved";
    auto moved = one->plan(context);
    REQUIRE(moved);
    for (const auto& request : *moved)
      CHECK(request.request.url.rfind(context.base_url, 0) == 0);
  }
}

TEST_CASE("fixtures give postings with an id, a title and a web address") {
  for (const auto* one : sources::all_sources()) {
    std::size_t postings = 0;
    for (const auto& file : fixtures_of(*one)) {
      INFO(file.string());
      auto page = one->parse(test::read_file(file), context_of(*one));
      CHECK(is_judged(page));
      if (!page)
        continue;
      std::set<std::string> ids;
      for (const auto& raw : all_postings(*page)) {
        ++postings;
        CHECK(raw.source == one->traits.name);
        CHECK_FALSE(raw.title.empty());
        CHECK((!raw.source_id.empty() || is_web(raw.url)));
        CHECK(raw.fetched_at == "2026-11-24T10:00:00Z");
        if (!raw.source_id.empty())
          CHECK(ids.insert(raw.source_id).second);
        if (!raw.extra.empty())
          CHECK(compact_json(raw.extra.text));
      }
    }
    INFO(one->traits.name);
    CHECK(postings > 0);
  }
}

TEST_CASE("reading is deterministic") {
  for (const auto* one : sources::all_sources())
    for (const auto& file : fixtures_of(*one)) {
      auto bytes = test::read_file(file);
      CHECK(spelled_out(one->parse(bytes, context_of(*one)))
            == spelled_out(one->parse(bytes, context_of(*one))));
    }
}

TEST_CASE("any bytes are judged: prefixes, mutations, rubbish") {
  std::mt19937 random(20261124);
  for (const auto* one : sources::all_sources())
    for (const auto& file : fixtures_of(*one)) {
      INFO(file.string());
      auto bytes = test::read_file(file);
      for (std::size_t cut = 0; cut < bytes.size(); cut += 23)
        CHECK(is_judged(one->parse(bytes.substr(0, cut), context_of(*one))));
      for (int round = 0; round < 40; ++round) {
        auto changed = bytes;
        for (int i = 0; i < 4; ++i)
          changed[random() % changed.size()] = static_cast<char>(random());
        CHECK(is_judged(one->parse(changed, context_of(*one))));
      }
    }
}

TEST_CASE("a JSON body that was cut off is no board") {
  for (const auto* one : sources::all_sources())
    for (const auto& file : fixtures_of(*one)) {
      if (file.extension() != ".json")
        continue;
      INFO(file.string());
      auto bytes = test::read_file(file);
      auto page =
          one->parse(bytes.substr(0, bytes.size() / 2), context_of(*one));
      CHECK_FALSE(page);
    }
}

TEST_CASE("JSON of another shape is a change of schema, never empty") {
  for (const auto* one : sources::all_sources()) {
    if (one->traits.type != "api" || one->traits.base_url.empty())
      continue;
    INFO(one->traits.name);
    auto page = one->parse(R"({"data":{"items":[]}})", context_of(*one));
    REQUIRE_FALSE(page);
    CHECK(page.error().code == errc::schema_changed);
    CHECK_FALSE(one->parse("{}", context_of(*one)));
    CHECK_FALSE(one->parse("", context_of(*one)));
    CHECK_FALSE(one->parse("null", context_of(*one)));
  }
}

TEST_CASE("a list that shows none of what it states is never an empty one") {
  const std::pair<const char*, const char*> payloads[] = {
      {"greenhouse", R"({"jobs":[],"meta":{"total":12}})"},
      {"workable", R"({"total":9,"results":[]})"},
      {"smartrecruiters",
       R"({"offset":0,"limit":100,"totalFound":7,"content":[]})"},
      {"careerjet", R"({"type":"JOBS","hits":5,"pages":1,"jobs":[]})"},
      {"indeed",
       R"(<script>window.mosaic.providerData["mosaic-provider-jobcards"]=)"
       R"({"metaData":{"mosaicProviderJobCardsModel":{"results":[]}},)"
       R"("totalJobCount":40};</script>)"},
      {"ziprecruiter",
       R"(<script id="js_variables">{"page":1,"maxPages":3,)"
       R"("hydrateJobCardsResponse":{"jobCards":[]},)"
       R"("listJobKeysResponse":{"totalListings":55}}</script>)"}};
  for (const auto& [name, payload] : payloads) {
    INFO(name);
    const auto* one = sources::find_source(name);
    auto page = one->parse(payload, context_of(*one));
    CHECK((!page || page->verdict == answer::partial));
  }
}

TEST_CASE("records of which none can be read are a change of schema") {
  const std::pair<const char*, const char*> payloads[] = {
      {"greenhouse", R"({"jobs":[{"id":1},{"title":"x"}]})"},
      {"lever", R"([{"text":"x"}])"},
      {"ashby", R"({"jobs":[{}]})"},
      {"workable", R"({"jobs":[{"title":"x"}]})"},
      {"workable", R"({"total":1,"results":[{"title":"x"}]})"},
      {"smartrecruiters",
       R"({"offset":0,"limit":100,"totalFound":1,"content":[{"id":"1"}]})"},
      {"remoteok", R"([{"id":"1"}])"},
      {"remoteok", R"([{"legal":"link to us"},5,{"name":"x"}])"},
      {"careerjet", R"({"type":"JOBS","hits":1,"jobs":[{"site":"x"}]})"},
      {"careerjet", R"({"type":"JOBS","jobs":5})"}};
  for (const auto& [name, payload] : payloads) {
    INFO(name << ' ' << payload);
    const auto* one = sources::find_source(name);
    for (const auto& context : {context_of(*one), sources::parse_context{}}) {
      auto page = one->parse(payload, context);
      REQUIRE_FALSE(page);
      CHECK(page.error().code == errc::schema_changed);
    }
  }
}

TEST_CASE("a list read in part tells how many records it could not read") {
  const auto* ashby = sources::find_source("ashby");
  auto page = ashby->parse(R"({"jobs":[{"id":"1","title":"a"},5,{"id":"2"},)"
                           R"({"id":"3","title":"b","isListed":false}]})",
                           context_of(*ashby));
  REQUIRE(page);
  CHECK(page->postings.size() == 1);
  CHECK(page->rejections.size() == 3);
  CHECK(page->unreadable == 2);
}

TEST_CASE("a listing whose later page cannot be read goes on") {
  const auto* lever = sources::find_source("lever");
  sources::page_request asked;
  asked.collected_before = 100;
  auto context = context_of(*lever);
  context.asked = &asked;
  auto page = lever->parse("[{}]", context);
  REQUIRE(page);
  CHECK(page->unreadable == 1);
}

TEST_CASE("a list of nothing but unlisted jobs is an honest one") {
  const auto* ashby = sources::find_source("ashby");
  auto page =
      ashby->parse(R"({"jobs":[{"id":"3","title":"b","isListed":false}]})",
                   context_of(*ashby));
  REQUIRE(page);
  CHECK(page->unreadable == 0);
}

TEST_CASE("a shell for browsers is no empty list to any source") {
  for (const auto* one : sources::all_sources()) {
    INFO(one->traits.name);
    auto page = one->parse("<!doctype html><html><head><title>Acme</title>"
                           "</head><body><div id=\"root\"></div><script "
                           "src=\"/app.js\"></script></body></html>",
                           context_of(*one));
    REQUIRE_FALSE(page);
    CHECK((page.error().code == errc::schema_changed
           || page.error().code == errc::bad_payload));
  }
}
