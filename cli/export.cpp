#include "cli/commands.hpp"

#include "actors/report/report_writer.hpp"
#include "actors/text/time.hpp"
#include "cli/clock.hpp"
#include "cli/console.hpp"
#include "cli/line_filter.hpp"
#include "cli/output_paths.hpp"

namespace jobfarm::cli {

namespace {

int run_export(const settings& given) {
  auto paths = output_paths(given);
  if (!paths)
    return complain(paths.error());
  if (paths->empty())
    return complain(fail(errc::invalid_input,
                         "--out is needed: a file ending in .xlsx, .csv or "
                         ".jsonl, or - for lines on stdout"));
  report::report_options options;
  options.generated_at = text::format_utc(now_utc());
  options.with_analytics = given.flag("analytics");
  std::vector<std::unique_ptr<report::report_writer>> writers;
  for (const auto& path : *paths) {
    auto writer = report::open_report(path, options);
    if (!writer)
      return complain(writer.error());
    writers.push_back(*std::move(writer));
  }
  std::optional<failure> broken;
  std::int64_t written = 0;
  auto code = filter_records<enriched_posting>(
      given, [&](enriched_posting&& posting) -> expected<void> {
        ++written;
        for (auto& writer : writers)
          if (auto added = writer->add(posting); !added && !broken)
            broken = added.error();
        return {};
      });
  if (!code)
    return complain(code.error());
  for (auto& writer : writers)
    if (!broken)
      if (auto finished = writer->finish(); !finished)
        broken = finished.error();
  if (broken)
    return complain(*broken);
  if (given.flag("json"))
    print_files(given, *paths);
  for (const auto& path : *paths)
    say(given, "wrote " + std::to_string(written) + " jobs to " + path);
  return *code;
}

} // namespace

const command export_command = {
    "export",
    "Write postings or enriched postings as workbook, csv or jsonl",
    "[FILE]...",
    -1,
    {
        {"out", value_kind::list, "FILE",
         "FILE.xlsx, FILE.csv or FILE.jsonl, - for JSON lines on stdout; "
         "repeatable"},
        {"analytics", value_kind::flag, "",
         "add the Analytics sheet with charts"},
    },
    {"jobfarm export --out jobs.xlsx --analytics < enriched.jsonl"},
    run_export,
};

} // namespace jobfarm::cli
