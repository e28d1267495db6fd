#include "actors/report/workbook.hpp"

#include "actors/report/analytics.hpp"
#include "actors/report/analytics_sheet.hpp"
#include "actors/report/evidence.hpp"
#include "actors/report/evidence_sheets.hpp"
#include "actors/report/part_file.hpp"
#include "actors/report/sheet.hpp"
#include "actors/report/stderr_capture.hpp"
#include "actors/report/summary_sheet.hpp"
#include "actors/report/tracked_rows.hpp"
#include "actors/report/tracking_sheet.hpp"
#include "actors/report/zip_package.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>
#include <map>

namespace jobfarm::report {

namespace {

/// Rows of a sheet below the header that Excel can hold.
constexpr std::size_t most_rows = 1'048'575;
/// Rows of the region sheets' header block, the table's header excepted.
constexpr lxw_row_t header_block_rows = 6;

double score_of(const row& one) {
  constexpr std::size_t score_column = 6;
  return one[score_column].number.value_or(-1);
}

/// Frees `book` in any case.
lxw_error close_book(lxw_workbook* book) {
  stderr_capture quiet;
  errno = 0;
  return workbook_close(book);
}

constexpr auto make_room =
    "; make room there, or choose another place for the report";

/// Call right after `close_book`: reads `errno`.
std::string reason_of(lxw_error error) {
  const std::string system = errno == 0 ? "" : std::strerror(errno);
  if (error == LXW_ERROR_CREATING_TMPFILE)
    return "no room for temporary files in /tmp (" + system
           + "); make room there";
  return system.empty() ? lxw_strerror(error) : system + make_room;
}

/// The table of a sheet, by the sheet's number.
using streamed_tables = std::vector<std::pair<int, streamed_table>>;

/// Streams the rows of `tables` into the sheets of the workbook at `path`.
expected<void> add_rows(const std::string& path,
                        const streamed_tables& tables) {
  auto book = zip_package::open(path);
  if (!book)
    return book.error();
  for (const auto& [number, table] : tables) {
    auto name = "sheet" + std::to_string(number) + ".xml";
    auto frame = book->read("xl/worksheets/" + name);
    if (!frame)
      return frame.error();
    auto bytes = frame->size() + table.most_bytes();
    auto put =
        book->put("xl/worksheets/" + name, table.sheet_of(*frame), bytes);
    if (put && table.has_links())
      put = book->put("xl/worksheets/_rels/" + name + ".rels",
                      table.relationships(), bytes);
    if (!put)
      return put;
  }
  return book->close();
}

/// What a file manager shows of it.
void set_properties(lxw_workbook* book, const report_options& options) {
  auto subject = clean_cell(options.asked, 255);
  lxw_doc_properties about{};
  about.title = const_cast<char*>("Jobs");
  about.subject = subject.data();
  about.author = const_cast<char*>("jobfarm");
  workbook_set_properties(book, &about);
}

class workbook_report : public report_writer {
public:
  workbook_report(part_file file, report_options options, tracked_rows tracked)
      : file_(std::move(file)),
        options_(std::move(options)),
        tracked_(std::move(tracked)) {
  }

  expected<void> add(const enriched_posting& posting) override {
    rows_.emplace_back(posting);
    all_.add(posting.posting);
    evidence_.add(posting.posting);
    by_region_[rows_.back().region()].add(posting.posting);
    if (options_.with_analytics)
      analytics_.add(posting.posting);
    return {};
  }

  expected<void> finish() override;

private:
  std::vector<const row*> sorted_rows() const;
  void write_table(sheet& to, const formats& look, lxw_row_t header,
                   std::size_t count, std::vector<const row*> rows);
  void write_jobs(lxw_workbook* book, const formats& look,
                  const std::vector<const row*>& rows);
  void write_region(lxw_workbook* book, const formats& look,
                    const std::string& region, const figures& of,
                    const std::vector<const row*>& rows);

