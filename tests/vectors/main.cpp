// vectors [--suite NAME] [--failures] [DIR]
//
// Runs every row of DIR/*.jsonl (default: see tests/support/paths.hpp) through
// the check of its suite, prints `SUITE passed/total` a suite, and fails where
// a suite falls below its floor in tests/floors.toml.

#include "tests/support/paths.hpp"
#include "tests/vectors/suite.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

namespace fs = std::filesystem;

namespace jobfarm::test {

namespace {

std::map<std::string, vector_check>& checks() {
  static std::map<std::string, vector_check> all;
  return all;
}

struct tally {
  std::size_t passed = 0;
  std::size_t total = 0;
};

struct run_options {
  std::string only_suite;
  bool show_failures = false;
  fs::path dir = vectors_dir();
};

std::string run_check(vector_check check, const json& row) {
  try {
    return check(row);
  } catch (const std::exception& e) {
    return std::string{"exception: "} + e.what();
  }
}

void run_file(const fs::path& file, const run_options& options,
              std::map<std::string, tally>& tallies,
              std::map<std::string, std::size_t>& without_check) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    auto row = json::parse(line, nullptr, false);
    if (row.is_discarded() || !row.contains("suite"))
      continue;
    auto suite = row["suite"].get<std::string>();
    if (!options.only_suite.empty() && suite != options.only_suite)
      continue;
    auto check = checks().find(suite);
    if (check == checks().end()) {
      ++without_check[suite];
      continue;
    }
    auto problem = run_check(check->second, row);
    auto& t = tallies[suite];
    ++t.total;
    t.passed += problem.empty();
    if (!problem.empty() && options.show_failures)
      std::cout << "  " << row.value("id", "?") << ": " << problem << '\n';
  }
}

/// Reads `suite = fraction` lines of the `[vectors]` table.
std::map<std::string, double> read_floors() {
  std::map<std::string, double> floors;
  std::ifstream in(data_dir().parent_path() / "floors.toml");
  bool here = false;
  for (std::string line; std::getline(in, line);) {
    if (line.rfind('[', 0) == 0)
      here = line == "[vectors]";
    std::string name, equals;
    double floor = 0;
    std::istringstream words(line);
    if (here && words >> name >> equals >> floor && equals == "=")
      floors[name] = floor;
  }
  return floors;
}

int run(const run_options& options) {
  if (!fs::is_directory(options.dir)) {
    std::cout << "no vectors at " << options.dir.string()
              << ": nothing to check beyond the project's own tests\n";
    return 0;
  }
  std::set<fs::path> files;
  for (const auto& entry : fs::directory_iterator(options.dir))
    if (entry.path().extension() == ".jsonl")
      files.insert(entry.path());
  std::map<std::string, tally> tallies;
  std::map<std::string, std::size_t> without_check;
  for (const auto& file : files)
    run_file(file, options, tallies, without_check);
  auto floors = read_floors();
  bool good = true;
  for (const auto& [suite, t] : tallies) {
    auto floor = floors.count(suite) ? floors[suite] : 0.0;
    auto reached = static_cast<double>(t.passed)
                   >= std::floor(floor * static_cast<double>(t.total) + 1e-9);
    std::cout << suite << ' ' << t.passed << '/' << t.total
              << (reached ? "" : "  BELOW ITS FLOOR of ")
              << (reached ? "" : std::to_string(floor)) << '\n';
    good = good && reached;
  }
  for (const auto& [suite, rows] : without_check)
    std::cout << suite << " not checked yet (" << rows << " rows)\n";
  return good ? 0 : 1;
}

} // namespace

suite_registration::suite_registration(const char* suite, vector_check check) {
  checks()[suite] = check;
}

bool matches(const json& wanted, const json& got) {
  if (wanted.is_number() && got.is_number())
    return std::abs(wanted.get<double>() - got.get<double>()) <= 1e-9;
  if (wanted == got)
    return true;
  return wanted.is_array() && !got.is_array()
         && std::any_of(wanted.begin(), wanted.end(),
                        [&](const json& one) { return matches(one, got); });
}

std::string differs(const std::string& field, const json& wanted,
                    const json& got) {
  if (matches(wanted, got))
    return {};
  return field + ": wanted " + wanted.dump() + ", got " + got.dump() + "; ";
}

} // namespace jobfarm::test

int main(int argc, char** argv) {
  jobfarm::test::run_options options;
  for (int i = 1; i < argc; ++i) {
    std::string word = argv[i];
    if (word == "--failures")
      options.show_failures = true;
    else if (word == "--suite" && i + 1 < argc)
      options.only_suite = argv[++i];
    else
      options.dir = word;
  }
  return jobfarm::test::run(options);
}
