#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string_view>

namespace jobfarm {

/// Reads the values of msgpack one behind the other, where they stand: a tree
/// of them would cost more than the record that is made of it. Every function
/// throws `std::runtime_error` for a value of another kind, and where the bytes
/// end too early. Format: github.com/msgpack/msgpack/blob/master/spec.md
class msgpack_reader {
public:
  explicit msgpack_reader(std::string_view bytes)
      : at_(bytes.data()),
        end_(bytes.data() + bytes.size()),
        room_(most_room * bytes.size()) {
  }

  /// How many values the array has that follow, each to be read. No value is
  /// smaller than a byte: an array that claims more of them is refused.
  std::size_t array();
  /// Called before room is taken for so many records of that size. Refused
  /// beyond 64 times the bytes there are: a record may claim to have no fields.
  void claim(std::size_t count, std::size_t record_size) {
    if (count > room_ / record_size)
      refuse("records that claim more room than there is to them");
    room_ -= count * record_size;
  }
  /// A text or bytes, where they stand.
  std::string_view text();
  bool boolean();
  /// Also of a whole number.
  double real();
  /// Refused if `T` does not hold it.
  template <class T>
  T integer() {
    const auto read = whole(head());
    if (!holds<T>(read))
      refuse("a number out of range");
    return static_cast<T>(read.bits);
  }
  /// True and passed if nothing stands here.
  bool nothing() {
    if (at_ == end_ || static_cast<std::uint8_t>(*at_) != 0xC0)
      return false;
    ++at_;
    return true;
  }
  /// Passes over a value, whatever it is. Throws for one that nests deeper than
  /// `levels`.
  void skip(int levels);

private:
  /// A record with all its fields, each as short as can be, takes 40 times its
  /// bytes at most.
  static constexpr std::size_t most_room = 64;

  struct whole_number {
    bool is_negative = false;
    /// In two's complement.
    std::uint64_t bits = 0;
  };

  template <class T>
  static bool holds(const whole_number& read) noexcept {
    using limits = std::numeric_limits<T>;
    if (!read.is_negative)
      return read.bits <= static_cast<std::uint64_t>(limits::max());
    if (!limits::is_signed)
      return false;
    const auto least = static_cast<std::int64_t>(limits::min());
    return static_cast<std::int64_t>(read.bits) >= least;
  }

  [[noreturn]] static void refuse(const char* why) {
    throw std::runtime_error(why);
  }
  std::size_t left() const noexcept {
    return static_cast<std::size_t>(end_ - at_);
  }
  const char* take(std::size_t size) {
    if (size > left())
      refuse("it ends too early");
    const auto* taken = at_;
    at_ += size;
    return taken;
  }
  std::uint8_t head() {
    return static_cast<std::uint8_t>(*take(1));
  }
  /// An unsigned number of so many bytes, the highest first.
  std::uint64_t big_endian(std::size_t size);
  whole_number whole(std::uint8_t head);

  const char* at_;
  const char* end_;
  std::size_t room_;
};

inline std::uint64_t msgpack_reader::big_endian(std::size_t size) {
  const auto* bytes = take(size);
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < size; ++i)
    number = number << 8 | static_cast<std::uint8_t>(bytes[i]);
  return number;
}

inline std::size_t msgpack_reader::array() {
  const auto first = head();
  std::size_t size = first & 0x0FU;
  if (first == 0xDC || first == 0xDD)
    size = big_endian(first == 0xDC ? 2 : 4);
  else if ((first & 0xF0U) != 0x90)
    refuse("no array");
  if (size > left())
    refuse("an array that claims more than there is");
  return size;
}

inline std::string_view msgpack_reader::text() {
  const auto first = head();
  std::size_t size = first & 0x1FU;
  if ((first & 0xE0U) != 0xA0) {
    if (first >= 0xD9 && first <= 0xDB)
      size = big_endian(std::size_t{1} << (first - 0xD9));
    else if (first >= 0xC4 && first <= 0xC6)
      size = big_endian(std::size_t{1} << (first - 0xC4));
    else
      refuse("no text");
  }
  return {take(size), size};
}

} // namespace jobfarm
