#include "actors/dedupe/similarity.hpp"
#include "tests/vectors/suite.hpp"

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

const suite_registration suites[] = {
    {"difflib", check_difflib},
    {"similarity", check_similarity},
};

} // namespace

} // namespace jobfarm::test
