#include "actors/dedupe/batch.hpp"
#include "actors/dedupe/similarity.hpp"
#include "messages/json.hpp"
#include "tests/vectors/suite.hpp"

#include <algorithm>
#include <array>

namespace jobfarm::test {

namespace {

std::string text_of(const json& record, const char* name) {
  return record.contains(name) && record[name].is_string()
             ? record[name].get<std::string>()
             : std::string{};
}

std::string check_difflib(const json& row) {
  return differs("ratio", row["expect"]["ratio"],
                 dedupe::ratio(row["input"]["a"].get<std::string>(),
                               row["input"]["b"].get<std::string>()));
}

std::string check_similarity(const json& row) {
  const auto& a = row["input"]["a"];
  const auto& b = row["input"]["b"];
  auto of_a = std::array{text_of(a, "title"), text_of(a, "company"),
                         text_of(a, "description")};
  auto of_b = std::array{text_of(b, "title"), text_of(b, "company"),
                         text_of(b, "description")};
  auto got =
      dedupe::compare({of_a[0], of_a[1], of_a[2]}, {of_b[0], of_b[1], of_b[2]});
  const auto& wanted = row["expect"];
  return differs("title", wanted["title"], got.title)
         + differs("company", wanted["company"], got.company)
         + differs("description", wanted["description"], got.description)
         + differs("score", wanted["score"], got.score());
}

std::string check_dedupe(const json& row) {
  const auto& input = row["input"];
  auto profile = input["profile"].get<std::string>();
  std::vector<job_posting> postings;
  dedupe::decision_options options;
  options.rule =
      profile == "seed" ? dedupe::rule::seed : dedupe::rule::location;
  dedupe::batch all(options);
  for (const auto& one : input["postings"]) {
    auto posting = from_json<job_posting>(one.dump());
    if (!posting)
      return "posting: " + posting.error().detail;
    all.add(*posting);
    postings.push_back(*std::move(posting));
  }
  auto groups =
      all.groups([&](std::uint32_t number) -> expected<dedupe::shingle_set> {
        return dedupe::shingles_of(postings[number].description);
      });
  if (!groups)
    return "groups: " + groups.error().detail;
  for (auto& group : *groups)
    std::sort(group.begin(), group.end());
  std::sort(groups->begin(), groups->end());
  json got = *groups;
  return got == row["expect"]["groups"] ? std::string{}
                                        : "groups: got " + got.dump();
}

const suite_registration suites[] = {
    {"dedupe", check_dedupe},
    {"difflib", check_difflib},
    {"similarity", check_similarity},
};

} // namespace

} // namespace jobfarm::test
