#include "actors/normalize/posting_places.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/currency.hpp"
#include "actors/normalize/place.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/description.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// A line of a location is a place of its own.
std::string plain_places(std::string_view text) {
  std::string listed{text};
  while (!listed.empty() && (listed.back() == '\n' || listed.back() == ' '))
    listed.pop_back();
  std::replace(listed.begin(), listed.end(), '\n', ';');
  return text::field_text(listed);
}

std::string_view host_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == url.npos)
    return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, std::min(url.find_first_of("/:?#"), url.size()));
}

/// What the fields of a posting say of its places.
struct said_places {
  std::string location;
  resolved_places found;
  work_mode mode = work_mode::unknown;
  bool is_open_to_country = false;
};

/// Adds where a remote worker must live; two letters are a country.
void add_scope(const extra_fields& extra, place_hints& hints,
               std::vector<std::string>& locations) {
  for (const auto& one : extra.remote_scope)
    one.size() == 2 ? hints.addresses.push_back({"", "", one})
                    : locations.push_back(one);
}

/// Whether that is one country, and the one that the posting is in.
bool is_own_country(const extra_fields& extra, const place& own,
                    const gazetteer& world) {
  std::vector<std::string> locations;
  place_hints hints;
  hints.locations = &locations;
  add_scope(extra, hints, locations);
  auto found = resolve_places(world, hints).places;
  return found.size() == 1 && found.front().city.empty()
         && found.front().admin1.empty() && !own.country.empty()
         && found.front().country == own.country;
}

said_places places_said(const raw_posting& raw, const extra_fields& extra,
                        const country_evidence& evidence,
                        const gazetteer& world) {
  said_places said;
  said.location = plain_places(raw.location);
  std::vector<std::string> locations;
  for (const auto& one : raw.locations)
    locations.push_back(plain_places(one));
  place_hints hints;
  hints.location = said.location;
  hints.locations = &locations;
  hints.addresses = extra.addresses;
  // Where a remote worker must live is all that is known of a place then.
  if (said.location.empty() && locations.empty() && hints.addresses.empty())
    add_scope(extra, hints, locations);
  hints.country = extra.country;
  hints.evidence = evidence;
  said.found = resolve_places(world, hints);
  if (said.location.empty() && !said.found.places.empty())
    said.location = said.found.places.front().display;
  said.is_open_to_country =
      !extra.remote_scope.empty() && !said.found.places.empty()
      && is_own_country(extra, said.found.places.front(), world);
  said.mode = mode_in_location(said.location);
  for (const auto& one : raw.locations)
    if (said.mode == work_mode::unknown)
      said.mode = mode_in_location(one);
  return said;
}

/// All that `places_said` reads but the evidence.
joined_key place_fields(const raw_posting& raw, const extra_fields& extra,
                        const gazetteer& world) {
  joined_key key;
  key.add(world.serial());
  key.add(raw.location).add(extra.country);
  key.add(extra.addresses.size());
  for (const auto& one : extra.addresses)
    key.add(one.city).add(one.region).add(one.country);
  for (const auto* list : {&raw.locations, &extra.remote_scope}) {
    key.add(list->size());
    for (const auto& one : *list)
      key.add(one);
  }
  return key;
}

/// The places, weighed by what else the posting says where that could tell:
/// few names need it.
const said_places& known_places(const raw_posting& raw,
                                const extra_fields& extra,
                                const gazetteer& world,
                                const job_posting& posting) {
  // Large boards have hundreds of places, and more of their lists.
  thread_local recent_results<said_places, 1024> recent;
  thread_local recent_results<said_places, 1024> weighed;
  auto key = place_fields(raw, extra, world);
  const auto& plainly =
      recent.of(key, [&] { return places_said(raw, extra, {}, world); });
  if (!plainly.found.is_close)
    return plainly;
  auto currency = raw.salary_currency.empty() ? sure_currency_in(raw.salary)
                                              : raw.salary_currency;
  auto form = countries_of_form(raw.company);
  auto host = host_of(posting.url);
  key.add(currency).add(posting.language).add(host).add(form);
  return weighed.of(key, [&] {
    country_evidence evidence;
    evidence.add_currency(currency);
    evidence.add_language(posting.language);
    evidence.add_host(host);
    evidence.add_form(form);
    return places_said(raw, extra, evidence, world);
  });
}

} // namespace

workplace_hints set_places(const raw_posting& raw, const extra_fields& extra,
                           const gazetteer& world, job_posting& posting) {
  const auto& said = known_places(raw, extra, world, posting);
  posting.location = said.location;
  posting.locations = said.found.places;
  posting.location_scope = said.found.scope;
  if (!posting.locations.empty()) {
    const auto& own = posting.locations.front();
    posting.city = own.city;
    posting.admin1 = own.admin1;
    posting.admin1_code = own.admin1_code;
    posting.country = own.country;
  }
  posting.region = region_of(posting.country);
  return {said.mode, said.is_open_to_country};
}

} // namespace jobfarm::normalize
