#include "actors/normalize/wanted_place.hpp"

#include "actors/normalize/place.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::normalize {

wanted_place::wanted_place(std::string_view text, const gazetteer* world)
    : folded_(text::fold_ascii(text)) {
  if (!world)
    return;
  place_hints hints;
  hints.location = text;
  auto found = resolve_places(*world, hints);
  if (found.places.size() == 1)
    known_ = std::move(found.places.front());
}

bool wanted_place::is_of(const job_posting& posting) const {
  if (holds(posting.city, posting.admin1, posting.country)
      || is_named(posting.region) || is_named(posting.location_scope)
      || is_named(posting.location))
    return true;
  return std::any_of(posting.locations.begin(), posting.locations.end(),
                     [&](const place& at) {
                       return holds(at.city, at.admin1, at.country)
                              || is_named(at.display);
                     });
}

bool wanted_place::is_named(std::string_view name) const {
  return !name.empty() && text::fold_ascii(name) == folded_;
}

bool wanted_place::holds(std::string_view city, std::string_view admin1,
                         std::string_view country) const {
  if (is_named(city) || is_named(admin1) || is_named(country))
    return true;
  auto lies_in = [](std::string_view wanted, std::string_view have) {
    return wanted.empty() || wanted == have;
  };
  return !known_.country.empty() && country == known_.country
         && lies_in(known_.admin1, admin1) && lies_in(known_.city, city);
}

} // namespace jobfarm::normalize
