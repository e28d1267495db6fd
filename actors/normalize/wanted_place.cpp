#include "actors/normalize/wanted_place.hpp"

#include "actors/normalize/place.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cctype>

namespace jobfarm::normalize {

namespace {

/// The scope or region that `text` is the name of, or empty.
std::string_view scope_named(std::string_view text) {
  auto scope = scope_of(place_key(text));
  return scope.empty() ? region_named(text) : scope;
}

/// The ISO 3166-1 code that a folded text is, or empty.
std::string country_code_of(std::string_view folded) {
  std::string code{folded};
  std::transform(code.begin(), code.end(), code.begin(), [](unsigned char c) {
    return static_cast<char>(std::toupper(c));
  });
  return region_of(code) == other_region ? std::string{} : code;
}

} // namespace

wanted_place::wanted_place(std::string_view text, const gazetteer* world)
    : folded_(text::fold_ascii(text)), scope_(scope_named(text)) {
  if (!world || !scope_.empty())
    return;
  place_hints hints;
  hints.location = text;
  auto found = resolve_places(*world, hints);
  for (auto& one : found.places)
    if (!one.country.empty())
      known_.push_back(std::move(one));
  if (known_.empty())
    scope_ = std::move(found.scope);
  // Alone, "DE" may be a state as well; records have it for the country.
  if (auto code = country_code_of(folded_); !is_known() && !code.empty()) {
    known_.emplace_back();
    known_.back().country = std::move(code);
  }
}

bool wanted_place::is_of(const job_posting& posting) const {
  if (holds(posting.city, posting.admin1, posting.country)
      || is_named(posting.region) || is_named(posting.location_scope)
      || is_named(posting.location) || is_of_scope(posting.location_scope))
    return true;
  return std::any_of(
      posting.locations.begin(), posting.locations.end(), [&](const place& at) {
        return holds(at.city, at.admin1, at.country) || is_named(at.display);
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
  return lies_in_scope(country, scope_)
         || std::any_of(known_.begin(), known_.end(), [&](const place& one) {
              return country == one.country && lies_in(one.admin1, admin1)
                     && lies_in(one.city, city);
            });
}

bool wanted_place::is_of_scope(std::string_view scope) const {
  if (scope_.empty() || scope.empty() || scope_ == "worldwide")
    return !scope.empty() && scope == scope_;
  return scopes_nest(scope_, scope);
}

} // namespace jobfarm::normalize
