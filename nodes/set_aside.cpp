#include "nodes/set_aside.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>

namespace jobfarm::nodes {

namespace {

namespace fs = std::filesystem;

/// Enough to see what is wrong; what goes wrong always fills no disk.
constexpr std::ptrdiff_t most_files = 100;

std::string file_name_of(const std::string& name) {
  auto made = name.substr(0, 64);
  std::replace_if(
      made.begin(), made.end(),
      [](unsigned char c) { return !std::isalnum(c) && c != '-'; }, '_');
  return made + ".outcome";
}

failure failed(const fs::path& file, const std::string& why) {
  return fail(errc::store_failed, "write " + file.string() + ": " + why);
}

} // namespace

expected<std::string> set_aside(const std::string& directory,
                                const std::string& name,
                                std::string_view bytes) {
  const fs::path folder(directory);
  const auto file = folder / file_name_of(name);
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem)
    return failed(file, problem.message());
  const fs::directory_iterator all(folder, problem);
  const auto is_full =
      !problem && std::distance(begin(all), end(all)) >= most_files;
  if (is_full && !fs::exists(file, problem))
    return failed(file, "there are a hundred already");
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) {
    fs::remove(file, problem);
    return failed(file, "no room, or no right to");
  }
  return file.string();
}

} // namespace jobfarm::nodes
