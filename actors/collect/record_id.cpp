#include "actors/collect/record_id.hpp"

#include "actors/text/hash.hpp"

#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstring>
#include <functional>

namespace jobfarm::collect {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

/// The bytes that sixteen digits spell, or nothing for other text.
std::optional<std::uint64_t> bytes_of(const char* text) {
  const auto all = block::load(text);
  const auto numbers = block::between(all, '0', '9');
  const auto letters = block::between(all, 'a', 'f');
  if (block::bits(numbers | letters) != 0xffff)
    return std::nullopt;
  const auto values = (all & 0xf) + (letters & 9);
  // Of two digits the first one is in the lower byte; then what is in every
  // other byte is moved together.
  using halves = std::uint64_t __attribute__((vector_size(block::size)));
  auto bytes = reinterpret_cast<halves>(values);
  bytes = (bytes << 4 | bytes >> 8) & 0x00ff00ff00ff00ff;
  bytes = (bytes | bytes >> 8) & 0x0000ffff0000ffff;
  bytes = (bytes | bytes >> 16) & 0xffffffff;
  return bytes[0] | bytes[1] << 32;
}

} // namespace

std::optional<record_name> record_of(std::string_view id) {
  if (id.size() != 2 * record_bytes)
    return std::nullopt;
  const auto first = bytes_of(id.data());
  const auto second = bytes_of(id.data() + block::size);
  if (!first || !second)
    return std::nullopt;
  const std::uint64_t halves[] = {*first, *second};
  return record_at(halves);
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

std::vector<std::string> ids_of(const std::vector<record_name>& first,
                                std::vector<record_name>& others,
                                const record_name& own) {
  std::sort(others.begin(), others.end(), std::less<std::string_view>{});
  others.erase(std::unique(others.begin(), others.end()), others.end());
  std::vector<std::string> made;
  made.reserve(first.size() + others.size());
  for (auto at = first.begin(); at != first.end(); ++at)
    if (*at != own && std::find(first.begin(), at, *at) == at)
      made.push_back(id_of(*at));
  for (const auto& one : others)
    if (one != own && std::find(first.begin(), first.end(), one) == first.end())
      made.push_back(id_of(one));
  return made;
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
