#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/place_choice.hpp"
#include "actors/normalize/place_reader.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace jobfarm::normalize {

/// One place as it is read, part by part: "San Jose, CA, US".
struct place_chain {
  place_candidates all;
  std::string key;
  /// The name as written.
  std::string spelling;
  std::size_t begin = 0;
  std::size_t end = 0;
  /// A name that nobody knows stands before it.
  bool is_behind_unknown = false;
  /// A state or country stood behind it and narrowed it.
  bool is_qualified = false;
};

/// The chains of one listed place, and whether names nobody knows stand among
/// them.
struct place_chains {
  std::vector<place_chain> all;
  bool has_unknown = false;
};

/// Groups the nodes from `begin` to before `end`, what one listed place was
/// read as. Linear in the nodes.
place_chains chains_of(const gazetteer& world, const place_node* begin,
                       const place_node* end);

} // namespace jobfarm::normalize
