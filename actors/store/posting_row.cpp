#include "actors/store/posting_row.hpp"

namespace jobfarm::store {

std::string to_bytes(const posting_row& row) {
  std::string bytes;
  bytes.reserve(place_bytes + row.last_seen.size() + 1 + row.closed_at.size());
  const auto place = to_bytes(row.body);
  bytes.append(place.data(), place.size());
  bytes += row.last_seen;
  bytes += '\n';
  bytes += row.closed_at;
  return bytes;
}

std::optional<posting_row> row_in(std::string_view bytes) {
  auto body = place_in(bytes.substr(0, place_bytes));
  auto end = bytes.find('\n', place_bytes);
  if (!body || end == bytes.npos)
    return std::nullopt;
  return posting_row{*body, bytes.substr(place_bytes, end - place_bytes),
                     bytes.substr(end + 1)};
}

} // namespace jobfarm::store
