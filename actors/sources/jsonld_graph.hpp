#pragma once

#include "actors/sources/jsonld_extract.hpp"
#include "actors/sources/page_json.hpp"

#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace jobfarm::sources {

/// A JobPosting as it stands in the JSON-LD of a page.
struct jsonld_node {
  json_value value;
  /// An item of an ItemList: the page is a list.
  bool is_listed = false;
};

/// All JSON-LD of one page, read and linked. Values live as long as this.
/// Reading is strict first, then tolerant; a block that cannot be read leaves
/// the others alone. For one thread: it counts what references repeat, so that
/// a small page cannot stand for gigabytes of text.
class jsonld_graph {
public:
  explicit jsonld_graph(const std::vector<jsonld_block>& blocks);

  /// Every JobPosting in document order, found at the top, in arrays,
  /// `@graph`, `mainEntity`, `itemListElement` or anywhere else but inside
  /// another JobPosting (schema.org JobPosting; JSON-LD 1.1 section 4).
  const std::vector<jsonld_node>& postings() const noexcept {
    return postings_;
  }

  /// Why blocks that speak of a JobPosting could not be read.
  const std::vector<std::string>& problems() const noexcept {
    return problems_;
  }

  /// The node that a bare `{"@id": ...}` stands for; else `value` itself.
  json_value resolve(json_value value) const;

  /// True if references were not followed, as they repeat too much.
  bool has_unfollowed() const noexcept {
    return has_unfollowed_;
  }

  /// The values of a member with arrays opened and references followed.
  std::vector<json_value> all(json_value node, std::string_view name) const;

  /// The first of `all` that has a text. Empty where there is none.
  std::string text(json_value node, std::string_view name) const;

  /// `value` as text; of an object its `@value`, `name` or `value`.
  std::string text_of_value(json_value value) const;

private:
  struct surroundings {
    int depth = 0;
    bool in_list = false;
    bool in_posting = false;
  };
  struct target {
    json_value value;
    /// About its bytes on the page.
    std::size_t size = 0;
  };

  void read(const jsonld_block& block);
  bool keep(std::string_view json);
  /// Notes what is to be found in a value; returns about its bytes.
  std::size_t visit(json_value value, surroundings around);

  std::vector<json_document> documents_;
  std::unordered_map<std::string, target> by_id_;
  std::vector<jsonld_node> postings_;
  std::vector<std::string> problems_;
  mutable std::size_t repeated_bytes_ = 0;
  mutable bool has_unfollowed_ = false;
};

/// True if `@type` names `type`: as is, prefixed, as an IRI, or in an array.
bool has_type(json_value node, std::string_view type);

} // namespace jobfarm::sources
