#pragma once

#include "messages/failure.hpp"

#include <type_traits>
#include <utility>
#include <variant>

namespace jobfarm {

/// A value, or why there is none. The core's way to fail: nothing throws.
template <class T>
class [[nodiscard]] expected {
public:
  expected(T value) : state_(std::in_place_index<0>, std::move(value)) {
  }
  /// A value by default, where it shall stand: large ones are filled there.
  explicit expected(std::in_place_t) : state_(std::in_place_index<0>) {
  }
  expected(failure why) : state_(std::in_place_index<1>, std::move(why)) {
  }

  bool has_value() const noexcept {
    return state_.index() == 0;
  }
  explicit operator bool() const noexcept {
    return has_value();
  }

  /// The value. Requires `has_value()`.
  T& operator*() & noexcept {
    return *std::get_if<0>(&state_);
  }
  const T& operator*() const& noexcept {
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && noexcept {
    return std::move(*std::get_if<0>(&state_));
  }
  T* operator->() noexcept {
    return std::get_if<0>(&state_);
  }
  const T* operator->() const noexcept {
    return std::get_if<0>(&state_);
  }

  /// Why there is no value. Requires `!has_value()`.
  const failure& error() const noexcept {
    return *std::get_if<1>(&state_);
  }

private:
  std::variant<T, failure> state_;
};

/// Success without a value, or why it failed.
template <>
class [[nodiscard]] expected<void> {
public:
  expected() = default;
  expected(failure why) : why_(std::move(why)) {
  }
  bool has_value() const noexcept {
    return !why_;
  }
  explicit operator bool() const noexcept {
    return has_value();
  }
  const failure& error() const noexcept {
    return *why_;
  }

private:
  std::optional<failure> why_;
};

} // namespace jobfarm
