#pragma once

#include "messages/json_text.hpp"

/// The members of JSON objects that are kept as compact text. What is no object
/// has none.
namespace jobfarm::dedupe {

/// Adds to `to` the members of `from` whose names it has not, in their order.
void add_members(json_text& to, const json_text& from);

/// True if `all` has every name that `some` has.
bool has_names_of(const json_text& all, const json_text& some);

} // namespace jobfarm::dedupe
