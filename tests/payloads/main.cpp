// payloads [DIR]
//
// Reads every file of DIR/SOURCE/ (default: see tests/support/paths.hpp) with
// the parser of its source and the normaliser, and compares the number of
// postings with an independent count where the file is JSON; every file of
// DIR/errors must be refused. Prints `SOURCE passed/total`.

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/sources/source.hpp"
#include "tests/support/paths.hpp"

#include <nlohmann/json.hpp>

#include <iostream>
#include <set>

namespace fs = std::filesystem;
using namespace jobfarm;
using nlohmann::json;

namespace {

/// Objects in the file that are postings, counted without our parsers.
std::optional<std::size_t> count_in(const fs::path& file,
                                    const std::string& bytes) {
  if (file.extension() != ".json")
    return std::nullopt;
  auto root = json::parse(bytes, nullptr, false);
  if (root.is_discarded())
    return std::nullopt;
  for (const auto* list : {"jobs", "content", "results"})
    if (root.is_object() && root.contains(list))
      root = json(root[list]);
  if (!root.is_array())
    root = json::array({root});
  std::size_t count = 0;
  for (const auto& one : root)
    count += !one.contains("legal") && one.value("isListed", true);
  return count;
}

std::string check_file(const sources::source& by, const fs::path& file,
                       const normalize::normalizer& rules) {
  auto bytes = test::read_file(file);
  sources::parse_context context;
  context.board = "acme";
  context.fetched_at = "2026-11-24T10:00:00Z";
  auto page = by.parse(bytes, context);
  if (!page)
    return "refused: " + page.error().detail;
  auto postings = page->postings;
  for (const auto& next : page->next)
    if (next.listed)
      postings.push_back(*next.listed);
  auto wanted = count_in(file, bytes);
  if (postings.empty() || (wanted && *wanted != postings.size()))
    return "gave " + std::to_string(postings.size()) + " postings";
  for (const auto& raw : postings) {
    auto posting = rules.normalize(raw);
    if (!posting)
      return "rejected " + raw.source_id + ": " + posting.error().detail;
    if (posting->title.empty()
        || (!raw.company.empty() && posting->company.empty())
        || (!raw.location.empty() && posting->location.empty())
        || (!raw.description_html.empty() && posting->description.empty()))
      return "lost a field of " + raw.source_id;
  }
  return {};
}

std::string check_error(const fs::path& file) {
  auto name = file.filename().string();
  const auto* by = sources::find_source(name.substr(0, name.find('-')));
  if (!by)
    return {};
  auto page = by->parse(test::read_file(file), {});
  // SmartRecruiters answers an unknown company like an empty one.
  if (page && page->verdict == answer::empty)
    return {};
  return page ? "read as a page" : "";
}

} // namespace

int main(int argc, char** argv) {
  auto dir = argc > 1 ? fs::path{argv[1]} : test::payloads_dir();
  if (!fs::is_directory(dir)) {
    std::cout << "no payloads at " << dir.string()
              << ": nothing to check beyond the project's own tests\n";
    return 0;
  }
  normalize::normalizer rules(*normalize::gazetteer::open(JOBFARM_GAZETTEER));
  bool good = true;
  for (const auto& folder : fs::directory_iterator(dir)) {
    auto name = folder.path().filename().string();
    const auto* by = sources::find_source(name);
    if (!folder.is_directory() || (!by && name != "errors"))
      continue;
    std::size_t passed = 0;
    std::size_t total = 0;
    for (const auto& file : fs::directory_iterator(folder)) {
      ++total;
      auto problem = by ? check_file(*by, file, rules) : check_error(file);
      passed += problem.empty();
      if (!problem.empty())
        std::cout << "  " << file.path().filename().string() << ": " << problem
                  << '\n';
    }
    std::cout << name << ' ' << passed << '/' << total << '\n';
    good = good && passed == total;
  }
  return good ? 0 : 1;
}
