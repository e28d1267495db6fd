#include "actors/enrich/fit.hpp"
#include "actors/enrich/terms.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::enrich;

namespace {

constexpr std::int64_t now = 1'795'514'400; // 2026-11-24T10:00:00Z

job_posting posting(const std::string& title, const std::string& text,
                    const std::string& posted = "2026-11-23T00:00:00Z") {
  job_posting p;
  p.title = title;
  p.description = text;
  p.posted_at = posted;
  return p;
}

double score(const fit_model& model, const job_posting& p) {
  return *model.score(p, now).ml_score;
}

} // namespace

TEST_CASE("terms are folded words without plural, stop words apart") {
  CHECK(query_terms("The Programs of C++ and Caf\xC3\xA9s")
        == std::vector<std::string>{"program", "c++", "cafe"});
}

TEST_CASE("a hit in the title beats one in the text, and that beats none") {
  fit_model model({"program manager", {}, false, std::nullopt});
  auto in_title = posting("Program Manager", "You will lead.");
  auto in_text = posting("Lead", "You work as program manager here.");
  auto nowhere = posting("Chef", "You cook.");
  for (const auto& one : {in_title, in_text, nowhere})
    model.observe(one);
  CHECK(score(model, in_title) > score(model, in_text));
  CHECK(score(model, in_text) > score(model, nowhere));
  auto why = model.score(in_title, now);
  CHECK(why.keyword_matches == std::vector<std::string>{"program", "manager"});
  CHECK(why.ml_score_parts.text.find("\"text\":") != std::string::npos);
}

TEST_CASE("a score tells its method, its fields and how far they are known") {
  fit_model model({"chef", {}, false, 60'000});
  auto whole = posting("Chef", "");
  whole.salary_usd_max = 70'000;
  auto partly = posting("Chef", "", "");
  for (const auto& one : {whole, partly})
    model.observe(one);
  auto ends_with = [](const std::string& text, const std::string& end) {
    return text.size() > end.size()
           && text.compare(text.size() - end.size(), end.size(), end) == 0;
  };
  CHECK(ends_with(model.score(whole, now).ml_score_parts.text,
                  R"("method":"rules","confidence":1,)"
                  R"("sources":["title","skills","tags","description",)"
                  R"("posted_at","salary_usd_min","salary_usd_max"]})"));
  CHECK(ends_with(model.score(partly, now).ml_score_parts.text,
                  R"("method":"rules","confidence":0.7059,)"
                  R"("sources":["title","skills","tags","description"]})"));
}

TEST_CASE("newer, at a wanted place, better paid: each raises the score") {
  fit_model model({"chef", {normalize::wanted_place{"Berlin"}}, false, 60'000});
  auto base = posting("Chef", "", "2026-09-01T00:00:00Z");
  base.country = "FR";
  base.salary_usd_max = 40'000;
  model.observe(base);
  auto newer = base;
  newer.posted_at = "2026-11-24T00:00:00Z";
  auto nearer = base;
  nearer.city = "Berlin";
  auto paid = base;
  paid.salary_usd_max = 70'000;
  for (const auto& better : {newer, nearer, paid})
    CHECK(score(model, better) > score(model, base));
}

TEST_CASE("who asks for nothing gets no score") {
  fit_model model({});
  CHECK_FALSE(model.score(posting("Chef", ""), now).ml_score);
}
