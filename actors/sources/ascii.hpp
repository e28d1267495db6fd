#pragma once

#include "actors/text/ascii.hpp"

/// The words of `text/ascii.hpp`, and what pages are searched with.
namespace jobfarm::sources {

inline constexpr auto npos = std::string_view::npos;

/// Fills what nothing better has filled before.
inline void set_once(std::string& field, std::string value) {
  if (field.empty())
    field = std::move(value);
}

using text::ascii_equal;
using text::ascii_lower;
using text::ascii_trim;
using text::is_digit;

/// True if `text` has `part`, both in the same case.
inline bool contains(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != std::string_view::npos;
}

/// True if `text` begins with `head`.
inline bool begins(std::string_view text, std::string_view head) noexcept {
  return text.substr(0, head.size()) == head;
}

/// True if `text` ends with `tail`.
inline bool ends(std::string_view text, std::string_view tail) noexcept {
  return text.size() >= tail.size()
         && text.substr(text.size() - tail.size()) == tail;
}

} // namespace jobfarm::sources
