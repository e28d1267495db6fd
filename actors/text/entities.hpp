#pragma once

#include <string>
#include <string_view>

namespace jobfarm::text {

/// Decodes HTML character references once (WHATWG HTML 13.2.5.72: all named
/// ones, decimal, hexadecimal, the windows-1252 remapping of 0x80-0x9F, legacy
/// names without a semicolon as in text, not in attributes). What is no
/// reference stays as it is.
std::string decode_entities(std::string_view text);

/// `text` with `<`, `>`, `&` and `"` as character references: it reads the same
/// between tags and in quoted attributes.
std::string escape_html(std::string_view text);

} // namespace jobfarm::text
