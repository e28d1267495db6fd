#include "actors/collect/record_id.hpp"

#include "actors/text/hash.hpp"

namespace jobfarm::collect {

namespace {

constexpr std::string_view digits = "0123456789abcdef";

int digit_of(char c) {
  if (c >= '0' && c <= '9')
    return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::optional<std::string> record_of(std::string_view id) {
  if (id.size() != 2 * record_bytes)
    return std::nullopt;
  std::string record(record_bytes, '\0');
  for (std::size_t i = 0; i < record_bytes; ++i) {
    auto high = digit_of(id[2 * i]);
    auto low = digit_of(id[2 * i + 1]);
    if (high < 0 || low < 0)
      return std::nullopt;
    record[i] = static_cast<char>(high << 4 | low);
  }
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
