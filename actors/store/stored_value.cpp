#include "actors/store/stored_value.hpp"

#include <snappy.h>

namespace jobfarm::store {

namespace {

constexpr char compressed = '\xc1';

/// Shorter ones save nothing that is worth the time.
constexpr std::size_t least_compressed = 512;

constexpr std::size_t most_bytes = 64u << 20;

} // namespace

std::string to_stored(std::string value) {
  auto is_marked = !value.empty() && value.front() == compressed;
  if (value.size() < least_compressed && !is_marked)
    return value;
  std::string bytes(1 + snappy::MaxCompressedLength(value.size()), compressed);
  std::size_t size = 0;
  snappy::RawCompress(value.data(), value.size(), bytes.data() + 1, &size);
  if (size + 1 >= value.size() && !is_marked)
    return value;
  bytes.resize(size + 1);
  return bytes;
}

expected<std::string> from_stored(std::string bytes) {
  if (bytes.empty() || bytes.front() != compressed)
    return bytes;
  auto* packed = bytes.data() + 1;
  auto size = bytes.size() - 1;
  std::size_t length = 0;
  std::string value;
  if (!snappy::GetUncompressedLength(packed, size, &length)
      || length > most_bytes)
    return fail(errc::store_failed, "a compressed value is damaged");
  value.resize(length);
  if (!snappy::RawUncompress(packed, size, value.data()))
    return fail(errc::store_failed, "a compressed value is damaged");
  return value;
}

} // namespace jobfarm::store
