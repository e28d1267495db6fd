#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Ids of records and boards as the index of duplicates keeps them.
namespace jobfarm::collect {

/// Bytes that an id of 32 hex digits spells.
constexpr std::size_t record_bytes = 16;

/// Those bytes; in the order of the ids if they are compared as text.
struct record_name : std::array<char, record_bytes> {
  operator std::string_view() const noexcept {
    return {data(), size()};
  }
};

inline bool operator==(const record_name& a, const record_name& b) noexcept {
  return std::memcmp(a.data(), b.data(), record_bytes) == 0;
}

inline bool operator!=(const record_name& a, const record_name& b) noexcept {
  return !(a == b);
}

/// The bytes of an id, or nothing for another text.
std::optional<record_name> record_of(std::string_view id);

/// The first `record_bytes` bytes at an address.
inline record_name record_at(const void* bytes) noexcept {
  record_name made;
  std::memcpy(made.data(), bytes, made.size());
  return made;
}

/// The id that `record_bytes` bytes spell.
std::string id_of(std::string_view record);

/// The ids of records, each once, but for `own`: those of `first` as they are,
/// then the others, sorted.
std::vector<std::string> ids_of(const std::vector<record_name>& first,
                                std::vector<record_name>& others,
                                const record_name& own);

/// A board, as a part of keys: `SOURCE-HASH/`.
std::string board_part(const std::string& source, const std::string& board);

/// `prefix` and 16 hex digits.
std::string numbered(std::string_view prefix, std::uint64_t number);

} // namespace jobfarm::collect
