#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jobfarm::text {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__);

/// Lead bytes of sequences of three and four bytes: from U+0800 on.
constexpr unsigned char first_wide_lead = 0xE0;

/// Lead bytes of two-byte sequences from U+00C0 on: Latin, Greek, Cyrillic,
/// Hebrew, Arabic; those of Latin-1's signs are no letters.
constexpr unsigned char first_alphabet_lead = 0xC3;

constexpr bool is_alphabet_lead(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= first_alphabet_lead && byte < first_wide_lead;
}

constexpr bool is_ascii_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || (c >= 'A' && c <= 'Z');
}

/// True if a letter or digit of an alphabetic script ends right before `at`.
inline bool is_word_before(std::string_view text, std::size_t at) {
  if (at == 0)
    return false;
  auto c = text[at - 1];
  return static_cast<unsigned char>(c) < 0x80
             ? is_ascii_word(c)
             : at > 1 && is_alphabet_lead(text[at - 2]);
}

/// True if one begins at `at`.
inline bool is_word_at(std::string_view text, std::size_t at) {
  return at < text.size()
         && (is_ascii_word(text[at]) || is_alphabet_lead(text[at]));
}

/// A head has at most so many bytes.
constexpr std::size_t max_head_bytes = sizeof(std::uint64_t);

/// `first_bytes` where there are fewer.
std::uint64_t last_bytes(std::string_view text, std::size_t at);

/// The first eight bytes of `text` from `at` on, the first one lowest; zeros
/// behind its end.
inline std::uint64_t first_bytes(std::string_view text, std::size_t at) {
  std::uint64_t bytes = 0;
  if (at + sizeof bytes > text.size())
    return last_bytes(text, at);
  std::memcpy(&bytes, text.data() + at, sizeof bytes);
  return bytes;
}

/// The eight bytes of `text` before `at`, the last one highest; zeros before
/// its begin.
inline std::uint64_t bytes_before(std::string_view text, std::size_t at) {
  if (at >= max_head_bytes)
    return first_bytes(text, at - max_head_bytes);
  return at == 0
             ? 0
             : first_bytes(text.substr(0, at), 0) << 8 * (max_head_bytes - at);
}

/// How many of the first bytes are the head of what begins there: those of the
/// word; a mark goes with the word behind it. Of scripts without words those of
/// the character.
std::size_t head_size(std::string_view text, std::size_t at);

/// The head at `at`, by which the phrases that may stand there are looked up.
std::uint64_t phrase_head(std::string_view text, std::size_t at);

/// A head by its first four bytes, zeros behind its end, and its size: few
/// words have the same.
constexpr std::uint32_t word_key(std::uint32_t first_bytes, std::size_t size) {
  return first_bytes + static_cast<std::uint32_t>(size) * 0x9E3779B1U;
}

/// Where phrases may begin in a folded text: at every character but blanks,
/// continuation bytes, and what follows a letter or digit of an alphabetic
/// script within a word. Two bits a byte: whether a phrase may begin there, and
/// whether a head that began before goes on with it. Beside them, where digits
/// are. Holds no text.
class phrase_begins {
public:
  /// The bits of so many bytes of the text, the first byte's lowest.
  struct group {
    std::uint64_t begins = 0;
    std::uint64_t goes_on = 0;
  };
  static constexpr std::size_t group_bytes = 64;

  phrase_begins() = default;

  /// Reads `text` sixteen bytes at a time. Linear.
  explicit phrase_begins(std::string_view text);

  /// Calls `take(at, head)` for each begin from `from` to before `to`, in
  /// order; `text` is the one this was made of and `head` its `phrase_head`
  /// there.
  template <class Take>
  void for_each(std::string_view text, std::size_t from, std::size_t to,
                Take take) const {
    for_each_begin(text, from, to,
                   [&](std::size_t at, const char* bytes, std::size_t behind) {
                     std::uint64_t head = 0;
                     std::memcpy(&head, bytes, sizeof head);
                     take(at, head & head_masks[behind]);
                   });
  }

  /// The same with the `word_key` there.
  template <class Take>
  void for_each_key(std::string_view text, std::size_t from, std::size_t to,
                    Take take) const {
    for_each_begin(text, from, to,
                   [&](std::size_t at, const char* bytes, std::size_t behind) {
                     std::uint32_t first = 0;
                     std::memcpy(&first, bytes, sizeof first);
                     auto [mask, size] = key_parts[behind];
                     take(at, (first & mask) + size);
                   });
  }

