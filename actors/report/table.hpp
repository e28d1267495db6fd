#pragma once

#include "messages/posting.hpp"

#include <array>
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
  std::string_view text;
  std::optional<double> number;
};

/// The columns; the first `user_columns` are those of the region sheets.
const std::vector<column>& columns();
constexpr std::size_t user_columns = 11;
/// The one of ids.
constexpr std::size_t job_id_column = 21;

/// One posting as cells, in the order of `columns()`. Texts are valid UTF-8
/// without control characters, at most 32,767 characters. Small, since a
/// workbook keeps all its rows until they can be sorted: some 500 bytes.
class row {
public:
  static constexpr std::size_t width = 23;

  explicit row(const enriched_posting& posting);

  /// Valid as long as the row.
  cell operator[](std::size_t column) const;
  /// Bytes of all its texts.
  std::size_t text_bytes() const noexcept {
    return texts_.size();
  }
  /// One of the regions of the record contract, never empty.
  const std::string& region() const noexcept {
    return region_;
  }

private:
  void add(std::string_view text);
  void add(std::optional<double> number);
  void add_word(std::string_view word);

  /// The texts of all columns, one after the other, and where each ends.
  std::string texts_;
  std::array<std::uint32_t, width> ends_{};
  /// Not a number where a column has none.
  std::array<double, width> numbers_{};
  std::size_t size_ = 0;
  std::string region_;
};

/// "USD 150,000 - 180,000 / year", "from EUR 60,000 / year"; empty if unknown.
std::string salary_text(const job_posting& posting);

/// Days since 1899-12-30 of an RFC 3339 time, without the time of day.
std::optional<double> excel_day(std::string_view rfc3339);

/// Returns `text` as valid UTF-8 without control characters other than line
/// breaks, cut at `most` characters.
std::string clean_cell(std::string_view text, std::size_t most = 32'767);

} // namespace jobfarm::report
