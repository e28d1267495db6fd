#pragma once

#include <cstddef>
#include <cstring>
#include <string_view>

/// Heads and tails that the program spells out: as their size is known, they
/// are compared without a call.
namespace jobfarm::text {

template <std::size_t N>
bool starts(std::string_view text, const char (&head)[N]) noexcept {
  constexpr auto size = N - 1;
  return text.size() >= size && std::memcmp(text.data(), head, size) == 0;
}

template <std::size_t N>
bool ends(std::string_view text, const char (&tail)[N]) noexcept {
  constexpr auto size = N - 1;
  return text.size() >= size
         && std::memcmp(text.data() + text.size() - size, tail, size) == 0;
}

} // namespace jobfarm::text
