#include "actors/normalize/normalizer.hpp"

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/quality.hpp"
#include "actors/text/folded_text.hpp"
#include "messages/json.hpp"
#include "tests/normalize/world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <random>

using namespace jobfarm;
using normalize::rules;

namespace {

raw_posting sample() {
  raw_posting raw;
  raw.source = "greenhouse";
  raw.source_id = "42";
  raw.board = "acme";
  raw.title = "Sr. Technical Program Manager (m/f/d)";
  raw.company = "Acme, Inc.";
  raw.location = "Berlin, Germany (Hybrid)";
  raw.posted = "2026-11-20T08:00:00-05:00";
  raw.fetched_at = "2026-11-24T10:00:00Z";
  raw.url = "https://Job-Boards.greenhouse.io/acme/jobs/42?gh_src=x";
  raw.description_html =
      "&lt;p&gt;We plan launches.&amp;nbsp;You have 5+ years of "
      "experience with Jira.&lt;/p&gt;&lt;p&gt;The salary range is "
      "\xE2\x82\xAC"
      "80,000 - \xE2\x82\xAC"
      "95,000 per year.&lt;/p&gt;";
  raw.employment_type = "Full-time";
  raw.extra.text = R"({"requisition_id":"R-1","team":"Core"})";
  return raw;
}

} // namespace

TEST_CASE("postings of one board keep no field of each other") {
  auto plain = *rules().normalize(sample());
  auto place_of = [](auto change) {
    auto raw = sample();
    raw.location = "Springfield";
    change(raw);
    auto made = *rules().normalize(raw);
    return made.country + '/' + made.admin1_code + '/' + made.location_scope
           + '/' + std::to_string(made.locations.size());
  };
  auto alone = place_of([](auto&) {});
  auto with_region = place_of([](auto& raw) {
    raw.extra.text = R"({"addresses":[{"city":"Springfield","region":"Ohio",)"
                     R"("country":"US"}]})";
  });
  CHECK(with_region != alone);
  CHECK(place_of([](auto& raw) { raw.locations = {"Paris, France"}; })
        != alone);
  CHECK(place_of([](auto& raw) { raw.location = ""; }) != alone);
  CHECK(place_of([](auto&) {}) == alone);
  auto later = sample();
  later.posted = "3 days ago";
  auto first = *rules().normalize(later);
  later.fetched_at = "2026-11-25T10:00:00Z";
  CHECK(rules().normalize(later)->posted_at != first.posted_at);
  auto other = sample();
  other.company = "Borealis GmbH";
  CHECK(rules().normalize(other)->company_normalized == "borealis");
  CHECK(to_json(*rules().normalize(sample())) == to_json(plain));
}

