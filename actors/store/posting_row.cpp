#include "actors/store/posting_row.hpp"

namespace jobfarm::store {

namespace {

constexpr std::size_t times_at = 2 * place_bytes;

} // namespace

std::string to_bytes(const posting_row& row) {
  std::string bytes;
  bytes.reserve(times_at + row.last_seen.size() + 1 + row.closed_at.size());
  for (const auto& place : {to_bytes(row.text), to_bytes(row.body)})
    bytes.append(place.data(), place.size());
  bytes += row.last_seen;
  bytes += '\n';
  bytes += row.closed_at;
  return bytes;
}

std::optional<posting_row> row_in(std::string_view bytes) {
  const auto end = bytes.find('\n', times_at);
  if (end == bytes.npos)
    return std::nullopt;
  return posting_row{place_in(bytes), place_in(bytes.substr(place_bytes)),
                     bytes.substr(times_at, end - times_at),
                     bytes.substr(end + 1)};
}

} // namespace jobfarm::store
