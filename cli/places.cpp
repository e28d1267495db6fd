#include "cli/places.hpp"

#include <cstdlib>
#include <filesystem>

#include <pwd.h>
#include <unistd.h>

namespace jobfarm::cli {

namespace fs = std::filesystem;

std::string home_dir() {
  if (const char* home = std::getenv("HOME"); home && *home)
    return home;
  const auto* account = ::getpwuid(::geteuid());
  return account && account->pw_dir ? account->pw_dir : ".";
}

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
  return home_dir() + "/.local/share/jobfarm";
}

expected<std::string> gazetteer_file(const settings& given) {
  auto imported = data_dir(given) + "/gazetteer.bin";
  if (std::error_code ignored; fs::is_regular_file(imported, ignored))
    return imported;
  auto bundled = find_shared_file("gazetteer.bin");
  if (bundled.empty())
    return fail(errc::invalid_input,
                "gazetteer.bin is missing; run deploy/run to build it, or set "
                "JOBFARM_SHARE to the directory that holds it");
  return bundled;
}

expected<std::shared_ptr<const normalize::gazetteer>>
open_gazetteer(const settings& given) {
  auto file = gazetteer_file(given);
  if (!file)
    return file.error();
  return normalize::gazetteer::open(*file);
}

expected<std::vector<normalize::wanted_place>>
wanted_places(const settings& given, const std::vector<std::string>& names) {
  std::vector<normalize::wanted_place> places;
  if (names.empty())
    return places;
  auto world = open_gazetteer(given);
  if (!world)
    return world.error();
  for (const auto& name : names)
    places.emplace_back(name, world->get());
  return places;
}

std::vector<std::string> unknown_places(const settings& given,
                                        const std::vector<std::string>& names) {
  std::vector<std::string> unknown;
  auto places = wanted_places(given, names);
  for (std::size_t i = 0; places && i < places->size(); ++i)
    if (!(*places)[i].is_known())
      unknown.push_back(names[i]);
  return unknown;
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