TEST_CASE("a raw posting becomes one clean record") {
  auto p = *rules().normalize(sample());
  CHECK(p.id.size() == 32);
  CHECK(p.title == "Sr. Technical Program Manager");
  CHECK(p.title_normalized == "senior technical program manager");
  CHECK(p.seniority == seniority::senior);
  CHECK(p.role_family == "technical_program_management");
  CHECK(p.company_normalized == "acme");
  CHECK(p.city == "Berlin");
  CHECK(p.country == "DE");
  CHECK(p.region == "Western Europe");
  CHECK(p.remote == work_mode::hybrid);
  CHECK(p.url == "https://job-boards.greenhouse.io/acme/jobs/42");
  CHECK(p.description.rfind("We plan launches. You have", 0) == 0);
  CHECK(p.salary_min == 80'000.0);
  CHECK(p.salary_max == 95'000.0);
  CHECK(p.salary_currency == "EUR");
  CHECK(p.salary_source == "description");
  CHECK(std::abs(*p.salary_usd_min - 80'000 / 0.8802) < 10);
  CHECK(p.posted_at == "2026-11-20T13:00:00Z");
  CHECK(p.employment_type == employment_type::full_time);
  CHECK(p.requisition_id == "R-1");
  CHECK(p.experience_years_min == 5.0);
  CHECK(p.sightings.size() == 1);
  CHECK(p.extra.text.find("\"team\":\"Core\"") != std::string::npos);
}

TEST_CASE("the id follows source and source id, not the wording") {
  auto a = *rules().normalize(sample());
  auto other = sample();
  other.title = "Another title";
  CHECK(rules().normalize(other)->id == a.id);
  other.source_id = "43";
  CHECK(rules().normalize(other)->id != a.id);
}

TEST_CASE("what cannot be a posting is rejected with the reason") {
  auto raw = sample();
  raw.title = " ";
  CHECK(rules().normalize(raw).error().detail == "no title");
  raw = sample();
  raw.source_id.clear();
  raw.url.clear();
  CHECK(rules().normalize(raw).error().detail == "neither id nor url");
}

TEST_CASE(
    "a posting of no known country is of the region Other International") {
  auto raw = sample();
  raw.location = "Remote";
  auto p = *rules().normalize(raw);
  CHECK(p.country.empty());
  CHECK(p.region == "Other International");
  raw.location.clear();
  CHECK(rules().normalize(raw)->region == "Other International");
}

TEST_CASE("one job in many places: each posting is as it is alone") {
  auto several = sample();
  several.description_html =
      "<p>This is a hybrid role: three days in the office. You bring 5+ years "
      "of experience with Kubernetes.</p><p>Austin: $150,000 - $185,000 a "
      "year. San Francisco: $180,000 - $220,000 a year. We do not offer visa "
      "sponsorship.</p>";
  auto single = sample();
  single.description_html = "<p>We work remotely. The salary is $90,000 a "
                            "year.</p>";
  // As long, and the same but for its begin.
  auto other = several;
  other.description_html.replace(0, 19, "<p>This is a remote");
  std::vector<raw_posting> all;
  for (const auto& text : {several, single, sample(), other})
    for (const auto* place :
         {"Austin, TX", "San Francisco, CA", "Toronto, Canada"})
      for (const auto* extra :
           {"{}", R"({"language":"fr"})", R"({"skills":["Rust"]})",
            R"({"experience_months":30})", R"({"workplace_type":"On-site"})",
            R"({"experience_requirements":"7 years of experience"})",
            R"({"salary_ranges":[{"min":1e5,"max":2e5,"currency":"USD"}]})"})
        for (const auto* pay : {"", "$100,000 a year"}) {
          all.push_back(text);
          all.back().source_id = std::to_string(all.size());
          all.back().title = all.size() % 11 == 0 ? " " : text.title;
          all.back().location = place;
          all.back().extra.text = extra;
          all.back().salary = pay;
        }
  std::mt19937 random(3);
  for (int round = 0; round < 100; ++round) {
    std::shuffle(all.begin(), all.end(), random);
    std::vector<raw_posting> some(all.begin(), all.begin() + 24);
    std::vector<std::string> seen(some.size());
    auto made =
        rules().normalize_all(some, [&](std::size_t one, std::size_t first,
                                        const text::folded_text& text) {
          CHECK(seen[one].empty());
          seen[one] = text.original();
          CHECK(seen[one] == seen[first]);
        });
    for (std::size_t i = 0; i < made.postings.size(); ++i)
      CHECK(seen[i] == made.postings[i].description);
    auto posting = made.postings.begin();
    auto misfit = made.misfits.begin();
    for (std::size_t i = 0; i < some.size(); ++i)
      if (auto alone = rules().normalize(all[i]))
        REQUIRE(*posting++ == *alone);
      else
        REQUIRE(misfit++->index == i);
  }
}

TEST_CASE("taking a field away lowers the scores, never raises them") {
  auto whole = *rules().normalize(sample());
  auto without = [&](auto change) {
    auto p = whole;
    change(p);
    return std::pair{normalize::quality_of(p, false),
                     normalize::completeness_of(p)};
  };
  auto full = without([](job_posting&) {});
  for (const auto& [quality, completeness] :
       {without([](job_posting& p) { p.company.clear(); }),
        without([](job_posting& p) { p.url.clear(); }),
        without([](job_posting& p) { p.posted_at.clear(); }),
        without([](job_posting& p) { p.description.clear(); })}) {
    CHECK(quality < full.first);
    CHECK(completeness <= full.second);
  }
}

TEST_CASE("normalising is deterministic and total on random bytes") {
  std::mt19937 random(7);
  auto bytes = [&](std::size_t most) {
    std::string text(random() % most, '\0');
    for (auto& c : text)
      c = static_cast<char>(random());
    return text;
  };
  for (int i = 0; i < 300; ++i) {
    raw_posting raw;
    raw.source = "lever";
    raw.source_id = "1";
    raw.title = bytes(200);
    raw.company = bytes(100);
    raw.location = bytes(300);
    raw.salary = bytes(100);
    raw.posted = bytes(60);
    raw.url = bytes(200);
    raw.description_html = bytes(4000);
    raw.extra.text = bytes(50);
    auto first = rules().normalize(raw);
    auto second = rules().normalize(raw);
    REQUIRE(first.has_value() == second.has_value());
    if (first) {
      CHECK(*first == *second);
      CHECK(from_json<job_posting>(to_json(*first)));
    }
  }
}

TEST_CASE("a role's public codes are kept beside it, where they are sure") {
  auto raw = sample();
  raw.title = "Senior Technical Program Manager";
  auto posting = rules().normalize(raw);
  REQUIRE(posting);
  CHECK(
      posting->extra.text.find(R"("soc_code":"15-1299.09","isco_code":"1330")")
      != std::string::npos);
  raw.title = "Product Manager";
  posting = rules().normalize(raw);
  REQUIRE(posting);
  CHECK(posting->extra.text.find("soc_code") == std::string::npos);
}

TEST_CASE("what was found replaces what the source says under its name") {
  auto raw = sample();
  raw.title = "Owl Keeper";
  raw.salary = "";
  raw.description_html = "We sponsor visas for this role.";
  raw.extra.text = R"({"visa_sentence":"x","soc_code":"1"})";
  CHECK(
      rules().normalize(raw)->extra.text
      == R"({"soc_code":"1","visa_sentence":"We sponsor visas for this role."})");
}

TEST_CASE("what was found stands behind what the source says beside fields") {
  auto extra_of = [](std::string text) {
    auto raw = sample();
    raw.title = "Technical Program Manager";
    raw.extra.text = std::move(text);
    return rules().normalize(raw)->extra.text;
  };
  const std::string codes = R"("soc_code":"15-1299.09","isco_code":"1330"})";
  CHECK(extra_of("") == '{' + codes);
  CHECK(extra_of("no object") == '{' + codes);
  CHECK(extra_of("{}") == '{' + codes);
  CHECK(extra_of(R"({"a":"b","c":["x","y"],"d":[]})")
        == R"({"a":"b","c":["x","y"],"d":[],)" + codes);
  CHECK(extra_of(R"({ "a" : ["b" , ""] })") == R"({"a":["b",""],)" + codes);
  CHECK(extra_of(R"({"a":"\u0041\"\\"})") == R"({"a":"A\"\\",)" + codes);
  CHECK(extra_of(R"({"n":12,"t":true,"o":{"p":null}})")
        == R"({"n":12,"t":true,"o":{"p":null},)" + codes);
  CHECK(extra_of(R"({"soc_code":"1","a":"b"})") == R"({"a":"b",)" + codes);
  CHECK(extra_of(R"({"visa_sentence":"x","salary_ranges":[]})")
        == R"({"visa_sentence":"x","salary_ranges":[],)" + codes);
}
