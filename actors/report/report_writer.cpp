#include "actors/report/report_writer.hpp"

#include "actors/report/file_target.hpp"
#include "actors/report/text_reports.hpp"
#include "actors/report/tracked_rows.hpp"
#include "actors/report/workbook.hpp"
#include "actors/report/workbook_libraries.hpp"

namespace jobfarm::report {

namespace {

bool ends_with(const std::string& text, std::string_view ending) {
  return text.size() > ending.size()
         && text.compare(text.size() - ending.size(), ending.size(), ending)
                == 0;
}

} // namespace

expected<std::unique_ptr<report_writer>> open_report(const std::string& path,
                                                     report_options options) {
  if (ends_with(path, ".xlsx"))
    return open_workbook_report(path, std::move(options));
  if (ends_with(path, ".csv"))
    return open_csv_report(path);
  if (ends_with(path, ".jsonl") || path == standard_output)
    return open_jsonl_report(path);
  return fail(errc::invalid_input,
              "cannot tell the kind of report from \"" + path
                  + "\"; use .xlsx, .csv or .jsonl, or - for lines on stdout");
}

expected<void> check_report(const std::string& path) {
  if (!ends_with(path, ".xlsx"))
    return {};
  load_xlsxwriter();
  load_zip();
  auto tracked = read_tracked(path);
  return tracked ? expected<void>{} : tracked.error();
}

} // namespace jobfarm::report
