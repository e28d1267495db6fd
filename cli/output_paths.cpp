#include "cli/output_paths.hpp"

#include "actors/report/file_target.hpp"
#include "actors/report/report_writer.hpp"
#include "cli/console.hpp"

#include <algorithm>
#include <filesystem>

namespace jobfarm::cli {

expected<std::vector<std::string>> output_paths(const settings& given) {
  auto paths = given.list("out");
  std::vector<std::filesystem::path> files;
  for (const auto& path : paths) {
    std::error_code none;
    auto file = std::filesystem::weakly_canonical(path, none);
    if (std::find(files.begin(), files.end(), file) != files.end())
      return fail(errc::invalid_input, "--out names " + path
                                           + " twice; give each report a file "
                                             "of its own");
    if (auto checked = report::check_report(path); !checked)
      return checked.error();
    files.push_back(std::move(file));
  }
  return paths;
}

expected<std::vector<std::string>> paths_beside_result(const settings& given) {
  auto paths = output_paths(given);
  if (paths && has_standard_output(*paths) && given.flag("json"))
    return usage("--json prints the result where --out - puts the jobs; leave "
                 "one of them out");
  return paths;
}

bool has_standard_output(const std::vector<std::string>& paths) {
  return std::find(paths.begin(), paths.end(), report::standard_output)
         != paths.end();
}

void print_files(const settings& given, const std::vector<std::string>& paths) {
  if (has_standard_output(paths))
    return;
  for (const auto& path : paths)
    print_value(given, "file", path);
}

} // namespace jobfarm::cli
