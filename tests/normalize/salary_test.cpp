#include "actors/normalize/dates.hpp"
#include "actors/normalize/salary.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::normalize;

namespace {

/// "min-max CUR/period", `?` for unknown, empty for none.
std::string summary(const salary_finding& found) {
  if (found.source.empty())
    return {};
  auto bound = [](const std::optional<double>& n) {
    return n ? std::to_string(static_cast<long long>(*n)) : "?";
  };
  return bound(found.range.min) + '-' + bound(found.range.max) + ' '
         + found.range.currency + '/' + found.range.period;
}

std::string of_field(std::string_view text, std::string_view country = "") {
  salary_input input;
  input.field = text;
  input.country = country;
  return summary(find_salary(input));
}

std::string of_text(std::string_view text) {
  salary_input input;
  input.description = text;
  return summary(find_salary(input));
}

} // namespace

TEST_CASE("pay in the currencies, separators and words of many countries") {
  CHECK(of_field("\xE2\x82\xAC"
                 "60.000 \xE2\x80\x93 \xE2\x82\xAC"
                 "75.000 brutto/Jahr")
        == "60000-75000 EUR/year");
  CHECK(of_field("15 000 - 20 000 z\xC5\x82 / mies.")
        == "15000-20000 PLN/month");
  CHECK(of_field("\xE2\x82\xB9"
                 "25-35 LPA")
        == "2500000-3500000 INR/year");
  CHECK(of_field("R$ 12.000/m\xC3\xAAs") == "12000-12000 BRL/month");
  CHECK(of_field("CHF 8'500 pro Monat") == "8500-8500 CHF/month");
  CHECK(of_field("$130-160K") == "130000-160000 USD/year");
}

TEST_CASE("a dollar is the country's") {
  CHECK(of_field("$100,000 a year", "CA") == "100000-100000 CAD/year");
  CHECK(of_field("$100,000 a year", "US") == "100000-100000 USD/year");
  CHECK(of_field("A$100,000 a year", "US") == "100000-100000 AUD/year");
}

TEST_CASE("open ends stay open") {
  CHECK(of_field("up to $90,000 per year") == "?-90000 USD/year");
  CHECK(of_field("from $90,000 per year") == "90000-? USD/year");
}

TEST_CASE("money that is not pay is not taken") {
  for (auto text : {"We raised $50 million in Series B funding.",
                    "Manage a budget of $2,000,000 per year.",
                    "A signing bonus of $10,000 is possible.",
                    "Employees get a $100 monthly stipend.",
                    "Our customers process $781M in annual revenue.",
                    "401(k) match up to $5,000 per year."}) {
    INFO(text);
    CHECK(of_text(text).empty());
  }
  CHECK(of_text("Base salary: $150,000 - $190,000 plus a $10,000 bonus.")
        == "150000-190000 USD/year");
}

TEST_CASE("structured fields win, and what cannot be pay is told") {
  salary_input input;
  input.min = 100;
  input.max = 50;
  input.currency = "USD";
  input.period = "year";
  auto found = find_salary(input);
  CHECK(found.source.empty());
  CHECK(found.rejected == "the upper bound is below the lower");
  input.min = 60'000;
  input.max = 80'000;
  input.description = "Salary: $1 - $2 per hour";
  CHECK(summary(find_salary(input)) == "60000-80000 USD/year");
}

TEST_CASE("pay per year in dollars") {
  CHECK(usd_per_year(25, "USD", "hour") == 52'000.0);
  CHECK(usd_per_year(5'000, "USD", "month") == 60'000.0);
  CHECK_FALSE(usd_per_year(5'000, "XXX", "month"));
  CHECK_FALSE(usd_per_year(std::nullopt, "USD", "month"));
}

TEST_CASE("long runs of digits and signs take linear time") {
  CHECK_NOTHROW(of_text("salary " + std::string(400'000, '9')));
  std::string signs;
  for (int i = 0; i < 100'000; ++i)
    signs += "$1 ";
  CHECK_NOTHROW(of_text("salary " + signs));
}

TEST_CASE("dates in every form sources send") {
  const auto* now = "2026-11-24T10:00:00Z";
  auto at = [&](std::string_view text) { return parse_posted(text, now).at; };
  CHECK(at("2024-01-01") == "2024-01-01T00:00:00Z");
  CHECK(at("1700000000000") == "2023-11-14T22:13:20Z");
  CHECK(at("Fri, 26 Mar 2021 06:30:11 GMT") == "2021-03-26T06:30:11Z");
  CHECK(at("11/20/2019 08:55:24 AM") == "2019-11-20T08:55:24Z");
  CHECK(at("20.11.2019") == "2019-11-20T00:00:00Z");
  CHECK(at("15 de marzo de 2025") == "2025-03-15T00:00:00Z");
  CHECK(at("3 days ago") == "2026-11-21T00:00:00Z");
  CHECK(at("vor 3 Tagen") == "2026-11-21T00:00:00Z");
  CHECK(at("Just posted") == "2026-11-24T00:00:00Z");
  CHECK(at("2030-01-01").empty());
  CHECK(at("soon").empty());
  auto bound = parse_posted("30+ days ago", now);
  CHECK(bound.at.empty());
  CHECK(bound.before == "2026-10-25T00:00:00Z");
}
