#include "actors/normalize/skills.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>

namespace jobfarm::normalize {

namespace {

struct skill {
  std::string_view name;
  /// Lower-case phrases, `|` between them.
  std::string_view phrases;
};

/// Groups and synonyms of the project's reference table for technical program
/// management, and the technologies that job texts name most.
constexpr skill taxonomy[] = {
    {"program management", "program management|programme management"},
    {"project management", "project management"},
    {"product management", "product management"},
    {"roadmapping", "roadmap|roadmaps|roadmapping"},
    {"okrs", "okr|okrs"},
    {"dependency management", "dependency management|critical path"},
    {"risk management", "risk management|risk register|raid log"},
    {"change management", "change management|adkar|prosci"},
    {"governance", "governance|steering committee"},
    {"executive communication",
     "executive communication|status reports|status reporting|qbr"},
    {"stakeholder management", "stakeholder management|stakeholder engagement"},
    {"cross-functional leadership",
     "cross functional leadership|cross-functional leadership|influence "
     "without "
     "authority"},
    {"agile", "agile"},
    {"scrum", "scrum"},
    {"kanban", "kanban"},
    {"safe", "scaled agile|safe framework|release train|pi planning"},
    {"waterfall", "waterfall"},
    {"lean", "lean six sigma|lean manufacturing"},
    {"six sigma", "six sigma"},
    {"release management", "release management|launch readiness"},
    {"go-to-market", "go-to-market|go to market|gtm"},
    {"incident management",
     "incident management|incident response|postmortem|postmortems"},
    {"itil", "itil"},
    {"capacity planning", "capacity planning|resource planning"},
    {"budgeting", "budget management|budgeting|p&l|capex|opex"},
    {"forecasting", "forecasting"},
    {"vendor management", "vendor management|contract management"},
    {"procurement", "procurement"},
    {"portfolio management", "portfolio management"},
    {"system design", "system design|systems design"},
    {"distributed systems", "distributed systems|distributed system"},
    {"microservices", "microservices|microservice"},
    {"aws", "aws|amazon web services"},
    {"azure", "azure"},
    {"gcp", "gcp|google cloud"},
    {"kubernetes", "kubernetes|k8s"},
    {"docker", "docker"},
    {"terraform", "terraform"},
    {"ansible", "ansible"},
    {"ci/cd", "ci/cd|continuous integration|continuous delivery"},
    {"jenkins", "jenkins"},
    {"observability", "observability|prometheus|grafana|datadog"},
    {"sre", "slo|slos|site reliability"},
    {"rest apis", "rest api|rest apis|restful"},
    {"graphql", "graphql"},
    {"sql", "sql"},
    {"postgresql", "postgresql|postgres"},
    {"mysql", "mysql"},
    {"mongodb", "mongodb"},
    {"redis", "redis"},
    {"elasticsearch", "elasticsearch"},
    {"kafka", "kafka"},
    {"spark", "apache spark|pyspark"},
    {"airflow", "airflow"},
    {"snowflake", "snowflake"},
    {"databricks", "databricks"},
    {"dbt", "dbt"},
    {"etl", "etl|elt"},
    {"machine learning", "machine learning"},
    {"deep learning", "deep learning"},
    {"llm", "llm|llms|large language models|generative ai|genai"},
    {"pytorch", "pytorch"},
    {"tensorflow", "tensorflow"},
    {"nlp", "nlp|natural language processing"},
    {"computer vision", "computer vision"},
    {"security", "information security|cybersecurity|application security"},
    {"soc 2", "soc 2|soc2"},
    {"iso 27001", "iso 27001|iso27001"},
    {"gdpr", "gdpr"},
    {"networking", "tcp/ip|network protocols"},
    {"cloudflare", "cloudflare"},
    {"embedded systems", "embedded systems|embedded software"},
    {"firmware", "firmware"},
    {"hardware npi", "npi|evt|dvt|pvt"},
    {"sdlc", "sdlc|software development lifecycle|software development life "
             "cycle"},
    {"python", "python"},
    {"java", "java"},
    {"spring-boot", "spring boot"},
    {"kotlin", "kotlin"},
    {"scala", "scala"},
    {"javascript", "javascript"},
    {"typescript", "typescript"},
    {"react", "react|react.js|reactjs"},
    {"angular", "angular"},
    {"vue", "vue|vue.js|vuejs"},
    {"node.js", "node.js|nodejs"},
    {"next.js", "next.js|nextjs"},
    {"cplusplus", "c++"},
    {"csharp", "c#"},
    {"dotnet", ".net|dotnet"},
    {"rust", "rust"},
    {"ruby", "ruby"},
    {"rails", "ruby on rails"},
    {"php", "php"},
    {"swift", "swift"},
    {"django", "django"},
    {"flask", "flask"},
    {"linux", "linux"},
    {"bash", "bash"},
    {"git", "git"},
    {"go", "golang"},
    {"ios", "ios"},
    {"android", "android"},
    {"figma", "figma"},
    {"jira", "jira"},
    {"confluence", "confluence"},
    {"asana", "asana"},
    {"smartsheet", "smartsheet"},
    {"microsoft project", "microsoft project|ms project"},
    {"airtable", "airtable"},
    {"notion", "notion"},
    {"planview", "planview|clarity ppm"},
    {"servicenow", "servicenow"},
    {"monday.com", "monday.com"},
    {"trello", "trello"},
    {"github", "github"},
    {"gitlab", "gitlab"},
    {"azure devops", "azure devops"},
    {"tableau", "tableau"},
    {"looker", "looker"},
    {"power bi", "power bi|powerbi"},
    {"miro", "miro"},
    {"excel", "microsoft excel|ms excel|advanced excel|excel"},
    {"salesforce", "salesforce"},
    {"sap", "sap"},
    {"sharepoint", "sharepoint"},
    {"workday", "workday"},
    {"hubspot", "hubspot"},
    {"pmp", "pmp"},
    {"pgmp", "pgmp"},
    {"pmi-acp", "pmi-acp"},
    {"prince2", "prince2"},
    {"csm", "csm|certified scrum master|certified scrummaster"},
    {"cissp", "cissp"},
    {"mentoring", "mentoring|mentorship"},
    {"negotiation", "negotiation"},
    {"facilitation", "facilitation"},
    {"conflict resolution", "conflict resolution"},
};
constexpr std::size_t skill_count = std::size(taxonomy);

struct phrase {
  std::string_view text;
  std::size_t skill;
};

/// A number for the first three bytes of a word, or the fewer that it has.
std::size_t start_of(std::string_view word) {
  std::size_t start = 0;
  for (std::size_t i = 0; i < std::min<std::size_t>(word.size(), 3); ++i)
    start = start << 5 ^ static_cast<unsigned char>(word[i]);
  return start & 0x3FFF;
}

/// Phrases by their first word; longer ones first.
struct phrase_index {
  std::unordered_map<std::string_view, std::vector<phrase>> by_word;
  /// How those words start: most words of a text start otherwise.
  std::bitset<0x4000> starts;
};

constexpr std::array<bool, 256> word_bytes = [] {
  std::array<bool, 256> is{};
  for (std::size_t c = 0; c < is.size(); ++c)
    is[c] = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
            || c == '#' || c == '.' || c == '/' || c == '&' || c == '-'
            || c >= 0x80;
  return is;
}();

bool is_word_byte(char c) {
  return word_bytes[static_cast<unsigned char>(c)];
}

/// What joins words: "aws/gcp", "python-based".
bool is_joint(char c) {
  return c == '/' || c == '-' || c == '&';
}

std::string_view first_word(std::string_view text) {
  return text.substr(0, std::min(text.find(' '), text.size()));
}

const phrase_index& index() {
  static const phrase_index made = [] {
    phrase_index all;
    for (std::size_t i = 0; i < skill_count; ++i)
      for (auto rest = taxonomy[i].phrases; !rest.empty();) {
        auto end = std::min(rest.find('|'), rest.size());
        auto text = rest.substr(0, end);
        all.by_word[first_word(text)].push_back({text, i});
        all.starts.set(start_of(first_word(text)));
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    return all;
  }();
  return made;
}

/// A word without the dot, slash or hyphen that ends it in a sentence.
std::string_view trimmed(std::string_view word) {
  auto is_mark = [](char c) {
    return c == '.' || c == '/' || c == '-' || c == '&';
  };
  while (word.size() > 1 && is_mark(word.back()))
    word.remove_suffix(1);
  while (word.size() > 1 && (is_mark(word.front()) && word.front() != '.'))
    word.remove_prefix(1);
  return word;
}

bool ends_word(std::string_view text, std::size_t at) {
  if (at >= text.size() || !is_word_byte(text[at]))
    return true;
  // A mark that another word does not follow.
  auto c = text[at];
  auto is_mark = c == '.' || c == '/' || c == '-' || c == '&';
  return is_mark
         && (at + 1 >= text.size() || !is_word_byte(text[at + 1]) || c == '/'
             || c == '-');
}

/// Adds the skills whose phrase begins with `word` and stands at the front of
/// `rest`.
void add_skills(const phrase_index& phrases, std::string_view word,
                std::string_view rest, std::bitset<skill_count>& found) {
  auto known = phrases.by_word.find(word);
  if (known == phrases.by_word.end())
    return;
  for (const auto& one : known->second)
    if (rest.substr(0, one.text.size()) == one.text
        && ends_word(rest, one.text.size()))
      found.set(one.skill);
}

/// "Go, Java", "in Go": a capital Go that is no verb. The same for R and C.
bool is_single_letter_skill(std::string_view original, std::size_t at,
                            std::size_t size) {
  auto after = original.substr(std::min(at + size, original.size()), 2);
  auto before = original.substr(at > 2 ? at - 2 : 0, at > 2 ? 2 : at);
  auto is_listed = after.substr(0, 1) == "," || after.substr(0, 1) == "/"
                   || before == ", " || before == "/";
  return is_listed;
}

} // namespace

std::vector<std::string> skills_in(std::string_view original) {
  std::string text{original};
  for (auto& c : text)
    if (c >= 'A' && c <= 'Z')
      c = static_cast<char>(c + 32);
    else if (c == '\n' || c == '\t')
      c = ' ';
  std::bitset<skill_count> found;
  bool has_go = false;
  const auto& phrases = index();
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    bool is_joined = false;
    for (; end < text.size() && is_word_byte(text[end]); ++end)
      is_joined = is_joined || is_joint(text[end]);
    auto run = std::string_view{text}.substr(at, end - at);
    for (std::size_t part = 0; part < run.size();) {
      auto rest = std::string_view{text}.substr(at + part);
      auto word = trimmed(run.substr(part));
      for (auto length = word.size(); length > 0;) {
        if (phrases.starts[start_of(word.substr(0, length))])
          add_skills(phrases, word.substr(0, length), rest, found);
        auto cut =
            is_joined ? word.substr(0, length).find_last_of("/-&") : word.npos;
        length = cut == word.npos ? 0 : cut;
      }
      if (word == "go" && original.substr(at + part, 2) == "Go"
          && is_single_letter_skill(original, at + part, 2))
        has_go = true;
      auto next = is_joined ? run.find_first_of("/-&", part) : run.npos;
      part = next == run.npos ? run.size() : next + 1;
    }
    at = end;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < skill_count; ++i)
    if (found[i] || (has_go && taxonomy[i].name == "go"))
      names.emplace_back(taxonomy[i].name);
  return names;
}

} // namespace jobfarm::normalize
