#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace jobfarm {

/// Gathers the bytes of a record in room that the thread keeps: a record is
/// many short pieces. A thread has one at a time, besides those that have room
/// of their own.
class byte_sink {
public:
  byte_sink() : room_(room_here()) {
  }
  /// Gathers in `room`, from its beginning.
  explicit byte_sink(std::string& room) : room_(room) {
  }
  byte_sink(const byte_sink&) = delete;
  byte_sink& operator=(const byte_sink&) = delete;
  ~byte_sink() {
    if (room_.size() > longest_kept)
      std::string{}.swap(room_);
  }

  /// Room for so many bytes more; `add` says how many became of it.
  char* room_for(std::size_t size) {
    if (size > room_.size() - used_)
      room_.resize(2 * (used_ + size));
    return room_.data() + used_;
  }
  void add(std::size_t size) {
    used_ += size;
  }
  /// The same, up to where the bytes end now.
  void add_until(const char* end) {
    used_ = static_cast<std::size_t>(end - room_.data());
  }

  void put(char byte) {
    *room_for(1) = byte;
    add(1);
  }
  void write(const char* bytes, std::size_t size) {
    std::copy_n(bytes, size, room_for(size));
    add(size);
  }
  void write(std::string_view bytes) {
    write(bytes.data(), bytes.size());
  }

  std::size_t size() const noexcept {
    return used_;
  }
  char& at(std::size_t place) {
    return room_[place];
  }
  /// Forgets all but the first bytes.
  void cut(std::size_t size) {
    used_ = size;
  }
  /// What is there; it stands until more is added.
  std::string_view view() const noexcept {
    return {room_.data(), used_};
  }

private:
  static constexpr std::size_t longest_kept = 64u << 10;

  static std::string& room_here() {
    static thread_local std::string room;
    return room;
  }

  std::string& room_;
  std::size_t used_ = 0;
};

} // namespace jobfarm
