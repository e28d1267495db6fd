#include "actors/normalize/place_candidates.hpp"

#include <algorithm>

namespace jobfarm::normalize {

bool has_kind(const place_candidates& all, place_kind kind) {
  return std::any_of(all.begin(), all.end(), [&](const gazetteer_place& one) {
    return one.kind == kind;
  });
}

place_candidates only(const place_candidates& all, place_kind kind) {
  place_candidates kept;
  for (const auto& one : all)
    if (one.kind == kind)
      kept.push_back(one);
  return kept;
}

std::uint32_t most_people(const place_candidates& all) {
  std::uint32_t most = 0;
  for (const auto& one : all)
    if (is_city(one))
      most = std::max(most, one.population);
  return most;
}

place_candidates held_by(const place_candidates& outer,
                         const place_candidates& inner) {
  place_candidates kept;
  for (const auto& in : inner)
    if (std::any_of(outer.begin(), outer.end(),
                    [&](const auto& out) { return holds_place(out, in); }))
      kept.push_back(in);
  return kept;
}

bool has_exact_states(std::string_view country) {
  return country == "US" || country == "CA" || country == "AU";
}

bool is_second_city(const place_candidates& first,
                    const place_candidates& second,
                    const place_candidates& held) {
  constexpr std::uint32_t much = 10;
  constexpr std::uint32_t town = 50'000;
  constexpr std::uint32_t big_city = 100'000;
  auto is_beside = [&](const gazetteer_place& one) {
    return is_city(one) && one.population >= big_city
           && std::any_of(held.begin(), held.end(), [&](const auto& in) {
                return in.country == one.country && in.admin1 == one.admin1;
              });
  };
  return !has_kind(second, place_kind::country) && most_people(held) < town
         && most_people(first) > most_people(held) * much
         && std::any_of(second.begin(), second.end(), is_beside);
}

} // namespace jobfarm::normalize
