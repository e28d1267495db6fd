#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/place_words.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

using place_candidates = std::vector<gazetteer_place>;

/// What a stretch of a location text stands for.
struct place_node {
  enum class sort {
    /// A name or code that the gazetteer knows.
    place,
    /// "EMEA".
    scope,
    /// Words that name no known place.
    unknown
  };

  sort is = sort::unknown;
  place_candidates all;
  std::string_view scope;
  word_join before = word_join::list;
  /// Bytes of the text.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// As written, if it is a code ("CA", "US-CA").
  std::string code;
  /// The key of the name.
  std::string key;
  /// The name as written.
  std::string spelling;
  /// Amid words nobody knows: only counts if a state or country beside it
  /// holds it.
  bool is_weak = false;
};

/// What was read out of one location text.
struct place_reading {
  std::vector<place_node> nodes;
  /// The country of a postal code that belongs to one alone, or empty.
  std::string postal_country;
};

/// Finds the places that a text names, the longest names first. Linear in the
/// text.
place_reading read_places(const gazetteer& world, std::string_view text);

} // namespace jobfarm::normalize
