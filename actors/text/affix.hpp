#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

/// Heads, tails and parts. Those that the program spells out are
/// compared without a call, as their size is known.
namespace jobfarm::text {

template <std::size_t N>
bool starts(std::string_view text, const char (&head)[N]) noexcept {
  constexpr auto size = N - 1;
  return text.size() >= size && std::memcmp(text.data(), head, size) == 0;
}

/// The same for a `head`, not empty, of any size.
inline bool starts(std::string_view text, std::string_view head) noexcept {
  return !text.empty() && text.front() == head.front()
         && text.substr(0, head.size()) == head;
}

template <std::size_t N>
bool ends(std::string_view text, const char (&tail)[N]) noexcept {
  constexpr auto size = N - 1;
  return text.size() >= size
         && std::memcmp(text.data() + text.size() - size, tail, size) == 0;
}

/// True if `part` stands in `text`.
inline bool has(std::string_view text, std::string_view part) noexcept {
  return text.find(part) != text.npos;
}

} // namespace jobfarm::text
