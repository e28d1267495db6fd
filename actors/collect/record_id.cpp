#include "actors/collect/record_id.hpp"

#include "actors/text/hash.hpp"

#include <array>

namespace jobfarm::collect {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

/// The value of each digit, more than 15 for what is none.
constexpr auto values = [] {
  std::array<unsigned char, 256> made{};
  for (auto& one : made)
    one = 0xff;
  for (std::size_t i = 0; i < digits.size(); ++i)
    made[static_cast<unsigned char>(digits[i])] =
        static_cast<unsigned char>(i);
  return made;
}();

} // namespace

std::optional<record_name> record_of(std::string_view id) {
  if (id.size() != 2 * record_bytes)
    return std::nullopt;
  record_name record;
  unsigned all = 0;
  for (std::size_t i = 0; i < record_bytes; ++i) {
    const unsigned high = values[static_cast<unsigned char>(id[2 * i])];
    const unsigned low = values[static_cast<unsigned char>(id[2 * i + 1])];
    all |= high | low;
    record[i] = static_cast<char>(high << 4 | low);
  }
  if (all > 15)
    return std::nullopt;
  return record;
}

std::string id_of(std::string_view record) {
  std::string id;
  id.reserve(2 * record.size());
  for (char one : record) {
    auto byte = static_cast<unsigned char>(one);
    id += digits[byte >> 4];
    id += digits[byte & 15];
  }
  return id;
}

std::string board_part(const std::string& source, const std::string& board) {
  return source + '-' + text::hash_hex(board) + '/';
}

std::string numbered(std::string_view prefix, std::uint64_t number) {
  std::string out(prefix.size() + 16, '0');
  prefix.copy(out.data(), prefix.size());
  for (auto at = out.size(); number != 0; number >>= 4)
    out[--at] = digits[number & 15];
  return out;
}

} // namespace jobfarm::collect
