#include "nodes/gateway/cursor.hpp"

#include "actors/text/hash.hpp"

#include <sodium.h>

namespace jobfarm::nodes::gateway {

namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr std::size_t longest_cursor = 1024;

/// Binds a key to its list: eight hex digits are no secret, but a cursor that
/// is mangled or of another list does not pass by chance.
std::string seal(std::string_view list, std::string_view key) {
  return text::hash_hex(std::string{list} + '\n' + std::string{key})
      .substr(0, 8);
}

} // namespace

std::string make_cursor(std::string_view list, std::string_view last_key) {
  auto plain = seal(list, last_key) + std::string{last_key};
  std::string out(sodium_base64_encoded_len(plain.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(),
                    reinterpret_cast<const unsigned char*>(plain.data()),
                    plain.size(), variant);
  out.pop_back();
  return out;
}

expected<std::string> read_cursor(std::string_view list,
                                  std::string_view cursor) {
  if (cursor.empty())
    return std::string{};
  auto refusal =
      fail(errc::invalid_input, "the cursor is not one of this list's");
  if (cursor.size() > longest_cursor)
    return refusal;
  std::string plain(cursor.size(), '\0');
  std::size_t size = 0;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(plain.data()),
                        plain.size(), cursor.data(), cursor.size(), nullptr,
                        &size, nullptr, variant)
          != 0
      || size < 8)
    return refusal;
  plain.resize(size);
  auto key = plain.substr(8);
  if (seal(list, key) != plain.substr(0, 8))
    return refusal;
  return key;
}

} // namespace jobfarm::nodes::gateway
