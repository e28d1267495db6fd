#include "tests/normalize/pay_rows.hpp"

using namespace jobfarm::normalize;
using namespace jobfarm::normalize::test;

TEST_CASE("of several ranges the posting's own place has the word") {
  auto text = "Pay ranges by location:\n"
              "San Francisco, CA: $180,000 - $220,000\n"
              "Austin, TX: $150,000 - $185,000\n"
              "Toronto, Canada: CAD 130,000 - 160,000";
  auto at = [&](const char* city, const char* admin1, const char* country) {
    salary_input input;
    input.description = text;
    input.city = city;
    input.admin1 = admin1;
    input.country = country;
    auto found = find_salary(input);
    CHECK(found.all.size() == 3);
    return summary(found);
  };
  CHECK(at("Austin", "Texas", "US") == "150000-185000 USD/year");
  CHECK(at("San Francisco", "California", "US") == "180000-220000 USD/year");
  CHECK(at("Toronto", "Ontario", "CA") == "130000-160000 CAD/year");
  CHECK(at("", "", "") == "180000-220000 USD/year");

  salary_input behind;
  behind.description = "The salary is $150,000-$180,000 in California, "
                       "$120,000-$140,000 in Colorado.";
  behind.admin1 = "Colorado";
  behind.country = "US";
  CHECK(summary(find_salary(behind)) == "120000-140000 USD/year");

  salary_input labelled;
  labelled.ranges = {{100'000, 160'000, "USD", "year", "New York", false},
                     {90'000, 120'000, "USD", "year", "Denver", false}};
  labelled.city = "Denver";
  labelled.country = "US";
  CHECK(summary(find_salary(labelled)) == "90000-120000 USD/year");
}

TEST_CASE("what cannot be pay in its period is told, not taken") {
  auto reject = [](double min, double max, const char* period) {
    salary_input input;
    input.min = min;
    input.max = max;
    input.currency = "USD";
    input.period = period;
    auto found = find_salary(input);
    CHECK(found.source.empty());
    CHECK_FALSE(found.rejected.empty());
  };
  reject(150'000, 100'000, "year");
  reject(120'000, 150'000, "hour");
  reject(200'000, 250'000, "month");
  reject(1, 2, "year");
  reject(1'000, 150'000, "year");
  reject(100'000'000, 120'000'000, "year");
}
