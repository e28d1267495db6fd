#pragma once

#include "actors/sources/jsonld_cursor.hpp"

#include <cstddef>
#include <string>

namespace jobfarm::sources {

/// Where in a block a value stands.
struct value_place {
  /// Value of a member, not item of an array.
  bool in_object = true;
  /// 1 for a value of the outermost object or array.
  int depth = 0;
};

/// Appends one byte of text as it must be written inside a JSON string.
void append_json_character(std::string& out, char c);

/// Moves over one character or escape of a string and appends it as JSON.
/// Returns false if the block ends inside an escape.
bool copy_character(jsonld_cursor& in, std::string& out);

/// True if a quote just before `pos` ends its string: what follows can follow
/// a value. Quotes that a template left inside text are followed by text.
bool ends_string(const jsonld_cursor& in, std::size_t pos, value_place place);

} // namespace jobfarm::sources