  part_file file_;
  report_options options_;
  tracked_rows tracked_;
  std::deque<row> rows_;
  figures all_;
  std::map<std::string, figures> by_region_;
  evidence evidence_;
  analytics analytics_;
  streamed_tables tables_;
  bool failed_ = false;
};

std::vector<const row*> workbook_report::sorted_rows() const {
  std::vector<const row*> sorted;
  sorted.reserve(rows_.size());
  for (const auto& one : rows_)
    sorted.push_back(&one);
  std::stable_sort(
      sorted.begin(), sorted.end(),
      [](const row* a, const row* b) { return score_of(*a) > score_of(*b); });
  return sorted;
}

void workbook_report::write_table(sheet& to, const formats& look,
                                  lxw_row_t header, std::size_t count,
                                  std::vector<const row*> rows) {
  write_frame(to, look, header, count, rows);
  failed_ = failed_ || to.has_failed();
  // Excel counts rows from 1.
  tables_.emplace_back(
      to.number(),
      streamed_table(header + 2, count, look.numbers(), std::move(rows)));
}

void workbook_report::write_jobs(lxw_workbook* book, const formats& look,
                                 const std::vector<const row*>& rows) {
  for (std::size_t begin = 0, part = 1; begin == 0 || begin < rows.size();
       begin += most_rows, ++part) {
    auto end = std::min(begin + most_rows, rows.size());
    sheet jobs(book,
               part == 1 ? "Jobs_All" : "Jobs_All_" + std::to_string(part));
    write_table(jobs, look, 0, columns().size(),
                {rows.begin() + static_cast<std::ptrdiff_t>(begin),
                 rows.begin() + static_cast<std::ptrdiff_t>(end)});
  }
}

void workbook_report::write_region(lxw_workbook* book, const formats& look,
                                   const std::string& region, const figures& of,
                                   const std::vector<const row*>& rows) {
  sheet to(book, sheet_name(region));
  to.text(0, 0, region, look.title);
  to.text(1, 0, "Total jobs", look.label);
  to.number(1, 1, static_cast<double>(of.total()), look.money);
  to.text(2, 0, "Generated", look.label);
  to.text(2, 1, options_.generated_at);
  to.text(3, 0, "Average salary (USD a year)", look.label);
  if (auto average = of.average_salary_usd())
    to.number(3, 1, *average, look.money);
  else
    to.text(3, 1, "not known");
  to.text(4, 0, "Top companies", look.label);
  std::string companies;
  for (const auto& [name, count] : of.top_companies(5))
    companies += (companies.empty() ? "" : ", ") + name + " ("
                 + std::to_string(count) + ')';
  to.text(4, 1, clean_cell(companies));
  to.text(5, 0, "Visa sponsorship rate", look.label);
  if (auto rate = of.sponsorship_rate())
    to.number(5, 1, *rate, look.percent);
  else
    to.text(5, 1, "not said by any posting");
  auto kept = rows;
  kept.resize(std::min(kept.size(), most_rows - header_block_rows - 1));
  write_table(to, look, header_block_rows + 1, user_columns, std::move(kept));
}

expected<void> workbook_report::finish() {
  lxw_workbook_options how{};
  how.constant_memory = LXW_TRUE;
  auto* book = workbook_new_opt(file_.part_path().c_str(), &how);
  if (!book)
    return fail(errc::store_failed, "make workbook " + file_.part_path());
  set_properties(book, options_);
  formats look(book);
  auto rows = sorted_rows();
  write_summary(book, look, options_, all_);
  write_jobs(book, look, rows);
  std::map<std::string, std::vector<const row*>> by_region;
  for (const auto* one : rows)
    by_region[one->region()].push_back(one);
  for (const auto& [region, of] : by_region_)
    write_region(book, look, region, of, by_region[region]);
  if (options_.with_analytics)
    write_analytics(book, look, analytics_);
  failed_ = !write_source_sheet(book, look, options_, evidence_) || failed_;
  failed_ = !write_duplicate_sheet(book, look, evidence_) || failed_;
  find_jobs(tracked_, rows_);
  failed_ = !write_tracking(book, look, rows.size(), tracked_) || failed_;
  write_dictionary(book, look);
  if (auto closed = close_book(book); closed != LXW_NO_ERROR)
    return fail(errc::store_failed,
                "write workbook " + file_.path() + ": " + reason_of(closed));
  if (failed_)
    return fail(errc::store_failed,
                "write workbook " + file_.path() + ": a cell was refused");
  if (auto added = add_rows(file_.part_path(), tables_); !added)
    return fail(errc::store_failed, "write workbook " + file_.path() + ": "
                                        + added.error().detail + make_room);
  return file_.complete();
}

} // namespace

expected<std::unique_ptr<report_writer>>
open_workbook_report(const std::string& path, report_options options) {
  auto tracked = read_tracked(path);
  if (!tracked)
    return tracked.error();
  auto file = part_file::open(path);
  if (!file)
    return file.error();
  return std::unique_ptr<report_writer>(new workbook_report(
      *std::move(file), std::move(options), *std::move(tracked)));
}

} // namespace jobfarm::report
