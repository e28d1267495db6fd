#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>

// Arrows point one way: messages <- actors <- nodes <- cli, and the core of a
// trade knows no actor, no network, no database.

namespace fs = std::filesystem;

namespace {

fs::path root() {
  return jobfarm::test::data_dir().parent_path().parent_path();
}

std::vector<fs::path> sources_of(const std::string& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(root() / folder))
    if (auto kind = entry.path().extension(); kind == ".hpp" || kind == ".cpp")
      files.push_back(entry.path());
  return files;
}

std::vector<std::string> includes_of(const fs::path& file) {
  std::vector<std::string> all;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.rfind("#include ", 0) == 0)
      all.push_back(line.substr(10, line.find_last_of("\">") - 10));
  return all;
}

bool begins(const std::string& text, const std::string& head) {
  return text.rfind(head, 0) == 0;
}

/// The types that a file defines for others to see, with their namespaces.
std::vector<std::string> types_of(const fs::path& file) {
  static const std::regex space(R"(^namespace (jobfarm[\w:]*) \{)");
  static const std::regex type(
      R"(^(?:struct|class|enum class) (\w+)(?: final)?(?: *$| :[^:].*| \{.*))");
  std::vector<std::string> all;
  std::ifstream in(file);
  std::string within;
  auto is_own = false;
  std::smatch found;
  for (std::string line; std::getline(in, line);) {
    if (std::regex_search(line, found, space))
      within = found[1].str() + "::";
    else if (line == "namespace {" || line == "} // namespace")
      is_own = line == "namespace {";
    else if (!is_own && std::regex_match(line, found, type))
      all.push_back(within + found[1].str());
  }
  return all;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& one : lines)
    all += one + '\n';
  return all;
}

} // namespace

TEST_CASE("includes point down the house, never up") {
  const std::map<std::string, std::vector<std::string>> forbidden = {
      {"messages", {"actors/", "nodes/", "cli/", "caf/"}},
      {"actors", {"nodes/", "cli/"}},
      {"nodes", {"cli/"}},
  };
  std::vector<std::string> wrong;
  for (const auto& [folder, heads] : forbidden)
    for (const auto& file : sources_of(folder))
      for (const auto& include : includes_of(file))
        for (const auto& head : heads)
          if (begins(include, head))
            wrong.push_back(file.string() + " includes " + include);
  INFO(joined(wrong));
  CHECK(wrong.empty());
}

// Two that differ, in files that never meet, would be one to the linker.
TEST_CASE("a type has a name of its own in its namespace") {
  std::map<std::string, fs::path> homes;
  std::vector<std::string> wrong;
  for (const auto* folder : {"messages", "actors", "nodes", "cli"})
    for (const auto& file : sources_of(folder))
      for (const auto& type : types_of(file))
        if (auto [at, is_new] = homes.emplace(type, file); !is_new)
          wrong.push_back(type + " in " + file.string() + " and "
                          + at->second.string());
  INFO(joined(wrong));
  CHECK(wrong.empty());
  // It does find types.
  CHECK(homes.count("jobfarm::normalize::workplace_hints") == 1);
}

TEST_CASE("the core of a trade is pure") {
  // What is no core: actors, and the adapters to the outside.
  const std::set<std::string> adapters = {
      "browser_driver.cpp",    "browser_gate.cpp",     "curl_at_need.cpp",
      "curl_client.cpp",       "curl_client.hpp",      "transfer.cpp",
      "transfer.hpp",          "leveldb_database.cpp", "leveldb_database.hpp",
      "gazetteer_compile.cpp", "bounded_env.cpp",      "bounded_env.hpp"};
  const std::vector<std::string> outside = {"caf/", "curl/", "leveldb/", "zmq",
                                            "boost/"};
  std::vector<std::string> wrong;
  for (const auto* trade : {"text", "sources", "normalize", "dedupe", "enrich",
                            "supervise", "plan", "fetch", "store", "report",
                            "collect"})
    for (const auto& file : sources_of("actors/" + std::string{trade})) {
      auto name = file.filename().string();
      if (adapters.count(name) != 0
          || name.find("_actor.") != std::string::npos)
        continue;
      for (const auto& include : includes_of(file))
        for (const auto& head : outside)
          if (begins(include, head))
            wrong.push_back(file.string() + " includes " + include);
    }
  INFO(joined(wrong));
  CHECK(wrong.empty());
}

TEST_CASE("packages are installed without starting their services") {
  jobfarm::test::temporary_directory dir;
  auto policy = (dir.path() / "policy-rc.d").string();
  auto lasts = [&](const std::string& command) {
    auto script = ". " + (root() / "deploy/lib.sh").string()
                  + "; root=(); service_policy=" + policy + "; " + command;
    return std::system(("bash -c '" + script + "'").c_str()) == 0;
  };
  // While the command runs the answer is 101, afterwards there is none.
  CHECK(lasts("without_services bash -c \"" + policy + "; [ \\$? = 101 ]\""));
  CHECK_FALSE(fs::exists(policy));
  CHECK_FALSE(lasts("without_services false"));
  CHECK_FALSE(fs::exists(policy));
  // The machine's own policy stays as it is.
  std::ofstream(policy) << "own";
  CHECK(lasts("without_services grep -qx own " + policy));
  CHECK_FALSE(lasts("without_services false"));
  CHECK(jobfarm::test::read_file(policy) == "own");
}
