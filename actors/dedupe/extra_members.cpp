#include "actors/dedupe/extra_members.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::dedupe {

namespace {

/// A member as it stands, `"name":value`, and its name with the quotes.
struct member {
  std::string_view text;
  std::string_view name;
};

/// Where the string that begins at `at` ends: behind its closing quote.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && text[at] != '"'; ++at)
    at += text[at] == '\\';
  return std::min(at + 1, text.size());
}

/// Where the member that begins at `at` ends: at a comma or the closing brace.
std::size_t end_of_member(std::string_view text, std::size_t at) {
  for (auto depth = 0; at < text.size();) {
    const auto c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      continue;
    }
    if (depth == 0 && (c == ',' || c == '}'))
      return at;
    depth += (c == '{' || c == '[') - (c == '}' || c == ']');
    ++at;
  }
  return at;
}

bool is_object(std::string_view text) {
  return text.size() >= 2 && text.front() == '{' && text.back() == '}';
}

std::vector<member> members_of(std::string_view object) {
  std::vector<member> all;
  if (!is_object(object))
    return all;
  for (std::size_t at = 1; at < object.size() && object[at] == '"';) {
    const auto end = end_of_member(object, at);
    all.push_back({object.substr(at, end - at),
                   object.substr(at, end_of_string(object, at) - at)});
    at = end + 1;
  }
  return all;
}

/// Not hashed: they come from outside, and may be made to have one hash.
std::set<std::string_view> names_of(const std::vector<member>& members) {
  std::set<std::string_view> all;
  for (const auto& one : members)
    all.insert(one.name);
  return all;
}

} // namespace

void add_members(json_text& to, const json_text& from) {
  if (from.empty() || from == to)
    return;
  if (to.empty()) {
    to = from;
    return;
  }
  if (!is_object(to.text))
    return;
  const auto own = names_of(members_of(to.text));
  std::string more;
  for (const auto& one : members_of(from.text))
    if (own.count(one.name) == 0)
      more.append(own.empty() && more.empty() ? "" : ",").append(one.text);
  if (!more.empty())
    to.text.insert(to.text.size() - 1, more);
}

bool has_names_of(const json_text& all, const json_text& some) {
  if (some.empty() || some == all)
    return true;
  const auto names = names_of(members_of(all.text));
  const auto asked = members_of(some.text);
  return std::all_of(asked.begin(), asked.end(), [&](const member& one) {
    return names.count(one.name) != 0;
  });
}

} // namespace jobfarm::dedupe
