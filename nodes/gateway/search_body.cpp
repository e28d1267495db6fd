#include "nodes/gateway/search_body.hpp"

#include "actors/normalize/fx.hpp"
#include "actors/sources/source.hpp"
#include "messages/json.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace jobfarm::nodes::gateway {

namespace {

using value = nlohmann::json;
using faults = std::vector<body_fault>;

constexpr std::size_t longest_text = 4096;
/// A hundred years.
constexpr std::uint64_t most_seconds = 100ull * 365 * 86'400;
/// More would only make the answer long.
constexpr std::size_t most_faults = 100;

enum class shape { text, texts, flag, number, whole, seconds, level, boards };

struct member {
  std::string_view name;
  shape what;
  /// Of a list: every posting is held against every place and company.
  std::size_t most_items = 0;
};

constexpr member members[] = {
    {"text", shape::text},
    {"locations", shape::texts, 200},
    {"remote_only", shape::flag},
    {"salary_min", shape::number},
    {"salary_currency", shape::text},
    {"posted_within_s", shape::seconds},
    {"sources", shape::texts, 100},
    {"boards", shape::boards, 20'000},
    {"companies", shape::texts, 1000},
    {"level", shape::level},
    {"limit", shape::whole},
    {"timeout_s", shape::seconds},
};

bool is_text(const value& v) {
  return v.is_string()
         && v.get_ref<const std::string&>().size() <= longest_text;
}

bool is_board(const value& v) {
  if (!v.is_object() || !v.contains("source") || !v.contains("token"))
    return false;
  return std::all_of(v.items().begin(), v.items().end(), [](const auto& one) {
    return (one.key() == "source" || one.key() == "token"
            || one.key() == "company")
           && is_text(one.value());
  });
}

bool has_shape(const value& v, shape what) {
  auto all = [&](auto is_good) {
    return v.is_array() && std::all_of(v.begin(), v.end(), is_good);
  };
  switch (what) {
    case shape::text: return is_text(v);
    case shape::texts: return all(is_text);
    case shape::flag: return v.is_boolean();
    case shape::number: return v.is_number() && v.get<double>() >= 0;
    case shape::whole: return v.is_number_unsigned() && v < INT64_MAX;
    case shape::seconds: return v.is_number_unsigned() && v <= most_seconds;
    case shape::level:
      return v.is_string() && from_string<enrich_level>(v.get<std::string>());
    case shape::boards: return all(is_board);
  }
  return false;
}

std::string_view wanted(shape what) {
  switch (what) {
    case shape::text: return "takes a text";
    case shape::texts: return "takes a list of texts";
    case shape::flag: return "takes true or false";
    case shape::number: return "takes a number, 0 or more";
    case shape::whole: return "takes a whole number, 0 or more";
    case shape::seconds:
      return "takes a whole number of seconds, at most a hundred years";
    case shape::level: return "takes none, basic, advanced or maximum";
    case shape::boards:
      return "takes a list of {\"source\", \"token\", \"company\"}";
  }
  return "";
}

std::string pointer_to(std::string name) {
  // RFC 6901 3: `~` and `/` are escaped.
  std::string out = "/";
  for (auto c : name)
    out += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return out;
}

const member* find_member(std::string_view name) {
  auto known = std::find_if(std::begin(members), std::end(members),
                            [&](const member& m) { return m.name == name; });
  return known == std::end(members) ? nullptr : known;
}

/// Lists that are longer than what is worth reading.
faults check_sizes(const value& body) {
  faults all;
  for (const auto& one : members)
    if (auto given = body.find(one.name); given != body.end()
                                          && given->is_array()
                                          && given->size() > one.most_items)
      all.push_back({pointer_to(std::string{one.name}),
                     "takes at most " + std::to_string(one.most_items)
                         + " entries, not " + std::to_string(given->size())});
  return all;
}

faults check_members(const value& body) {
  faults all;
  for (const auto& [name, given] : body.items()) {
    const auto* known = find_member(name);
    if (!known)
      all.push_back({pointer_to(name), "is not a member of a search"});
    else if (!given.is_null() && !has_shape(given, known->what))
      all.push_back({pointer_to(name), std::string{wanted(known->what)}});
  }
  return all;
}

void check_source(const std::string& name, std::string pointer, faults& all) {
  if (!sources::find_source(name))
    all.push_back({std::move(pointer), "there is no source \"" + name + '"'});
}

void check_board(const board& one, const std::string& pointer, faults& all) {
  const auto* source = sources::find_source(one.source);
  if (!source)
    check_source(one.source, pointer + "/source", all);
  else if (!sources::can_be_board(*source, one.token))
    all.push_back({pointer + "/token", "is no board of " + one.source});
}

/// What the types do not say.
faults check_meaning(const job_query& query) {
  faults all;
  for (std::size_t i = 0; i < query.sources.size(); ++i)
    check_source(query.sources[i], "/sources/" + std::to_string(i), all);
  for (std::size_t i = 0; i < query.boards.size(); ++i)
    check_board(query.boards[i], "/boards/" + std::to_string(i), all);
  const auto& code = query.salary_currency;
  if (!code.empty() && !normalize::is_currency(code))
    all.push_back({"/salary_currency", "takes a code such as USD or EUR"});
  return all;
}

problem refusal(int status, std::string detail, faults all = {}) {
  all.resize(std::min(all.size(), most_faults));
  return {status, errc::invalid_input, std::move(detail), std::move(all), {}};
}

} // namespace

std::variant<job_query, problem> read_search(std::string_view body) {
  // Bounds the depth before anything recurses.
  auto compact = compact_json(body);
  if (!compact)
    return refusal(400, "the body is " + compact.error().detail);
  auto parsed = value::parse(*compact, nullptr, false);
  if (!parsed.is_object())
    return refusal(422, "the body must be an object");
  if (auto all = check_sizes(parsed); !all.empty())
    return refusal(400, "some lists are too long", std::move(all));
  if (auto all = check_members(parsed); !all.empty())
    return refusal(422, "some members are not right", std::move(all));
  auto query = from_json<job_query>(*compact);
  if (!query)
    return refusal(422, query.error().detail);
  if (auto all = check_meaning(*query); !all.empty())
    return refusal(422, "some members are not right", std::move(all));
  return *std::move(query);
}

} // namespace jobfarm::nodes::gateway
