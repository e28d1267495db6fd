#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::text {

/// How an element changes the flow of text.
enum class flow { inline_, line, paragraph, item, row, cell, raw, keep_space };

/// How the element of a name does, whatever its case; `inline_` for elements
/// that change nothing and for names that are none.
flow flow_of(std::string_view name);

/// The name that a tag begins with.
struct tag_name {
  std::size_t size;
  flow how;
};

/// Reads the name at the front of `text`: it ends before white space, `/` or
/// `>`.
tag_name read_tag_name(std::string_view text);

/// A tag without attributes: `<li>`, `</li>`.
struct bare_tag {
  /// Of all of it; 0 if the tag is another one.
  std::size_t size = 0;
  flow how = flow::inline_;
  bool is_closing = false;
};

/// Reads the tag at the front of `text` if it is a frequent one, bare and in
/// small letters; none of them is `flow::raw`.
bare_tag read_bare_tag(std::string_view text);

} // namespace jobfarm::text
