#pragma once

#include "messages/failure.hpp"

#include <optional>
#include <utility>

namespace jobfarm {

/// A value, or why there is none. The core's way to fail: nothing throws.
template <class T>
class [[nodiscard]] expected {
public:
  expected(T value) : value_(std::move(value)) {
  }
  /// A value by default, where it shall stand: large ones are filled there.
  explicit expected(std::in_place_t) : value_(std::in_place) {
  }
  expected(failure why) : why_(std::move(why)) {
  }

  expected& operator=(failure why) {
    value_.reset();
    why_ = std::move(why);
    return *this;
  }

  bool has_value() const noexcept {
    return value_.has_value();
  }
  explicit operator bool() const noexcept {
    return has_value();
  }

  /// The value. Requires `has_value()`.
  T& operator*() & noexcept {
    return *value_;
  }
  const T& operator*() const& noexcept {
    return *value_;
  }
  T&& operator*() && noexcept {
    return *std::move(value_);
  }
  T* operator->() noexcept {
    return &*value_;
  }
  const T* operator->() const noexcept {
    return &*value_;
  }

  /// Why there is no value. Requires `!has_value()`.
  const failure& error() const noexcept {
    return *why_;
  }

private:
  // One of the two: a variant takes the compiler several times as long.
  std::optional<T> value_;
  std::optional<failure> why_;
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
