#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Lead bytes of sequences of three and four bytes: from U+0800 on.
constexpr unsigned char first_wide_lead = 0xE0;

/// The bytes by which a phrase that begins at `at` is looked up: the first four
/// of the word there, fewer where it ends sooner; a mark goes with the word
/// behind it. Of scripts without words the character.
std::uint32_t phrase_key(std::string_view text, std::size_t at);

/// Where phrases may begin in a folded text: at every character but blanks,
/// continuation bytes, and what follows a letter or digit of an alphabetic
/// script within a word. Two bits a byte: whether a phrase may begin there, and
/// whether the byte goes on with a word. Holds no text.
class phrase_begins {
public:
  phrase_begins() = default;

  /// Reads `text` sixteen bytes at a time. Linear.
  explicit phrase_begins(std::string_view text);

  /// Calls `take(at, key)` for each begin from `from` to before `to`, in order;
  /// `text` is the one this was made of and `key` its `phrase_key` there.
  template <class Take>
  void for_each(std::string_view text, std::size_t from, std::size_t to,
                Take take) const {
    for (auto group = from / group_bytes; group * group_bytes < to; ++group) {
      auto bits = load<std::uint64_t>(&begins_[group * group_size]);
      auto first = group * group_bytes;
      if (first < from)
        bits &= ~std::uint64_t{0} << (from - first);
      if (to - first < group_bytes)
        bits &= ~(~std::uint64_t{0} << (to - first));
      for (; bits != 0; bits &= bits - 1) {
        auto at = first + static_cast<std::size_t>(__builtin_ctzll(bits));
        take(at, key_at(text, at));
      }
    }
  }

private:
  using bits16 = std::uint16_t;
  static constexpr std::size_t block_bytes = 8 * sizeof(bits16);
  static constexpr std::size_t group_size = 4;
  static constexpr std::size_t group_bytes = group_size * block_bytes;
  static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

  template <class T, class From>
  static T load(const From* from) {
    T loaded = 0;
    std::memcpy(&loaded, from, sizeof loaded);
    return loaded;
  }

  std::uint32_t key_at(std::string_view text, std::size_t at) const {
    if (at + sizeof(std::uint32_t) > text.size())
      return phrase_key(text, at);
    auto bytes = load<std::uint32_t>(text.data() + at);
    if (static_cast<unsigned char>(text[at]) >= first_wide_lead)
      return bytes & 0xFFFFFFU;
    // By which of the next three bytes go on, the bytes of the key.
    constexpr std::array<std::uint32_t, 8> masks = {
        0xFF, 0xFFFF, 0xFF, 0xFFFFFF, 0xFF, 0xFFFF, 0xFF, 0xFFFFFFFF};
    auto next = at + 1;
    auto bits = load<std::uint32_t>(&words_[next / block_bytes])
                >> next % block_bytes;
    return bytes & masks[bits % masks.size()];
  }

  /// Padded, so that several of them can be read at once.
  std::vector<bits16> begins_;
  std::vector<bits16> words_;
};

} // namespace jobfarm::text
