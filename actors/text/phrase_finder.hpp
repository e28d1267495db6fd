#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// Finds any of many phrases in one pass over a text. Phrases are at least
/// four bytes long and outlive the finder; bytes are compared as they are.
class phrase_finder {
public:
  explicit phrase_finder(std::vector<std::string_view> phrases);

  /// Calls `visit(position, index)` for every occurrence of every phrase, by
  /// rising position, until it returns false.
  template <class Visit>
  void each(std::string_view text, Visit visit) const {
    for (std::size_t at = 0; at + key_bytes <= text.size(); ++at)
      for (auto i = heads_[slot_of(text.data() + at)]; i != 0; i = next_[i])
        if (text.substr(at, phrases_[i - 1].size()) == phrases_[i - 1]
            && !visit(at, std::size_t{i} - 1u))
          return;
  }

private:
  static constexpr std::size_t key_bytes = 4;
  /// Slots for the first four bytes: few enough to stay in the first cache.
  static constexpr int slot_bits = 12;

  static std::size_t slot_of(const char* bytes) {
    std::uint32_t key = 0;
    std::memcpy(&key, bytes, key_bytes);
    // Knuth's multiplicative hash, TAOCP 6.4.
    return (key * 2654435761u) >> (32 - slot_bits);
  }

  std::vector<std::string_view> phrases_;
  /// One more than the index of the first phrase of a slot; 0 for none.
  std::array<std::uint16_t, std::size_t{1} << slot_bits> heads_{};
  std::vector<std::uint16_t> next_;
};

} // namespace jobfarm::text
