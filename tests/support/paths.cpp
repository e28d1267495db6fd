#include "tests/support/paths.hpp"

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace jobfarm::test {

namespace fs = std::filesystem;

namespace {

fs::path project_dir() {
  return JOBFARM_PROJECT_DIR;
}

fs::path from_environment(const char* variable, const char* shared) {
  if (const char* set = std::getenv(variable); set && *set)
    return set;
  return project_dir().parent_path() / "shared" / shared;
}

} // namespace

fs::path data_dir() {
  return project_dir() / "tests" / "data";
}

fs::path vectors_dir() {
  return from_environment("JOBFARM_VECTORS", "vectors");
}

fs::path payloads_dir() {
  return from_environment("JOBFARM_PAYLOADS", "payloads");
}

std::string read_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in)
    throw std::runtime_error("cannot read " + file.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

temporary_directory::temporary_directory() {
  auto pattern = (fs::temp_directory_path() / "jobfarm-test-XXXXXX").string();
  if (!::mkdtemp(pattern.data()))
    throw std::runtime_error("cannot make a temporary directory");
  path_ = pattern;
}

temporary_directory::~temporary_directory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

} // namespace jobfarm::test
