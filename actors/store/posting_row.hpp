#pragma once

#include "actors/store/text_file.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::store {

/// What the database has of a posting: what changes whenever it is seen, and
/// where the rest stands; no text is of size 0.
struct posting_row {
  text_place text;
  text_place body;
  std::string_view last_seen;
  std::string_view closed_at;
};

/// A row as bytes, and back: the places, the two times with a line feed between
/// them. Nothing for other bytes; else it points into them.
std::string to_bytes(const posting_row& row);
std::optional<posting_row> row_in(std::string_view bytes);

} // namespace jobfarm::store
