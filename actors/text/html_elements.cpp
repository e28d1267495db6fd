#include "actors/text/html_elements.hpp"

#include "actors/text/ascii.hpp"
#include "messages/byte_block.hpp"

#include <array>
#include <cstdint>
#include <cstring>
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

/// The elements with short names by their names, each in a slot of its own; few
/// have a longer one.
class element_index {
public:
  element_index() {
    while (!fill())
      factor_ *= 0x5851F42D4C957F2DU;
    for (const auto& one : elements)
      if (!is_short(one.name))
        long_.push_back(&one);
  }

  /// Of a short name, which is the first `size` of `bytes`. Without a branch:
  /// whether a tag is one of them cannot be foretold.
  flow find(block::bytes bytes, std::size_t size) const {
    auto name = packed(bytes, size);
    const auto& its = slots_[slot_of(name)];
    auto is_it = (its.name == name) & (its.size == size);
    return static_cast<flow>(static_cast<unsigned>(its.how) * is_it);
  }

  flow find(std::string_view name) const {
    if (is_short(name))
      return find(block::load_part(name, 0), name.size());
    for (const auto* one : long_)
      if (ascii_equal(name, one->name))
        return one->how;
    return flow::inline_;
  }

private:
  static constexpr unsigned bits = 9;

  struct slot {
    std::uint64_t name = 0;
    std::uint8_t size = 0;
    flow how = flow::inline_;
  };

  std::size_t slot_of(std::uint64_t name) const {
    return (name * factor_) >> (64 - bits);
  }

  /// False if two names want the same slot.
  bool fill() {
    slots_ = {};
    for (const auto& one : elements) {
      if (!is_short(one.name))
        continue;
      auto size = one.name.size();
      auto name = packed(block::load_part(one.name, 0), size);
      auto& its = slots_[slot_of(name)];
      if (its.name != 0)
        return false;
      its = {name, static_cast<std::uint8_t>(size), one.how};
    }
    return true;
  }

  std::uint64_t factor_ = 0x9E3779B97F4A7C15U;
  std::array<slot, std::size_t{1} << bits> slots_{};
  std::vector<const element*> long_;
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
