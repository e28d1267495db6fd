#pragma once

#include "actors/normalize/salary.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace jobfarm::normalize::test {

inline std::string bound(const std::optional<double>& n) {
  if (!n)
    return "?";
  auto text = std::to_string(*n);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.')
    text.pop_back();
  return text;
}

/// "min-max CUR/period", `?` for an open end, "none".
inline std::string summary(const salary_finding& found) {
  if (found.source.empty())
    return "none";
  return bound(found.range.min) + '-' + bound(found.range.max) + ' '
         + found.range.currency + '/' + found.range.period;
}

struct pay_row {
  const char* text;
  const char* country;
  const char* expected;
};

inline void check_field(const pay_row& row) {
  salary_input input;
  input.field = row.text;
  input.country = row.country;
  INFO("field: " << row.text);
  CHECK(summary(find_salary(input)) == row.expected);
}

inline void check_text(const pay_row& row) {
  salary_input input;
  input.description = row.text;
  input.country = row.country;
  INFO("text: " << row.text);
  CHECK(summary(find_salary(input)) == row.expected);
}

} // namespace jobfarm::normalize::test
