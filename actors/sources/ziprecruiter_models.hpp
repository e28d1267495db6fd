#pragma once

#include "actors/sources/page_json.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// What a ZipRecruiter page carries for its own scripts, of either generation.
struct ziprecruiter_model {
  /// Owns the values below.
  json_document document;
  std::vector<json_value> cards;
  /// The page has a list of cards, maybe empty.
  bool has_cards = false;
  /// The job shown in full beside the cards, or alone.
  std::optional<json_value> job;
  /// Its `listingKey`.
  std::string job_key;
  /// 0 if not stated.
  std::int64_t page = 0;
  std::int64_t page_count = 0;
  std::optional<std::int64_t> listing_count;
};

/// Reads `script#js_variables` (until early 2026) or the pieces pushed to
/// `self.__next_f` (since). Errors: schema_changed where the page has neither,
/// bad_payload where it breaks off inside.
expected<ziprecruiter_model> read_ziprecruiter_model(std::string_view html);

} // namespace jobfarm::sources
