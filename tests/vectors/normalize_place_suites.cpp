#include "actors/normalize/employment.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"
#include "actors/normalize/pay_period.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/html.hpp"
#include "messages/json.hpp"
#include "tests/vectors/suite.hpp"

#include <algorithm>
#include <map>

// Every suite of the normaliser; records go through the whole of it.

namespace jobfarm::test {

namespace {

const normalize::normalizer& rules() {
  static const normalize::normalizer all(
      *normalize::gazetteer::open(JOBFARM_GAZETTEER));
  return all;
}

/// The posting made of some fields of a raw record.
json normalized(json raw) {
  raw["source"] = "vector";
  raw["source_id"] = "1";
  if (!raw.contains("title"))
    raw["title"] = "Engineer";
  auto record = from_json<raw_posting>(raw.dump());
  if (!record)
    throw std::runtime_error(record.error().detail);
  auto posting = rules().normalize(*record);
  if (!posting)
    throw std::runtime_error(posting.error().detail);
  return json::parse(to_json(*posting));
}

std::string check_location(const json& row) {
  auto got = normalized(row["input"]);
  std::string problem;
  for (auto& [name, wanted] : row["expect"].items())
    problem += differs(name, wanted, got[name]);
  return problem;
}

std::string check_workplace(const json& row) {
  auto label = row["input"]["workplace"].get<std::string>();
  return differs("remote", row["expect"]["remote"],
                 std::string{to_string(normalize::mode_of_label(label))});
}

std::string check_employment(const json& row) {
  auto label = row["input"]["employment_type"].get<std::string>();
  return differs("employment_type", row["expect"]["employment_type"],
                 std::string{to_string(normalize::employment_of(label))});
}

std::string check_seniority(const json& row) {
  auto title =
      normalize::normalize_title(row["input"]["title"].get<std::string>());
  std::string got{to_string(normalize::seniority_of(title))};
  if (row["expect"].contains("seniority_not"))
    return matches(row["expect"]["seniority_not"], got) ? "got " + got : "";
  return differs("seniority", row["expect"]["seniority"], got);
}

std::string check_salary(const json& row) {
  json raw;
  const auto& input = row["input"];
  if (input.contains("raw"))
    raw = input["raw"];
  if (input.contains("text"))
    raw["description_html"] = input["text"];
  if (input.contains("salary"))
    raw["salary"] = input["salary"];
  auto got = normalized(raw);
  const auto& wanted = row["expect"]["salary"];
  if (wanted.is_null())
    return got["salary_min"].is_null() && got["salary_max"].is_null()
               ? ""
               : "found pay where there is none: " + got["salary_text"].dump();
  auto is_single =
      row.contains("tags")
      && std::find(row["tags"].begin(), row["tags"].end(), "single-amount")
             != row["tags"].end();
  std::string problem = differs("min", wanted["min"], got["salary_min"]);
  if (!is_single)
    problem += differs("max", wanted["max"], got["salary_max"]);
  else if (!got["salary_max"].is_null())
    problem += differs("max", wanted["min"], got["salary_max"]);
  auto may_be_null = [&](const char* field) {
    return row.contains("inferred")
           && std::find(row["inferred"].begin(), row["inferred"].end(), field)
                  != row["inferred"].end();
  };
  for (const auto* field : {"currency", "period"}) {
    auto value = got["salary_" + std::string{field}];
    if (!(may_be_null(field) && value.is_null()))
      problem += differs(field, wanted[field], value);
  }
  return problem;
}

/// Fields of a raw record in, fields of the posting out.
std::string check_record(const json& row) {
  const auto& input = row["input"];
  auto got = normalized(input.contains("raw") ? input["raw"] : input);
  std::string problem;
  for (auto& [name, wanted] : row["expect"].items())
    problem += differs(name, wanted, got[name]);
  return problem;
}

std::string check_experience(const json& row) {
  auto text = text::html_to_text(row["input"]["text"].get<std::string>());
  auto got = normalize::experience_in(text);
  const auto& wanted = row["expect"]["experience_years"];
  if (wanted.is_null())
    return got.min || got.max ? "found years where none are asked" : "";
  auto value = [](const std::optional<double>& n) {
    return n ? json(*n) : json();
  };
  return differs("min", wanted["min"], value(got.min))
         + differs("max", wanted["max"], value(got.max));
}

std::string check_language(const json& row) {
  auto text = text::html_to_text(row["input"]["text"].get<std::string>());
  auto got = normalize::language_of(text);
  return differs("language", row["expect"]["language"],
                 got.empty() ? json() : json(got));
}

std::string check_technology(const json& row) {
  auto got = normalize::skills_in(row["input"]["text"].get<std::string>());
  std::string problem;
  for (const auto& wanted : row["expect"]["technologies"])
    if (std::find(got.begin(), got.end(), wanted.get<std::string>())
        == got.end())
      problem += "missing " + wanted.dump() + "; ";
  return problem;
}

/// The suite's slugs are finer than the taxonomy of families.
std::string check_occupation(const json& row) {
  static const std::map<std::string, std::string> families = {
      {"site-reliability-engineer", "site_reliability"},
      {"platform-engineer", "devops_platform"},
      {"devops-engineer", "devops_platform"},
      {"cloud-engineer", "cloud_engineering"},
      {"cloud-architect", "cloud_engineering"},
      {"analytics-engineer", "analytics_engineering"},
      {"mlops-engineer", "machine_learning"},
      {"nlp-engineer", "machine_learning"},
      {"ml-engineer", "machine_learning"},
      {"ai-engineer", "machine_learning"},
      {"firmware-engineer", "embedded_software"},
      {"embedded-engineer", "embedded_software"},
      {"hardware-engineer", "hardware_engineering"},
      {"sdet", "quality_assurance"},
      {"qa-engineer", "quality_assurance"},
      {"data-architect", "data_engineering"},
      {"data-engineer", "data_engineering"},
      {"data-analyst", "data_analytics"},
      {"data-scientist", "data_science"},
      {"tech-lead", "software_engineering"},
      {"software-engineer", "software_engineering"},
      {"product-engineer", "software_engineering"},
      {"quantitative-analyst", "quantitative_finance"},
      {"robotics-engineer", "robotics"},
      {"developer-advocate", "developer_relations"},
      {"geospatial-analyst", "geospatial"},
      {"solutions-architect", "architecture"},
      {"maintenance-technician", "technician"},
  };
  auto slug = row["expect"]["occupation"].get<std::string>();
  auto known = families.find(slug);
  if (known == families.end())
    return "no family written for " + slug;
  auto title =
      normalize::normalize_title(row["input"]["title"].get<std::string>());
  return differs("family", known->second,
                 std::string{normalize::role_family_of(title)});
}

const suite_registration suites[] = {
    {"location", check_location},     {"workplace", check_workplace},
    {"employment", check_employment}, {"seniority", check_seniority},
    {"salary", check_salary},         {"salary_unit", check_record},
    {"annualise", check_record},      {"experience", check_experience},
    {"language", check_language},     {"technology", check_technology},
    {"occupation", check_occupation},
};

} // namespace

} // namespace jobfarm::test
