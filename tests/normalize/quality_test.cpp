#include "actors/normalize/quality.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <string>

using namespace jobfarm;
using namespace jobfarm::normalize;

namespace {

job_posting whole() {
  job_posting p;
  p.title = "Senior Technical Program Manager";
  p.company = "Acme";
  p.url = "https://acme.example/1";
  p.location = "Berlin, Germany";
  p.city = "Berlin";
  p.country = "DE";
  p.remote = work_mode::hybrid;
  p.salary_min = 80'000;
  p.salary_max = 100'000;
  p.salary_confidence = 0.98;
  p.posted_at = "2026-11-20T00:00:00Z";
  p.description = std::string(600, 'a');
  p.employment_type = employment_type::full_time;
  p.seniority = seniority::senior;
  p.skills = {"agile"};
  return p;
}

} // namespace

TEST_CASE("a record with every field is complete and trusted") {
  CHECK(completeness_of(whole()) == 100);
  CHECK(quality_of(whole(), false) > 0.99);
}

TEST_CASE("corrupting a field lowers completeness or trust, raises neither") {
  using change = std::function<void(job_posting&)>;
  const change corruptions[] = {
      [](job_posting& p) { p.company.clear(); },
      [](job_posting& p) { p.url.clear(); },
      [](job_posting& p) { p.title = "X"; },
      [](job_posting& p) { p.title = std::string(300, 'x'); },
      [](job_posting& p) { p.country.clear(), p.city.clear(); },
      [](job_posting& p) { p.remote = work_mode::unknown; },
      [](job_posting& p) { p.salary_min.reset(), p.salary_max.reset(); },
      [](job_posting& p) { p.salary_confidence = 0.5; },
      [](job_posting& p) { p.salary_inferred = {"period"}; },
      [](job_posting& p) { p.posted_at.clear(); },
      [](job_posting& p) { p.description = "short"; },
      [](job_posting& p) { p.description.clear(); },
      [](job_posting& p) { p.employment_type = employment_type::unknown; },
      [](job_posting& p) { p.seniority = seniority::unknown; },
      [](job_posting& p) { p.skills.clear(); },
  };
  auto complete = completeness_of(whole());
  auto trusted = quality_of(whole(), false);
  for (const auto& corrupt : corruptions) {
    auto p = whole();
    corrupt(p);
    auto now = completeness_of(p);
    auto trust = quality_of(p, false);
    CHECK(now <= complete);
    CHECK(trust <= trusted);
    CHECK((now < complete || trust < trusted));
  }
  CHECK(quality_of(whole(), true) < trusted);
}
