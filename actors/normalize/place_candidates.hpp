#pragma once

#include "actors/normalize/place_choice.hpp"
#include "actors/normalize/place_reader.hpp"

#include <cstdint>
#include <string_view>

/// Questions about what a name may stand for.
namespace jobfarm::normalize {

inline bool is_city(const gazetteer_place& one) {
  return one.kind == place_kind::city;
}

bool has_kind(const place_candidates& all, place_kind kind);

/// Those of one kind.
place_candidates only(const place_candidates& all, place_kind kind);

/// The people of the largest city among them; 0 without one.
std::uint32_t most_people(const place_candidates& all);

/// Those of `inner` that lie in one of `outer`.
place_candidates held_by(const place_candidates& outer,
                         const place_candidates& inner);

/// Countries whose states' codes are surely complete: a city that is not in
/// the state that stands behind it is one nobody knows.
bool has_exact_states(std::string_view country);

/// "San Francisco, New York" are two cities, for the first would shrink to one
/// of those `held` by the second. Not "London, Ontario": the city of that name
/// is in another country than the state.
bool is_second_city(const place_candidates& first,
                    const place_candidates& second,
                    const place_candidates& held);

} // namespace jobfarm::normalize
