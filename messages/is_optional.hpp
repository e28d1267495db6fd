#pragma once

#include "messages/boxed_optional.hpp"

#include <optional>

namespace jobfarm {

/// A field that has a value or none.
template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;
template <class T>
inline constexpr bool is_optional<boxed_optional<T>> = true;

} // namespace jobfarm
