#include "actors/normalize/place_choice.hpp"

#include "actors/normalize/regions.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace jobfarm::normalize {

namespace {

/// How many more jobs a country advertises on international boards than its
/// population says: own estimate, in doublings.
double market_weight(std::string_view country) {
  constexpr std::pair<std::string_view, double> tiers[] = {
      {"US GB CA AU IE NZ ", 2},
      {"DE FR NL ES IT CH AT BE SE DK NO FI PT SG AE IL LU ", 1.6},
      {"PL CZ RO IN JP BR MX HU GR ZA KR HK TW MY ", 1}};
  for (auto [members, weight] : tiers)
    if (members.find(country) != members.npos)
      return weight;
  return 0;
}

bool scope_holds(std::string_view scope, std::string_view country) {
  auto region = region_of(country);
  auto is_europe =
      region.size() > 7 && region.substr(region.size() - 7) == " Europe";
  if (scope == "EU" || scope == "Europe" || scope == "DACH"
      || scope == "Benelux" || scope == "Nordics" || scope == "CEE")
    return is_europe;
  if (scope == "EMEA")
    return is_europe || region == "Middle East" || region == "Africa";
  if (scope == "APAC")
    return region == "East Asia" || region == "South Asia"
           || region == "Southeast Asia" || region == "Australia/Oceania";
  if (scope == "LATAM")
    return region == "Latin America" || country == "MX";
  return (scope == "NA" || scope == "Americas") && region == "North America";
}

} // namespace

void place_context::state(std::string_view country) {
  stated_ = country;
}

void place_context::see(std::string_view country) {
  if (!country.empty())
    ++seen_[std::string{country}];
}

void place_context::see_admin1(std::string_view country,
                               std::string_view admin1) {
  if (!admin1.empty())
    ++admin1s_[std::string{country} + '/' + std::string{admin1}];
}

void place_context::see_scope(std::string_view scope) {
  if (scope_.empty())
    scope_ = scope;
}

double place_context::weight(const gazetteer_place& one) const {
  constexpr double stated = 60;
  constexpr double same_state = 6;
  constexpr double same_country = 5;
  constexpr double in_scope = 3;
  double sum = one.country == stated_ ? stated : 0;
  // A place beside it explains the pay's currency and the company's form, too.
  auto said = evidence_.weight(one.country);
  if (seen_.find(one.country) != seen_.end())
    said = std::max(said, same_country);
  sum += said;
  if (!admin1s_.empty()
      && admin1s_.count(std::string{one.country} + '/'
                        + std::string{one.admin1})
             != 0)
    sum += same_state;
  return sum
         + (!scope_.empty() && scope_holds(scope_, one.country) ? in_scope : 0);
}

bool place_context::has_seen(std::string_view country) const {
  return country == stated_ || seen_.find(country) != seen_.end();
}

bool holds_place(const gazetteer_place& outer, const gazetteer_place& inner) {
  if (outer.country != inner.country || outer.kind == place_kind::city)
    return false;
  if (outer.kind == place_kind::country)
    return true;
  return !outer.admin1.empty() && outer.admin1 == inner.admin1;
}

namespace {

/// Calls `is_it` for each of the names that a place has at once: "Donostia /
/// San Sebastián".
template <class IsIt>
bool any_own_name(std::string_view names, IsIt is_it) {
  constexpr std::string_view mark = " / ";
  for (;;) {
    auto end = names.find(mark);
    if (is_it(names.substr(0, end)))
      return true;
    if (end == names.npos)
      return false;
    names.remove_prefix(end + mark.size());
  }
}

/// The city of a state's name within it, or of a nameless area's in the country
/// that it is in; null if there is none. Where states are what people name
/// first ("Washington"), only one within the state.
const gazetteer_place* city_of_its_name(const place_candidates& all,
                                        const gazetteer_place& state,
                                        std::string_view key) {
  constexpr std::uint32_t known = 100'000;
  auto is_federal = state.country == "US" || state.country == "CA"
                    || state.country == "AU" || state.country == "MX";
  for (const auto& one : all) {
    if (one.kind != place_kind::city || one.country != state.country)
      continue;
    auto is_large = one.population >= known && place_key(one.name) == key;
    if (one.admin1 == state.admin1 || state.name.empty()
        || (is_large && !is_federal))
      return &one;
  }
  return nullptr;
}

/// Whether the name of `key` is the place's own in English, not one in any
/// language.
bool is_own_name(const gazetteer_place& one, std::string_view key) {
  return one.name.empty() || any_own_name(one.name, [&](std::string_view name) {
           return place_key(name) == key;
         });
}

/// How likely a reading is, in doublings of population. `spelling` is empty if
/// it has no letters that tell.
double score_of(const gazetteer_place& one, bool is_own,
                std::string_view spelling, const place_context& context) {
  constexpr double own_name = 2;
  constexpr double country_first = 8;
  constexpr double least_country = 18;
  constexpr double least_state = 18;
  constexpr double own_spelling = 5;
  // Municipalities that are divisions of the first level are no states.
  constexpr std::uint32_t village = 50'000;
  auto people = std::log2(1.0 + one.population);
  auto is_country = one.kind == place_kind::country;
  auto is_state = one.kind == place_kind::admin1 && is_own
                  && (one.population == 0 || one.population >= village);
  if (is_country || is_state)
    people = std::max(people, is_country ? least_country : least_state);
  auto score = people + market_weight(one.country) + context.weight(one);
  if (is_own)
    score += own_name;
  if (!spelling.empty() && any_own_name(one.name, [&](std::string_view name) {
        return name == spelling;
      }))
    score += own_spelling;
  return is_country ? score + country_first : score;
}

} // namespace

