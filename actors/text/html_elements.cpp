#include "actors/text/html_elements.hpp"

#include "actors/text/ascii.hpp"

#include <array>
#include <cstdint>
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

/// A name of at most eight letters as a number; no two have the same.
std::uint64_t packed(std::string_view name) {
  std::uint64_t all = 0;
  for (char c : name)
    all = all << 8 | static_cast<unsigned char>(ascii_lower(c));
  return all;
}

/// The elements with short names by their names; few have a longer one.
class element_index {
public:
  element_index() {
    for (const auto& one : elements)
      if (one.name.size() <= longest)
        put(packed(one.name), one.how);
      else
        long_.push_back(&one);
  }

  flow find(std::string_view name) const {
    if (name.size() > longest) {
      for (const auto* one : long_)
        if (ascii_equal(name, one->name))
          return one->how;
      return flow::inline_;
    }
    auto wanted = packed(name);
    for (auto at = hash(wanted); slots_[at % slots_.size()].name != 0; ++at)
      if (slots_[at % slots_.size()].name == wanted)
        return slots_[at % slots_.size()].how;
    return flow::inline_;
  }

private:
  static constexpr std::size_t longest = sizeof(std::uint64_t);

  struct slot {
    std::uint64_t name = 0;
    flow how = flow::inline_;
  };

  static std::size_t hash(std::uint64_t name) {
    return (name * 0x9E3779B97F4A7C15U) >> 56;
  }

  void put(std::uint64_t name, flow how) {
    auto at = hash(name);
    while (slots_[at % slots_.size()].name != 0)
      ++at;
    slots_[at % slots_.size()] = {name, how};
  }

  std::array<slot, 256> slots_{};
  std::vector<const element*> long_;
};

} // namespace

flow flow_of(std::string_view name) {
  static const element_index index;
  return index.find(name);
}

} // namespace jobfarm::text
