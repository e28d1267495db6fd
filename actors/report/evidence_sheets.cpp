#include "actors/report/evidence_sheets.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace jobfarm::report {

namespace {

/// Rows of a sheet below the header, one of which says what is left out.
constexpr std::size_t most_records = 1'048'574;

struct head {
  const char* title;
  double width;
};

/// The header with its filter, frozen; `rows` come below it.
void write_head(sheet& to, const formats& look, const std::vector<head>& heads,
                std::size_t rows) {
  lxw_col_t col = 0;
  for (const auto& one : heads) {
    to.width(col, one.width);
    to.text(0, col++, one.title, look.header);
  }
  worksheet_autofilter(to.get(), 0, 0,
                       static_cast<lxw_row_t>(std::max<std::size_t>(rows, 1)),
                       static_cast<lxw_col_t>(col - 1));
  worksheet_freeze_panes(to.get(), 1, 1);
  worksheet_repeat_rows(to.get(), 0, 0);
}

/// Every source that was asked or that gave something, once, by name.
std::vector<std::string> names_of(const report_options& options,
                                  const evidence& of) {
  std::vector<std::string> names;
  if (options.result)
    names = options.result->sources_queried;
  for (const auto& [name, share] : of.sources())
    names.push_back(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

/// What the collection says of a source; nothing if it did not ask it.
void write_outcome(sheet& to, const formats& look, lxw_row_t row,
                   const std::string& name, const collection_result& result) {
  const auto& asked = result.sources_queried;
  if (std::find(asked.begin(), asked.end(), name) == asked.end())
    return;
  auto error =
      std::find_if(result.errors.begin(), result.errors.end(),
                   [&](const source_error& one) { return one.source == name; });
  auto is_good = error == result.errors.end();
  to.text(row, 1, is_good ? "complete" : "incomplete",
          is_good ? look.good : look.warning);
  if (is_good)
    return;
  to.text(row, 4, std::string{to_string(error->code)});
  to.number(row, 5, error->attempts, look.money);
  to.text(row, 6, clean_cell(error->message, 1000));
}

void write_merged(sheet& to, const formats& look, lxw_row_t row,
                  const evidence::merged_record& one) {
  lxw_col_t col = 0;
  for (auto text : {one.job_id, one.title, one.company, one.source,
                    one.source_id, one.location})
    to.text(row, col++, std::string{text});
  if (auto day = excel_day(one.first_seen))
    to.number(row, col, *day, look.date);
  to.text(row, ++col, std::string{one.url});
}

} // namespace

bool write_source_sheet(lxw_workbook* book, const formats& look,
                        const report_options& options, const evidence& of) {
  sheet to(book, "Sources");
  auto names = names_of(options, of);
  write_head(to, look,
             {{"Source", 20},
              {"Status", 14},
              {"Jobs", 10},
              {"Records", 12},
              {"Code", 18},
              {"Attempts", 12},
              {"What happened", 60}},
             names.size());
  lxw_row_t row = 0;
  for (const auto& name : names) {
    to.text(++row, 0, clean_cell(name));
    if (options.result)
      write_outcome(to, look, row, name, *options.result);
    auto found = of.sources().find(name);
    auto share =
        found == of.sources().end() ? evidence::share{} : found->second;
    to.number(row, 2, static_cast<double>(share.jobs), look.money);
    to.number(row, 3, static_cast<double>(share.records), look.money);
  }
  return !to.has_failed();
}

bool write_duplicate_sheet(lxw_workbook* book, const formats& look,
                           const evidence& of) {
  sheet to(book, "Duplicates");
  auto count = std::min(of.merged_count(), most_records);
  write_head(to, look,
             {{"Job ID", 34},
              {"Title", 40},
              {"Company", 24},
              {"Source", 16},
              {"Source ID", 24},
              {"Location", 28},
              {"First Seen", 14},
              {"URL", 60}},
             count);
  for (std::size_t i = 0; i < count; ++i)
    write_merged(to, look, static_cast<lxw_row_t>(i + 1), of.merged(i));
  if (auto more = of.merged_count() - count; more > 0)
    to.text(static_cast<lxw_row_t>(count + 1), 0,
            std::to_string(more) + " more are left out", look.warning);
  return !to.has_failed();
}

} // namespace jobfarm::report
