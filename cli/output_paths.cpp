#include "cli/output_paths.hpp"

#include "actors/report/report_writer.hpp"

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
    if (auto checked = report::check_replaced(path); !checked)
      return checked.error();
    files.push_back(std::move(file));
  }
  return paths;
}

} // namespace jobfarm::cli
