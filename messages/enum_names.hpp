#pragma once

#include <cstddef>
#include <iterator>
#include <optional>
#include <string_view>
#include <type_traits>

namespace jobfarm {

/// Specialised for each enum that travels: `names` in the order of the
/// enumerators and `last`, the final one. The texts are the wire form.
template <class Enum>
struct enum_names;

/// True for enums that have their texts in `enum_names`.
template <class T, class = void>
inline constexpr bool has_enum_names = false;
template <class T>
inline constexpr bool
    has_enum_names<T, std::void_t<decltype(enum_names<T>::last)>> = true;

/// Returns the text of `value`, as in JSON.
template <class Enum>
constexpr std::string_view to_string(Enum value) noexcept {
  using table = enum_names<Enum>;
  static_assert(std::size(table::names)
                    == static_cast<std::size_t>(table::last) + 1,
                "every enumerator has exactly one text");
  auto index = static_cast<std::size_t>(value);
  return index < std::size(table::names) ? table::names[index]
                                         : std::string_view{};
}

/// Returns the enumerator whose text is exactly `text`, or nothing.
template <class Enum>
constexpr std::optional<Enum> from_string(std::string_view text) noexcept {
  for (std::size_t i = 0; i < std::size(enum_names<Enum>::names); ++i)
    if (enum_names<Enum>::names[i] == text)
      return static_cast<Enum>(i);
  return std::nullopt;
}

} // namespace jobfarm
