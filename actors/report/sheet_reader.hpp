#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::report {

/// How a number is shown: one of the formats that every workbook has, or one
/// with a code of its own.
struct number_format {
  std::uint8_t id = 0;
  std::string code;
  bool operator<(const number_format& other) const {
    return id != other.id ? id < other.id : code < other.code;
  }
};

/// A cell with a value: a text, a number or a truth value.
struct read_cell {
  /// From 1.
  std::uint32_t row = 0;
  /// From 0.
  std::uint32_t column = 0;
  std::string text;
  /// Dates are days since 1899-12-30.
  std::optional<double> number;
  std::optional<bool> truth;
  number_format format;
  /// What was calculated last stands here.
  bool is_formula = false;
};

/// Reads the cells that are not empty of the sheet `name` of the workbook at
/// `path`, in their order: texts inside or shared, as jobfarm, Excel and
/// LibreOffice write them. None if the workbook has no such sheet but one named
/// `other`. What is read is bounded in size. Errors: store_failed, bad_payload,
/// too_large, not_found if it has neither.
expected<std::vector<read_cell>> read_cells(const std::string& path,
                                            std::string_view name,
                                            std::string_view other);

} // namespace jobfarm::report
