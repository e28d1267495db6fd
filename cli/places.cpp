#include "cli/places.hpp"

#include <cstdlib>
#include <filesystem>

namespace jobfarm::cli {

namespace fs = std::filesystem;

std::string program_dir() {
  std::error_code problem;
  auto program = fs::read_symlink("/proc/self/exe", problem);
  return problem ? std::string{"."} : program.parent_path().string();
}

std::string find_shared_file(const std::string& name) {
  std::vector<fs::path> candidates;
  if (const char* share = std::getenv("JOBFARM_SHARE"); share && *share)
    candidates.push_back(fs::path{share} / name);
  fs::path here = program_dir();
  candidates.push_back(here / ".." / "share" / "jobfarm" / name);
  candidates.push_back(fs::path{JOBFARM_SOURCE_DIR} / "deploy" / name);
  for (const auto& candidate : candidates)
    if (std::error_code ignored; fs::is_regular_file(candidate, ignored))
      return candidate.lexically_normal().string();
  return {};
}

std::string data_dir(const settings& given) {
  if (given.has("data-dir"))
    return given.text("data-dir");
  const char* xdg = std::getenv("XDG_DATA_HOME");
  if (xdg && *xdg)
    return std::string{xdg} + "/jobfarm";
  const char* home = std::getenv("HOME");
  return std::string{home && *home ? home : "."} + "/.local/share/jobfarm";
}

std::string gazetteer_file(const settings& given) {
  auto imported = data_dir(given) + "/gazetteer.bin";
  if (std::error_code ignored; fs::is_regular_file(imported, ignored))
    return imported;
  return find_shared_file("gazetteer.bin");
}

expected<void> make_directories(const std::string& path) {
  std::error_code problem;
  fs::create_directories(path, problem);
  if (problem)
    return fail(errc::invalid_input,
                "cannot make directory " + path + ": " + problem.message());
  return {};
}

} // namespace jobfarm::cli
