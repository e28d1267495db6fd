#include "actors/text/html_elements.hpp"

#include <algorithm>
#include <array>
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
    {"select", flow::line},      {"style", flow::raw},
    {"summary", flow::line},     {"svg", flow::raw},
    {"table", flow::paragraph},  {"tbody", flow::line},
    {"td", flow::cell},          {"template", flow::raw},
    {"textarea", flow::line},    {"tfoot", flow::line},
    {"th", flow::cell},          {"thead", flow::line},
    {"title", flow::line},       {"tr", flow::line},
    {"ul", flow::line},
};

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The elements by what is quickly known of a name.
class element_index {
public:
  element_index() {
    for (const auto& one : elements)
      by_hash_[hash(one.name)].push_back(&one);
  }

  /// `name` is in small letters.
  flow find(std::string_view name) const {
    for (const auto* one : by_hash_[hash(name)])
      if (one->name == name)
        return one->how;
    return flow::inline_;
  }

private:
  static constexpr std::size_t slots = 64;

  static std::size_t hash(std::string_view name) {
    auto byte = [](char c) { return static_cast<unsigned char>(c); };
    return (byte(name.front()) * 5U + byte(name.back()) * 3U + name.size())
           % slots;
  }

  std::array<std::vector<const element*>, slots> by_hash_;
};

} // namespace

flow flow_of(std::string_view name) {
  static const element_index index;
  std::array<char, 12> folded{};
  if (name.empty() || name.size() > folded.size())
    return flow::inline_;
  std::transform(name.begin(), name.end(), folded.begin(), lower);
  return index.find({folded.data(), name.size()});
}

} // namespace jobfarm::text