bool is_close_choice(const place_candidates& all, const gazetteer_place& chosen,
                     const place_context& context) {
  // What evidence may weigh together.
  constexpr double most = 9;
  auto score = [&](const gazetteer_place& one) {
    return score_of(one, true, "", context);
  };
  auto best = score(chosen);
  return std::any_of(all.begin(), all.end(), [&](const auto& one) {
    return one.country != chosen.country && one.kind == place_kind::city
           && score(one) + most > best;
  });
}

std::optional<gazetteer_place> choose_place(const place_candidates& all,
                                            std::string_view key,
                                            std::string_view spelling,
                                            const place_context& context) {
  const gazetteer_place* best = nullptr;
  double best_score = -1;
  const gazetteer_place* country = nullptr;
  const gazetteer_place* state = nullptr;
  const gazetteer_place* short_city = nullptr;
  // "San José" with its accent is not San Jose.
  auto is_spelled = std::any_of(spelling.begin(), spelling.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x80;
  });
  auto has_own_city = std::any_of(all.begin(), all.end(), [&](const auto& one) {
    constexpr std::uint32_t known = 50'000;
    return one.kind == place_kind::city && one.population >= known
           && place_key(one.name) == key;
  });
  for (const auto& one : all) {
    // "Columbia" is Colombia in some language, but first a city.
    auto is_own = is_own_name(one, key);
    if (one.kind == place_kind::country && has_own_city && !is_own
        && key.size() > 3)
      continue;
    auto score = score_of(one, is_own, is_spelled ? spelling : "", context);
    // "OR" alone is written for Oregon, not for Odisha.
    constexpr double own_code = 4;
    if (key.size() == 2 && one.kind == place_kind::admin1
        && one.country == "US")
      score += own_code;
    if (one.kind == place_kind::country)
      country = &one;
    if (one.kind == place_kind::admin1 && one.country == "US")
      state = &one;
    if (one.kind == place_kind::city && key.size() <= 3
        && static_cast<unsigned char>(key.empty() ? 'a' : key[0]) < 0x80
        && place_key(one.name) != key)
      short_city = &one;
    if (score > best_score) {
      best_score = score;
      best = &one;
    }
  }
  if (!best)
    return std::nullopt;
  // "LA", "BLR": the short form of a city before a country's code.
  if (short_city && !context.has_seen_any())
    return *short_city;
  // "Georgia", "CA": a state or a country, and nothing tells which.
  if (country && state && country->country != "US") {
    auto says_state = context.has_seen("US");
    auto says_country = context.has_seen(country->country)
                        || (context.has_seen_any() && !says_state);
    if (says_state == says_country)
      return std::nullopt;
    return says_state ? *state : *country;
  }
  // A city, not the state of its name, nor the city that is its country.
  if (best->kind == place_kind::admin1)
    if (const auto* city = city_of_its_name(all, *best, key))
      return *city;
  // "Punjab", "Limburg": states of two countries, and nothing tells which.
  constexpr double surely = 2.5;
  if (best->kind == place_kind::admin1)
    for (const auto& one : all)
      if (one.kind == place_kind::admin1 && one.country != best->country
          && !one.name.empty() && place_key(one.name) == key
          && context.weight(*best) - context.weight(one) < surely
          && std::log2(1.0 + best->population) - std::log2(1.0 + one.population)
                 < surely)
        return std::nullopt;
  return *best;
}

} // namespace jobfarm::normalize
