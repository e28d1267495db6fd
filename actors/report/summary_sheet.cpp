#include "actors/report/summary_sheet.hpp"

#include <algorithm>

namespace jobfarm::report {

namespace {

/// Rows of "label, value" from the top of a sheet.
class label_rows {
public:
  label_rows(sheet& to, const formats& look) : to_(to), look_(look) {
  }
  void text(const char* label, const std::string& value,
            lxw_format* format = nullptr) {
    to_.text(row_, 0, label, look_.label);
    to_.text(row_++, 1, clean_cell(value), format);
  }
  void number(const char* label, double value) {
    to_.text(row_, 0, label, look_.label);
    to_.number(row_++, 1, value, look_.money);
  }
  lxw_row_t skip() {
    return ++row_;
  }

private:
  sheet& to_;
  const formats& look_;
  lxw_row_t row_ = 1;
};

void write_sources(sheet& to, const formats& look, lxw_row_t row,
                   const collection_result& result) {
  lxw_col_t col = 0;
  for (const auto* title : {"Source", "Status", "Code", "What happened"})
    to.text(row, col++, title, look.header);
  for (const auto& name : result.sources_queried) {
    auto error = std::find_if(
        result.errors.begin(), result.errors.end(),
        [&](const source_error& one) { return one.source == name; });
    auto is_good = error == result.errors.end();
    to.text(++row, 0, clean_cell(name));
    to.text(row, 1, is_good ? "complete" : "incomplete",
            is_good ? look.good : look.warning);
    if (is_good)
      continue;
    to.text(row, 2, std::string{to_string(error->code)});
    to.text(row, 3, clean_cell(error->message, 1000));
  }
}

} // namespace

void write_summary(lxw_workbook* book, const formats& look,
                   const report_options& options, const figures& all) {
  sheet to(book, "Summary");
  to.width(0, 30);
  to.width(1, 34);
  to.width(2, 20);
  to.width(3, 60);
  to.text(0, 0, "jobfarm report", look.title);
  label_rows rows(to, look);
  rows.text("Generated", options.generated_at);
  if (!options.asked.empty())
    rows.text("Asked for", options.asked);
  rows.number("Jobs", static_cast<double>(all.total()));
  rows.number("Jobs with pay known in USD",
              static_cast<double>(all.with_salary()));
  if (auto average = all.average_salary_usd())
    rows.number("Average salary (USD a year)", *average);
  rows.text("How figures are made",
            "Salaries are only those that postings state; USD by the rate of "
            "the day named in the records; unknown values are left empty.");
  if (!options.result)
    return;
  const auto& result = *options.result;
  rows.number("Postings received", static_cast<double>(result.raw_jobs));
  rows.number("Merged as duplicates",
              static_cast<double>(result.duplicates_removed));
  rows.text("Complete",
            result.partial ? "partial: see the sources below"
                           : "yes, every source to its end",
            result.partial ? look.warning : look.good);
  write_sources(to, look, rows.skip(), result);
}

void write_dictionary(lxw_workbook* book, const formats& look) {
  sheet to(book, "Dictionary");
  to.width(0, 20);
  to.width(1, 70);
  to.text(0, 0, "Column", look.header);
  to.text(0, 1, "Meaning", look.header);
  lxw_row_t row = 0;
  for (const auto& one : columns()) {
    to.text(++row, 0, std::string{one.title});
    to.text(row, 1, std::string{one.meaning});
  }
  worksheet_freeze_panes(to.get(), 1, 0);
}

} // namespace jobfarm::report
