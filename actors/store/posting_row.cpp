#include "actors/store/posting_row.hpp"

namespace jobfarm::store {

std::string to_bytes(const posting_row& row) {
  return to_bytes(row.body) + row.last_seen + '\n' + row.closed_at;
}

std::optional<posting_row> row_in(std::string_view bytes) {
  auto body = place_in(bytes.substr(0, place_bytes));
  auto end = bytes.find('\n', place_bytes);
  if (!body || end == bytes.npos)
    return std::nullopt;
  return posting_row{*body,
                     std::string{bytes.substr(place_bytes, end - place_bytes)},
                     std::string{bytes.substr(end + 1)}};
}

} // namespace jobfarm::store