  /// Calls `take(at)` for each place behind `from`, and `to` at most, where
  /// what one can begin with ends: a word, a mark, a character.
  template <class Take>
  void for_each_end(std::size_t from, std::size_t to, Take take) const {
    std::uint64_t was_seen = 0;
    for (auto i = from / group_bytes; i * group_bytes <= to; ++i) {
      auto inside = groups_[i].goes_on & ~groups_[i].begins;
      auto seen = groups_[i].goes_on | groups_[i].begins;
      auto ends = ~inside & (seen << 1 | was_seen);
      was_seen = seen >> (group_bytes - 1);
      for (; ends != 0; ends &= ends - 1) {
        auto at =
            i * group_bytes + static_cast<unsigned>(__builtin_ctzll(ends));
        if (at > from && at <= to)
          take(at);
      }
    }
  }

  /// The first position from `at` on that has a digit, 0 to 9; npos if there is
  /// none. Of `text`, that this was made of, hardly more is read than has some.
  std::size_t next_digit(std::string_view text, std::size_t at) const;

private:
  friend class begins_reader;

  static constexpr auto all_bits = ~std::uint64_t{0};

  /// Calls `take(at, bytes, behind)` for each begin: `bytes` are those from
  /// `at` on, eight at least, and the bits of `behind` tell which of the seven
  /// behind the first go on with its head.
  template <class Take>
  void for_each_begin(std::string_view text, std::size_t from, std::size_t to,
                      Take take) const {
    for (auto i = from / group_bytes; i * group_bytes < to; ++i) {
      auto begins = groups_[i].begins;
      auto first = i * group_bytes;
      if (first < from)
        begins &= all_bits << (from - first);
      if (to - first < group_bytes)
        begins &= ~(all_bits << (to - first));
      // From the byte behind on; one shift by all 64 bits would be none.
      auto goes_on = groups_[i].goes_on >> 1;
      auto more = groups_[i + 1].goes_on;
      // The end of a text is read from a copy with zeros behind it.
      std::array<char, group_bytes + max_head_bytes> rest;
      const auto* bytes = text.data() + first;
      if (first + rest.size() > text.size()) {
        rest = {};
        text.copy(rest.data(), rest.size(), first);
        bytes = rest.data();
      }
      for (; begins != 0; begins &= begins - 1) {
        auto bit = static_cast<std::size_t>(__builtin_ctzll(begins));
        auto behind = goes_on >> bit | more << (group_bytes - 1 - bit);
        take(first + bit, bytes + bit, behind % head_masks.size());
      }
    }
  }

  /// By which of the seven bytes behind the first go on with a head, its bytes.
  static constexpr auto head_masks = [] {
    std::array<std::uint64_t, 1u << (max_head_bytes - 1)> masks{};
    for (std::size_t goes_on = 0; goes_on < masks.size(); ++goes_on) {
      masks[goes_on] = 0xFF;
      for (auto rest = goes_on; rest % 2 == 1; rest /= 2)
        masks[goes_on] = masks[goes_on] << 8 | 0xFF;
    }
    return masks;
  }();

  /// By the same, of what a key consists: its bytes, and what its size adds.
  struct key_part {
    std::uint32_t mask;
    std::uint32_t size;
  };
  static constexpr auto key_parts = [] {
    std::array<key_part, head_masks.size()> parts{};
    for (std::size_t goes_on = 0; goes_on < parts.size(); ++goes_on) {
      auto mask = head_masks[goes_on];
      parts[goes_on] = {static_cast<std::uint32_t>(mask),
                        word_key(0, (64U - __builtin_clzll(mask)) / 8)};
    }
    return parts;
  }();

  /// Behind so many groups, 16 KB, each may have a digit.
  static constexpr std::size_t most_noted = 256;

  /// The first group from i on that may have a digit.
  std::size_t next_with_digit(std::size_t i) const;

  /// One more than the text has.
  std::vector<group> groups_;
  /// A bit for each of the first groups: whether it has a digit.
  std::array<std::uint64_t, most_noted / 64> has_digit_{};
};

/// Makes `phrase_begins` of a folded text as it grows, a group of bytes after
/// the other.
class begins_reader {
public:
  using group = phrase_begins::group;

  /// For a text of some `size` bytes.
  explicit begins_reader(std::size_t size);

  /// Reads the next group.
  void read(const char* from);

  /// Reads the groups that `text` begins with as far as they are ASCII, and
  /// writes them with small letters; returns how many bytes they are.
  std::size_t fold(std::string_view text, char* to);

  /// Reads the last bytes, fewer than a group. Nothing may be read afterwards.
  phrase_begins finish(std::string_view rest);

private:
  struct marks {
    std::uint64_t words = 0;
    std::uint64_t blanks = 0;
    bool has_digit = false;
    std::uint64_t wide = 0;
    std::uint64_t leads = 0;
    std::uint64_t tails = 0;
  };

  void add(const marks& of);

  phrase_begins made_;
  std::uint64_t is_behind_word_ = 0;
  std::uint64_t is_behind_lead_ = 0;
  std::uint64_t is_behind_wide_ = 0;
};

} // namespace jobfarm::text
