#pragma once

#include <string_view>

namespace jobfarm::text {

/// How an element changes the flow of text.
enum class flow { inline_, line, paragraph, item, row, cell, raw, keep_space };

/// How the element of a name does, whatever its case; `inline_` for elements
/// that change nothing and for names that are none.
flow flow_of(std::string_view name);

} // namespace jobfarm::text
