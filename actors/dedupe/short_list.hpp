#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace jobfarm::dedupe {

/// At most `Most` values, in place: a list that is made for every record.
template <class T, std::size_t Most>
class short_list {
public:
  /// There must be room.
  void push_back(const T& value) {
    all_[size_++] = value;
  }

  /// Values that are added are `T{}`; `size` is at most `Most`.
  void resize(std::size_t size) {
    for (; size_ < size; ++size_)
      all_[size_] = T{};
    size_ = size;
  }

  /// Sorts the values and drops those that are there twice.
  void make_set() {
    std::sort(begin(), end());
    size_ = static_cast<std::size_t>(std::unique(begin(), end()) - begin());
  }

  T* begin() noexcept {
    return all_.data();
  }
  T* end() noexcept {
    return begin() + size_;
  }
  const T* begin() const noexcept {
    return all_.data();
  }
  const T* end() const noexcept {
    return begin() + size_;
  }

  const T* data() const noexcept {
    return begin();
  }
  std::size_t size() const noexcept {
    return size_;
  }
  T& operator[](std::size_t at) noexcept {
    return all_[at];
  }
  const T& operator[](std::size_t at) const noexcept {
    return all_[at];
  }

private:
  std::array<T, Most> all_;
  std::size_t size_ = 0;
};

} // namespace jobfarm::dedupe
