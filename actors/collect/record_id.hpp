#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Ids of records and boards as the index of duplicates keeps them.
namespace jobfarm::collect {

/// Bytes that an id of 32 hex digits spells.
constexpr std::size_t record_bytes = 16;

/// The bytes of an id, or nothing for another text.
std::optional<std::string> record_of(std::string_view id);

/// The id that `record_bytes` bytes spell.
std::string id_of(std::string_view record);

/// A board, as a part of keys: `SOURCE-HASH/`.
std::string board_part(const std::string& source, const std::string& board);

/// `prefix` and 16 hex digits.
std::string numbered(std::string_view prefix, std::uint64_t number);

} // namespace jobfarm::collect
