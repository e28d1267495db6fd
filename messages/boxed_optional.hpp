#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace jobfarm {

/// An optional value that is seldom there, or large: where there is none it
/// takes the room of a pointer. Copied with its value.
template <class T>
class boxed_optional {
public:
  boxed_optional() = default;
  boxed_optional(boxed_optional&&) noexcept = default;
  boxed_optional& operator=(boxed_optional&&) noexcept = default;
  boxed_optional(const boxed_optional& other)
      : value_(other ? std::make_unique<T>(*other) : nullptr) {
  }
  boxed_optional& operator=(const boxed_optional& other) {
    return *this = boxed_optional(other);
  }
  boxed_optional(T value) : value_(std::make_unique<T>(std::move(value))) {
  }
  boxed_optional(std::optional<T> value) {
    if (value)
      emplace(*std::move(value));
  }

  template <class... Arguments>
  T& emplace(Arguments&&... arguments) {
    value_ = std::make_unique<T>(std::forward<Arguments>(arguments)...);
    return *value_;
  }
  void reset() noexcept {
    value_.reset();
  }

  bool has_value() const noexcept {
    return value_ != nullptr;
  }
  explicit operator bool() const noexcept {
    return has_value();
  }
  T& operator*() noexcept {
    return *value_;
  }
  const T& operator*() const noexcept {
    return *value_;
  }
  T* operator->() noexcept {
    return value_.get();
  }
  const T* operator->() const noexcept {
    return value_.get();
  }

private:
  std::unique_ptr<T> value_;
};

} // namespace jobfarm
