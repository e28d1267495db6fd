#pragma once

#include "actors/normalize/dates.hpp"

#include <catch2/catch.hpp>

#include <string>

namespace jobfarm::normalize::test {

/// When the pages of the rows were fetched.
constexpr auto fetched = "2026-11-24T10:00:00Z";

struct date_row {
  const char* text;
  /// The day or the time, "<" and the bound, or "none".
  const char* expected;
};

inline std::string read_date(std::string_view text) {
  auto date = parse_posted(text, fetched);
  if (!date.before.empty())
    return "<" + date.before.substr(0, 10);
  if (date.at.empty())
    return "none";
  auto is_day = date.at.substr(10) == "T00:00:00Z";
  return is_day ? date.at.substr(0, 10) : date.at;
}

template <std::size_t N>
void check_dates(const date_row (&rows)[N]) {
  for (const auto& row : rows) {
    INFO(row.text);
    CHECK(read_date(row.text) == row.expected);
  }
}

} // namespace jobfarm::normalize::test
