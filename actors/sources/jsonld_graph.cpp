#include "actors/sources/jsonld_graph.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/jsonld_tolerant.hpp"

namespace jobfarm::sources {

namespace {

// As deep as the tolerant reader goes.
constexpr int max_depth = 64;
// More than any list page holds; the rest of a page is not looked at.
constexpr std::size_t max_postings = 5000;
// What all references of a page together may repeat: 5000 postings that name
// an employer and a place in some kilobytes each.
constexpr std::size_t max_repeated_bytes = 16u << 20;
// Of a value besides its text: its mark, and what it takes to pass over it.
constexpr std::size_t value_bytes = 8;

/// `schema:JobPosting` and `https://schema.org/JobPosting` are JobPosting.
std::string_view local_name(std::string_view type) {
  auto end = type.find_last_of("/#:");
  return end == std::string_view::npos ? type : type.substr(end + 1);
}

/// The size of a vocabulary's prefix at the begin of `text`; 0 for none.
std::size_t prefix_size(std::string_view text) {
  for (std::string_view prefix :
       {"schema:", "https://schema.org/", "http://schema.org/"})
    if (begins(text, prefix))
      return prefix.size();
  return 0;
}

/// Where the string begins whose prefix holds `schema` at `at`; 0 for none.
std::size_t begin_of_string(std::string_view text, std::size_t at) {
  for (std::string_view scheme : {"\"", "\"http://", "\"https://"})
    if (at >= scheme.size()
        && text.substr(at - scheme.size(), scheme.size()) == scheme)
      return at - scheme.size() + 1;
  return 0;
}

/// True if `text` begins with the rest of a member's name: `title" :`.
bool ends_name(std::string_view text) {
  auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  };
  std::size_t at = 0;
  while (at < text.size() && is_letter(text[at]))
    ++at;
  if (at == 0 || at == text.size() || text[at] != '"')
    return false;
  at = text.find_first_not_of(" \t\r\n", at + 1);
  return at != text.npos && text[at] == ':';
}

/// The text with the members `schema:title` and `https://schema.org/title`
/// (JSON-LD 1.1 section 4.1.5, compact IRIs) called `title`; empty if it has
/// none.
std::string with_plain_names(std::string_view text) {
  std::string plain;
  std::size_t kept = 0;
  for (auto at = text.find("schema"); at != text.npos;
       at = text.find("schema", at + 1)) {
    auto name = begin_of_string(text, at);
    auto size = name == 0 ? 0 : prefix_size(text.substr(name));
    if (size == 0 || !ends_name(text.substr(name + size)))
      continue;
    plain.append(text, kept, name - kept);
    kept = name + size;
  }
  if (!plain.empty())
    plain.append(text, kept, text.npos);
  return plain;
}

bool is_object(json_value value) {
  return value.type() == simdjson::dom::element_type::OBJECT;
}

/// True if `value` has an `@id` and says nothing else but perhaps its type.
bool is_reference(json_value value) {
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS)
    return false;
  bool has_id = false;
  for (auto member : object) {
    has_id = has_id || member.key == "@id";
    if (member.key != "@id" && member.key != "@type")
      return false;
  }
  return has_id;
}

} // namespace

bool has_type(json_value node, std::string_view type) {
  for (auto one : items_at(node, {"@type"}))
    if (ascii_equal(local_name(ascii_trim(text_of(one))), type))
      return true;
  return false;
}

jsonld_graph::jsonld_graph(const std::vector<jsonld_block>& blocks) {
  for (const auto& block : blocks)
    read(block);
  for (const auto& document : documents_)
    visit(document.root(), {});
}

void jsonld_graph::read(const jsonld_block& block) {
  auto plain = with_plain_names(block.text);
  auto text = plain.empty() ? block.text : std::string_view{plain};
  if (keep(text))
    return;
  auto reading = read_tolerantly(text);
  bool complete = reading.problem.empty();
  for (const auto& value : reading.values)
    complete = keep(value) && complete;
  if (complete || !contains(text, "JobPosting"))
    return;
  auto why = reading.problem.empty() ? "not JSON" : reading.problem;
  problems_.push_back("JSON-LD block with a JobPosting: " + why
                      + (block.is_cut_off ? ", the page is cut off" : ""));
}

bool jsonld_graph::keep(std::string_view json) {
  auto document = json_document::parse(json);
  if (document)
    documents_.push_back(std::move(*document));
  return document.has_value();
}

std::size_t jsonld_graph::visit(json_value value, surroundings around) {
  // What is not looked at is not repeated either.
  if (++around.depth > max_depth || postings_.size() >= max_postings)
    return max_repeated_bytes;
  auto size = value_bytes + view_of(value).size();
  simdjson::dom::array array;
  if (value.get(array) == simdjson::SUCCESS)
    for (auto item : array)
      size += visit(item, around);
  simdjson::dom::object object;
  if (value.get(object) != simdjson::SUCCESS)
    return size;
  target* own = nullptr;
  if (auto id = text_at(value, {"@id"}); !id.empty() && !is_reference(value))
    if (auto [at, is_new] = by_id_.try_emplace(std::move(id)); is_new)
      own = &at->second;
  if (!around.in_posting && has_type(value, "JobPosting")
      && !is_reference(value)) {
    postings_.push_back({value, around.in_list});
    around.in_posting = true;
  }
  for (auto member : object) {
    auto inside = around;
    inside.in_list = around.in_list || member.key == "itemListElement";
    size += member.key.size() + visit(member.value, inside);
  }
  if (own != nullptr)
    *own = {value, size};
  return size;
}

json_value jsonld_graph::resolve(json_value value) const {
  if (!is_reference(value))
    return value;
  auto found = by_id_.find(text_at(value, {"@id"}));
  if (found == by_id_.end())
    return value;
  if (found->second.size > max_repeated_bytes - repeated_bytes_) {
    has_unfollowed_ = true;
    return value;
  }
  repeated_bytes_ += found->second.size;
  return found->second.value;
}

std::vector<json_value> jsonld_graph::all(json_value node,
                                          std::string_view name) const {
  auto items = items_at(node, {name});
  std::vector<json_value> values;
  values.reserve(items.size());
  for (auto item : items)
    values.push_back(resolve(item));
  return values;
}

std::string jsonld_graph::text(json_value node, std::string_view name) const {
  for (auto value : all(node, name))
    if (auto text = text_of_value(value); !text.empty())
      return text;
  return {};
}

std::string jsonld_graph::text_of_value(json_value value) const {
  if (!is_object(value))
    return text_of(value);
  for (auto name : {"@value", "name", "value"})
    for (auto one : items_at(value, {name}))
      if (auto text = text_of(one); !text.empty())
        return text;
  return {};
}

} // namespace jobfarm::sources
