#include "actors/text/html_elements.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/key_map.hpp"
#include "messages/byte_block.hpp"

#include <array>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::text {

namespace {

struct element {
  std::string_view name;
  flow how;
};

/// WHATWG HTML 15.3 "Flow content" as far as it breaks lines.
constexpr element elements[] = {
    {"address", flow::line},     {"article", flow::paragraph},
    {"aside", flow::paragraph},  {"blockquote", flow::paragraph},
    {"body", flow::line},        {"br", flow::line},
    {"caption", flow::line},     {"center", flow::line},
    {"dd", flow::line},          {"details", flow::line},
    {"div", flow::line},         {"dl", flow::paragraph},
    {"dt", flow::line},          {"fieldset", flow::line},
    {"figcaption", flow::line},  {"figure", flow::line},
    {"footer", flow::paragraph}, {"form", flow::line},
    {"h1", flow::paragraph},     {"h2", flow::paragraph},
    {"h3", flow::paragraph},     {"h4", flow::paragraph},
    {"h5", flow::paragraph},     {"h6", flow::paragraph},
    {"head", flow::line},        {"header", flow::paragraph},
    {"hr", flow::paragraph},     {"html", flow::line},
    {"iframe", flow::raw},       {"legend", flow::line},
    {"li", flow::item},          {"main", flow::paragraph},
    {"nav", flow::paragraph},    {"noscript", flow::raw},
    {"ol", flow::line},          {"option", flow::line},
    {"p", flow::paragraph},      {"pre", flow::keep_space},
    {"script", flow::raw},       {"section", flow::paragraph},
    {"select", flow::raw},       {"style", flow::raw},
    {"summary", flow::line},     {"svg", flow::raw},
    {"table", flow::paragraph},  {"tbody", flow::line},
    {"td", flow::cell},          {"template", flow::raw},
    {"textarea", flow::raw},     {"tfoot", flow::line},
    {"th", flow::cell},          {"thead", flow::line},
    {"title", flow::raw},        {"tr", flow::row},
    {"ul", flow::line},
};

constexpr std::size_t longest_short = sizeof(std::uint64_t);

/// The first `size` of `bytes`, `longest_short` at most, as a number whatever
/// their case; no two names of a size have the same.
std::uint64_t packed(block::bytes bytes, std::size_t size) {
  auto lower = block::lower(bytes);
  std::uint64_t all = 0;
  std::memcpy(&all, &lower, sizeof all);
  return all & ~std::uint64_t{0} >> 8 * (longest_short - size);
}

bool is_short(std::string_view name) {
  return !name.empty() && name.size() <= longest_short;
}

/// Inline elements that texts have most.
constexpr std::string_view frequent_inlines[] = {
    "a", "b", "em", "font", "i", "small", "span", "strong", "u"};

/// The elements with short names by their names; few have a longer one.
class element_index {
public:
  /// Of a short name, which is the first `size` of `bytes`.
  flow find(block::bytes bytes, std::size_t size) const {
    auto found = by_name_.find(packed(bytes, size));
    auto how = found / 16;
    return static_cast<flow>(how * (found % 16 == size));
  }

  flow find(std::string_view name) const {
    if (is_short(name))
      return find(block::load_part(name, 0), name.size());
    for (const auto& one : elements)
      if (ascii_equal(name, one.name))
        return one.how;
    return flow::inline_;
  }

private:
  /// How an element does, and the size of its name.
  using names = key_map<unsigned, 9>;

  static std::vector<names::entry> all_names() {
    std::vector<names::entry> all;
    for (const auto& one : elements)
      if (is_short(one.name))
        all.emplace_back(packed(block::load_part(one.name, 0), one.name.size()),
                         static_cast<unsigned>(one.how) * 16
                             + static_cast<unsigned>(one.name.size()));
    return all;
  }

  names by_name_{all_names()};
};

const element_index& all_elements() {
  static const element_index made;
  return made;
}

block::bytes name_ends(block::bytes b) {
  return block::equal(b, '>') | block::equal(b, '/') | block::equal(b, ' ')
         | (block::between(b, '\t', '\r') & ~block::equal(b, '\v'));
}

bool ends_name(unsigned char c) {
  return c == '>' || c == '/' || c == ' '
         || (c >= '\t' && c <= '\r' && c != '\v');
}

} // namespace

flow flow_of(std::string_view name) {
  return all_elements().find(name);
}

bare_tags::bare_tags() = default;

const bare_tags& bare_tags::all() {
  static const bare_tags made;
  return made;
}

std::vector<bare_tags::numbers::entry> bare_tags::entries() {
  std::vector<numbers::entry> all;
  auto add = [&](const std::string& tag, flow how, unsigned marks) {
    if (tag.size() > longest_short)
      return;
    std::uint64_t key = 0;
    std::memcpy(&key, tag.data(), tag.size());
    all.emplace_back(key, static_cast<unsigned>(how) << 2 | marks);
  };
  auto add_both = [&](std::string_view name, flow how) {
    add(std::string{name} + '>', how, 1);
    add('/' + std::string{name} + '>', how, 3);
  };
  for (const auto& one : elements)
    if (one.how != flow::raw)
      add_both(one.name, one.how);
  for (auto name : frequent_inlines)
    add_both(name, flow::inline_);
  return all;
}

tag_name read_tag_name(std::string_view text) {
  auto bytes = block::load_part(text, 0);
  auto ends = block::bits(name_ends(bytes));
  if (auto size = ends != 0 ? block::first(ends) : text.size();
      size <= longest_short)
    return {size, all_elements().find(bytes, size)};
  auto size = block::find(text, 0, name_ends, ends_name);
  return {size, all_elements().find(text.substr(0, size))};
}

} // namespace jobfarm::text
