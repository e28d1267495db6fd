#include "actors/normalize/skills.hpp"

#include <algorithm>
#include <array>
#include <bitset>
#include <unordered_map>
#include <utility>

namespace jobfarm::normalize {

namespace {

struct skill {
  std::string_view name;
  /// Lower-case phrases, `|` between them. `^` before one: only with a capital
  /// in the text ("React", not "react to"); `=`: only in capitals ("SAP").
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
    {"helm", "^helm"},
    {"pulumi", "pulumi"},
    {"puppet", "^puppet"},
    {"vault", "hashicorp vault"},
    {"argo cd", "argocd|argo cd"},
    {"github actions", "github actions"},
    {"circleci", "circleci"},
    {"nginx", "nginx"},
    {"istio", "istio"},
    {"openshift", "openshift"},
    {"serverless", "serverless|aws lambda"},
    {"vmware", "vmware"},
    {"ci/cd", "ci/cd|continuous integration|continuous delivery"},
    {"jenkins", "jenkins"},
    {"observability", "observability|prometheus|grafana|datadog"},
    {"sre", "=slo|slos|site reliability|=sre"},
    {"rest apis", "rest api|rest apis|restful"},
    {"graphql", "graphql"},
    {"sql", "sql"},
    {"postgresql", "postgresql|postgres"},
    {"mysql", "mysql"},
    {"mongodb", "mongodb"},
    {"redis", "redis"},
    {"oracle", "oracle database|oracle db|pl/sql|oracle erp"},
    {"sql-server", "sql server|mssql|t-sql"},
    {"sqlite", "sqlite"},
    {"dynamodb", "dynamodb"},
    {"cassandra", "^cassandra"},
    {"neo4j", "neo4j"},
    {"bigquery", "bigquery"},
    {"redshift", "^redshift"},
    {"clickhouse", "clickhouse"},
    {"rabbitmq", "rabbitmq"},
    {"grpc", "grpc"},
    {"hadoop", "hadoop"},
    {"flink", "^flink|apache flink"},
    {"trino", "^presto|^trino"},
    {"elasticsearch", "elasticsearch"},
    {"kafka", "kafka"},
    {"spark", "apache spark|pyspark|^spark"},
    {"airflow", "airflow"},
    {"snowflake", "^snowflake"},
    {"databricks", "databricks"},
    {"dbt", "dbt"},
    {"etl", "etl|elt"},
    {"machine learning", "machine learning"},
    {"deep learning", "deep learning"},
    {"llm", "llm|llms|large language models|generative ai|genai"},
    {"pytorch", "pytorch"},
    {"keras", "^keras"},
    {"scikit-learn", "scikit-learn|sklearn"},
    {"pandas", "pandas"},
    {"numpy", "numpy"},
    {"hugging face", "hugging face|huggingface"},
    {"langchain", "langchain"},
    {"mlflow", "mlflow"},
    {"opencv", "opencv"},
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
    {"hardware npi", "=npi|=evt|=dvt|=pvt"},
    {"sdlc", "sdlc|software development lifecycle|software development life "
             "cycle"},
    {"python", "python"},
    {"java", "java"},
    {"spring-boot", "spring boot|springboot|spring-boot"},
    {"kotlin", "kotlin"},
    {"scala", "scala"},
    {"javascript", "javascript"},
    {"typescript", "typescript"},
    {"react", "^react|react.js|reactjs|react native"},
    {"angular", "angular"},
    {"vue", "^vue|vue.js|vuejs"},
    {"node.js", "node.js|nodejs"},
    {"next.js", "next.js|nextjs"},
    {"cplusplus", "c++"},
    {"csharp", "c#"},
    {"dotnet", ".net|dotnet"},
    {"rust", "^rust"},
    {"ruby", "^ruby"},
    {"rails", "ruby on rails|^rails"},
    {"php", "php"},
    {"laravel", "laravel"},
    {"symfony", "symfony"},
    {"perl", "^perl"},
    {"elixir", "^elixir"},
    {"erlang", "erlang"},
    {"haskell", "haskell"},
    {"clojure", "clojure"},
    {"dart", "^dart"},
    {"flutter", "^flutter"},
    {"julia", "^julia"},
    {"matlab", "matlab"},
    {"sas", "=sas"},
    {"solidity", "^solidity"},
    {"groovy", "^groovy"},
    {"objective-c", "objective-c|objective c"},
    {"powershell", "powershell"},
    {"html", "html|html5"},
    {"css", "css|css3"},
    {"sass", "^sass|scss"},
    {"tailwind", "tailwind|tailwindcss"},
    {"svelte", "^svelte|sveltekit"},
    {"redux", "^redux"},
    {"webpack", "webpack"},
    {"express", "express.js|expressjs"},
    {"nestjs", "nestjs|nest.js"},
    {"fastapi", "fastapi"},
    {"hibernate", "^hibernate"},
    {"spring", "spring framework|spring mvc|spring cloud|spring data"},
    {"swift", "^swift"},
    {"django", "django"},
    {"flask", "^flask"},
    {"linux", "linux"},
    {"bash", "bash"},
    {"git", "git"},
    {"go", "golang"},
    {"ios", "ios"},
    {"android", "android"},
    {"figma", "figma"},
    {"photoshop", "photoshop"},
    {"illustrator", "adobe illustrator"},
    {"after effects", "after effects"},
    {"autocad", "autocad"},
    {"solidworks", "solidworks"},
    {"unity", "unity3d|unity engine"},
    {"unreal engine", "unreal engine"},
    {"selenium", "^selenium"},
    {"cypress", "^cypress"},
    {"playwright", "^playwright"},
    {"jest", "^jest"},
    {"junit", "junit"},
    {"postman", "^postman"},
    {"jira", "jira"},
    {"confluence", "^confluence"},
    {"asana", "asana"},
    {"smartsheet", "smartsheet"},
    {"microsoft project", "microsoft project|ms project"},
    {"airtable", "airtable"},
    {"notion", "^notion"},
    {"planview", "planview|clarity ppm"},
    {"servicenow", "servicenow"},
    {"monday.com", "monday.com"},
    {"trello", "trello"},
    {"github", "github"},
    {"gitlab", "gitlab"},
    {"azure devops", "azure devops"},
    {"tableau", "tableau"},
    {"looker", "^looker"},
    {"power bi", "power bi|powerbi"},
    {"miro", "^miro"},
    {"excel", "microsoft excel|ms excel|advanced excel|^excel"},
    {"salesforce", "salesforce|sfdc"},
    {"dynamics 365", "dynamics 365"},
    {"netsuite", "netsuite"},
    {"zendesk", "zendesk"},
    {"marketo", "marketo"},
    {"google analytics", "google analytics|ga4"},
    {"google sheets", "google sheets"},
    {"quickbooks", "quickbooks"},
    {"amplitude", "^amplitude"},
    {"splunk", "splunk"},
    {"new relic", "new relic"},
    {"sap", "=sap|=sap s/4hana|s/4hana"},
    {"sharepoint", "sharepoint"},
    {"workday", "^workday"},
    {"hubspot", "hubspot"},
    {"pmp", "pmp"},
    {"pgmp", "pgmp"},
    {"pmi-acp", "pmi-acp"},
    {"prince2", "prince2"},
    {"csm", "=csm|certified scrum master|certified scrummaster"},
    {"cissp", "cissp"},
    {"psm", "=psm"},
    {"cspo", "=cspo"},
    {"cpa", "=cpa"},
    {"cfa", "=cfa"},
    {"hipaa", "hipaa"},
    {"pci dss", "pci dss|pci-dss"},
    {"oauth", "oauth|oauth2"},
    {"ros", "=ros|=ros2"},
    {"fpga", "fpga"},
    {"verilog", "verilog|systemverilog"},
    {"plc", "=plc|=plcs"},
    {"blockchain", "blockchain"},
    {"mentoring", "mentoring|mentorship"},
    {"negotiation", "negotiation"},
    {"facilitation", "facilitation"},
    {"conflict resolution", "conflict resolution"},
};
constexpr std::size_t skill_count = std::size(taxonomy);

enum class case_rule { any, capital, capitals };

struct phrase {
  std::string_view text;
  std::size_t skill;
  case_rule rule = case_rule::any;
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

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+'
         || c == '#' || c == '.' || c == '/' || c == '&' || c == '-'
         || static_cast<unsigned char>(c) >= 0x80;
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
        auto rule = text[0] == '^'   ? case_rule::capital
                    : text[0] == '=' ? case_rule::capitals
                                     : case_rule::any;
        if (rule != case_rule::any)
          text.remove_prefix(1);
        all.by_word[first_word(text)].push_back({text, i, rule});
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

bool is_capital(char c) {
  return c >= 'A' && c <= 'Z';
}

/// Verbs and nouns that a capital at the begin of a sentence makes look like a
/// product, by the word behind them: "Excel at", "React to", "Notion of".
bool is_plain_word(std::string_view phrase, std::string_view behind) {
  constexpr std::pair<std::string_view, std::string_view> plain[] = {
      {"excel", " at | in a| in the| in fast| as "},
      {"react", " to | quickly| fast"},
      {"notion", " of | that "},
      {"rust", " belt"},
      {"swift", " action| response| delivery| resolution"},
      {"dart", " board"},
      {"spark", " joy| change| curiosity| innovation| conversation"},
      {"workday", " is | starts| schedule| begins"},
      {"flutter", " entertainment"},
      {"confluence", " of "}};
  for (auto [word, rest] : plain) {
    if (word != phrase)
      continue;
    while (!rest.empty()) {
      auto end = std::min(rest.find('|'), rest.size());
      if (behind.substr(0, end) == rest.substr(0, end))
        return true;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return false;
}

bool fits_case(const phrase& one, std::string_view original,
               std::string_view lower) {
  auto written = original.substr(0, one.text.size());
  if (one.rule == case_rule::capital)
    return is_capital(written[0])
           && !is_plain_word(one.text, lower.substr(one.text.size()));
  return one.rule == case_rule::any
         || std::none_of(written.begin(), written.end(),
                         [](char c) { return c >= 'a' && c <= 'z'; });
}

/// What stands beside a language whose name is a letter or a verb.
bool is_language(std::string_view word) {
  for (std::string_view one :
       {"python",  "java",       "c++",        "sql",    "rust",
        "scala",   "javascript", "typescript", "ruby",   "kotlin",
        "node.js", "nodejs",     "php",        "c#",     "sas",
        "matlab",  "stata",      "julia",      "golang", "perl",
        "bash",    "swift",      "r",          "go",     "haskell",
        "elixir",  "assembly",   "fortran",    "spss",   "tableau",
        "c/c++",   "spark",      "react",      "docker", "kubernetes",
        "node",    "excel"})
    if (word == one)
      return true;
  return false;
}

bool is_joining(std::string_view word) {
  return word == "and" || word == "or" || word == "&" || word == "and/or";
}

/// Words are looked for near: a long run of blanks costs nothing.
constexpr std::size_t nearby = 40;

std::string_view word_before(std::string_view text, std::size_t at) {
  auto is_gap = [](char c) { return c == ' ' || c == ',' || c == '('; };
  auto least = at > nearby ? at - nearby : 0;
  while (at > least && is_gap(text[at - 1]))
    --at;
  auto begin = at;
  while (begin > least && is_word_byte(text[begin - 1]))
    --begin;
  return text.substr(begin, at - begin);
}

std::string_view word_behind(std::string_view text, std::size_t at) {
  auto most = std::min(text.size(), at + nearby);
  while (at < most && (text[at] == ' ' || text[at] == ','))
    ++at;
  auto end = at;
  while (end < most && is_word_byte(text[end]))
    ++end;
  return trimmed(text.substr(at, end - at));
}

/// True for "Go", "R" and "C" as languages: in their case, in a list beside
/// another language, or before a word that says so. "Go live", "R&D" and
/// "Series C" are none.
bool is_short_language(std::string_view original, std::string_view lower,
                       std::size_t at, std::size_t size) {
  if (!is_capital(original[at]) || (size == 2 && is_capital(original[at + 1])))
    return false;
  auto offset = [&](std::string_view word) {
    return static_cast<std::size_t>(word.data() - lower.data());
  };
  auto end = at + size;
  auto next = end < lower.size() ? lower[end] : ' ';
  if (next == '&' || next == '-' || next == '\'' || next == '+')
    return false;
  if (next == '/')
    return is_language(word_behind(lower, end + 1));
  if (at > 0 && lower[at - 1] == '/')
    return is_language(word_before(lower, at - 1));
  auto behind = word_behind(lower, end);
  for (std::string_view says :
       {"programming", "language", "developer", "developers", "engineer",
        "engineers", "studio", "shiny", "code", "codebase", "microservices",
        "scripting", "backend", "lang"})
    if (behind == says)
      return true;
  if (is_joining(behind))
    behind = word_behind(lower, offset(behind) + behind.size());
  auto before = word_before(lower, at);
  if (before == "embedded" || before == "ansi")
    return true;
  if (is_joining(before))
    before = word_before(lower, offset(before));
  auto is_end = next == ',' || next == '.' || next == ')' || next == ';';
  return is_language(behind) || is_language(trimmed(before))
         || (is_end
             && (before == "in" || before == "with" || before == "using"
                 || before == "written"));
}

/// Adds the skills whose phrase begins with `word` and stands at the front of
/// `lower`, written as `original`.
void add_skills(const phrase_index& phrases, std::string_view word,
                std::string_view original, std::string_view lower,
                std::bitset<skill_count>& found) {
  auto known = phrases.by_word.find(word);
  if (known == phrases.by_word.end())
    return;
  for (const auto& one : known->second)
    if (lower.substr(0, one.text.size()) == one.text
        && ends_word(lower, one.text.size()) && fits_case(one, original, lower))
      found.set(one.skill);
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
  constexpr std::string_view short_languages[] = {"go", "r", "c"};
  bool has_short[std::size(short_languages)] = {};
  const auto& phrases = index();
  for (std::size_t at = 0; at < text.size();) {
    if (!is_word_byte(text[at])) {
      ++at;
      continue;
    }
    auto end = at;
    while (end < text.size() && is_word_byte(text[end]))
      ++end;
    auto run = std::string_view{text}.substr(at, end - at);
    // "aws/gcp" and "python-based" hold words of their own.
    for (std::size_t part = 0; part < run.size();) {
      auto rest = std::string_view{text}.substr(at + part);
      auto word = trimmed(run.substr(part));
      for (auto length = word.size(); length > 0;) {
        if (phrases.starts[start_of(word.substr(0, length))])
          add_skills(phrases, word.substr(0, length),
                     original.substr(at + part), rest, found);
        auto cut = word.substr(0, length).find_last_of("/-&");
        length = cut == word.npos ? 0 : cut;
      }
      auto head = word.substr(0, word.find_first_of("/-&"));
      for (std::size_t i = 0; i < std::size(short_languages); ++i)
        if (head == short_languages[i]
            && is_short_language(original, text, at + part, head.size()))
          has_short[i] = true;
      auto next = run.find_first_of("/-&", part);
      part = next == run.npos ? run.size() : next + 1;
    }
    at = end;
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < skill_count; ++i)
    if (found[i])
      names.emplace_back(taxonomy[i].name);
  for (std::size_t i = 0; i < std::size(short_languages); ++i)
    if (has_short[i]
        && std::find(names.begin(), names.end(), short_languages[i])
               == names.end())
      names.emplace_back(short_languages[i]);
  return names;
}

} // namespace jobfarm::normalize
