#include "actors/normalize/role_family.hpp"

#include "actors/normalize/title.hpp"
#include "actors/text/phrase_table.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// Codes: O*NET 15-1299.09, 13-1082.00 and ESCO 1.2 for program and project
/// management (CC BY 4.0), the titles of SOC 2018 and ISCO-08 for the rest.
constexpr role_family families[] = {
#include "actors/normalize/data/role_families.inc"
};

struct role {
  /// Phrases that must occur from a beginning of a word on; one that ends in
  /// `$` ends with a word too. `|` separates them. Compared without diacritics.
  std::string_view phrases;
  std::string_view family;
};

/// The special before the general: the first that fits decides. Synonyms of
/// the project's reference table for technical program management, common
/// usage for the rest.
constexpr role roles[] = {
#include "actors/normalize/data/role_phrases.inc"
};

/// The phrases of all roles in one scanner, with the row of each.
class role_phrases {
public:
  role_phrases() {
    for (std::size_t row = 0; row < std::size(roles); ++row)
      text::for_each_phrase(roles[row].phrases, [&](std::string_view phrase) {
        auto must_end = phrase.back() == '$';
        phrase.remove_suffix(must_end ? 1 : 0);
        texts_.push_back(std::string{phrase} + (must_end ? "" : "*"));
        rows_.push_back({row, manages(row), is_work_in_a_field(row)});
      });
    scanner_.emplace(
        std::vector<std::string_view>(texts_.begin(), texts_.end()));
  }

  /// The first row that has a phrase in the title; `size(roles)` if none.
  /// Among managers of programs, products, projects, delivery and engineers the
  /// one that is named first: "Product Manager, Program Manager Tools". A field
  /// gives way to what is done in it: "AI Sales Specialist".
  std::size_t first_row(std::string_view title) const {
    auto first = std::size(roles);
    auto manager = std::size(roles);
    auto worker = std::size(roles);
    std::size_t manager_end = 0;
    text::phrase_scanner::hit work{};
    // Only diacritics are left to fold of a normalised title.
    std::string bare;
    auto folded = title;
    if (block::ascii_end(title, 0) < title.size())
      folded = bare = text::fold_ascii(title);
    scanner_->scan(folded, [&](const text::phrase_scanner::hit& one) {
      auto [row, is_manager, is_worker] = rows_[one.phrase];
      first = std::min(first, row);
      if (row < worker && is_worker) {
        worker = row;
        work = one;
      }
      if (!is_manager)
        return;
      auto is_in_first =
          one.begin < manager_end || is_management(title, manager_end);
      if (manager == std::size(roles) || (is_in_first && row < manager)) {
        manager = row;
        manager_end = one.end;
      }
    });
    if (first == std::size(roles))
      return first;
    // Architects of clouds are of the cloud.
    auto is_of_cloud = worker < std::size(roles)
                       && roles[worker].family == "architecture"
                       && roles[first].family == "cloud_engineering";
    if (worker < std::size(roles) && is_field(first) && !is_of_cloud
        && !names_maker(title, work.begin, work.end))
      return worker;
    return manages(first) ? manager : first;
  }

private:
  /// The row of a phrase, and what its family is.
  struct phrase_row {
    std::size_t row;
    bool is_manager;
    bool is_worker;
  };

  static bool manages(std::size_t row) {
    auto family = roles[row].family;
    return family == "technical_program_management"
           || family == "program_management" || family == "product_management"
           || family == "project_management" || family == "delivery_management"
           || family == "engineering_management";
  }

  /// Families that also name what others sell, write or hire for.
  static bool is_field(std::size_t row) {
    auto family = roles[row].family;
    return family == "machine_learning" || family == "cloud_engineering"
           || family == "security" || family == "blockchain_engineering"
           || family == "robotics";
  }

  static bool is_work_in_a_field(std::size_t row) {
    constexpr std::string_view all[] = {"architecture",
                                        "account_management",
                                        "business_analysis",
                                        "business_development",
                                        "communications",
                                        "creative_design",
                                        "customer_success",
                                        "customer_support",
                                        "executive_assistance",
                                        "human_resources",
                                        "legal",
                                        "marketing",
                                        "procurement",
                                        "product_design",
                                        "recruiting",
                                        "revenue_operations",
                                        "sales",
                                        "sales_engineering",
                                        "social_content",
                                        "technical_writing"};
    return std::find(std::begin(all), std::end(all), roles[row].family)
           != std::end(all);
  }

  /// Whether somebody who makes the field's things is named beside the work:
  /// "Machine Learning Engineer, Sales".
  static bool names_maker(std::string_view title, std::size_t begin,
                          std::size_t end) {
    for (std::string_view maker :
         {"engineer", "scientist", "developer", "researcher", "programmer",
          "analyst", "security architect", "cloud architect"}) {
      auto at = title.find(maker);
      if (at != title.npos && (at < begin || at >= end))
        return true;
    }
    return false;
  }

  /// "Product manag" before "ement" is a field, not a person.
  static bool is_management(std::string_view title, std::size_t end) {
    constexpr std::string_view tail = "ement";
    return title.substr(std::min(end, title.size()), tail.size()) == tail;
  }

  std::vector<std::string> texts_;
  std::vector<phrase_row> rows_;
  std::optional<text::phrase_scanner> scanner_;
};

} // namespace

const role_family* find_role_family(std::string_view slug) {
  auto found =
      std::find_if(std::begin(families), std::end(families),
                   [&](const role_family& one) { return one.slug == slug; });
  return found == std::end(families) ? nullptr : found;
}

std::size_t role_family_count() {
  return std::size(families);
}

std::string_view role_family_of(std::string_view given) {
  // Behind " at " stands a company, whatever its name says.
  auto title = given.substr(0, std::min(given.find(" at "), given.size()));
  static const role_phrases phrases;
  auto row = phrases.first_row(title);
  return row == std::size(roles) ? "other" : roles[row].family;
}

} // namespace jobfarm::normalize
