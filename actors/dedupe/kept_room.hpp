#pragma once

#include <cstddef>
#include <memory>

namespace jobfarm::dedupe {

/// Room for what is used up before the next comes. It grows with slack: what
/// comes may be in order of size.
template <class T>
class kept_room {
public:
  /// Room for so many, of no set content; what it held before is lost.
  T* of(std::size_t count) {
    if (count > size_) {
      room_.reset(new T[count + count / 2]);
      size_ = count + count / 2;
    }
    return room_.get();
  }

private:
  std::unique_ptr<T[]> room_;
  std::size_t size_ = 0;
};

} // namespace jobfarm::dedupe
