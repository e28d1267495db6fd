#pragma once

#include "messages/posting.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The one table that workbook and csv share.
namespace jobfarm::report {

/// What a column holds.
enum class cell_kind { text, number, score, date, link };

struct column {
  std::string_view title;
  cell_kind kind = cell_kind::text;
  /// One sentence for the Dictionary sheet.
  std::string_view meaning;
};

/// A cell: text, or a number (dates as days since 1899-12-30, Excel's own).
struct cell {
  std::string text;
  std::optional<double> number;
};

/// The columns; the first `user_columns` are those of the region sheets.
const std::vector<column>& columns();
constexpr std::size_t user_columns = 11;

/// One posting as cells, in the order of `columns()`. Texts are valid UTF-8
/// without control characters, at most 32,767 characters.
struct row {
  std::vector<cell> cells;
  std::string region;
};
row make_row(const enriched_posting& posting);

/// "USD 150,000 - 180,000 / year", "from EUR 60,000 / year"; empty if unknown.
std::string salary_text(const job_posting& posting);

/// Days since 1899-12-30 of an RFC 3339 time, without the time of day.
std::optional<double> excel_day(std::string_view rfc3339);

/// Returns `text` as valid UTF-8 without control characters other than line
/// breaks, cut at `most` characters.
std::string clean_cell(std::string_view text, std::size_t most = 32'767);

} // namespace jobfarm::report
