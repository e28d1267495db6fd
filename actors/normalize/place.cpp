#include "actors/normalize/place.hpp"

#include "actors/normalize/place_tokens.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <optional>

namespace jobfarm::normalize {

namespace {

using candidates = std::vector<gazetteer_place>;

bool is_city(const gazetteer_place& one) {
  return one.kind == place_kind::city;
}

/// True if `outer` (a state or country) holds `inner`.
bool holds(const gazetteer_place& outer, const gazetteer_place& inner) {
  if (outer.country != inner.country)
    return false;
  if (outer.kind == place_kind::country)
    return true;
  return outer.kind == place_kind::admin1
         && (outer.admin1 == inner.admin1
             || (!outer.admin1_code.empty()
                 && outer.admin1_code == inner.admin1_code));
}

/// Where a country is one city (contract: "a city state has its city").
bool is_city_state(std::string_view country) {
  for (std::string_view one : {"SG", "HK", "MO", "MC", "VA", "GI"})
    if (country == one)
      return true;
  return false;
}

/// One name with what follows it: "San Jose, CA, US". Grows part by part.
class place_group {
public:
  explicit place_group(candidates all) : all_(std::move(all)) {
  }

  /// Narrows the group by a state or country; false if it does not fit.
  bool qualify(const candidates& by) {
    candidates kept;
    for (const auto& inner : all_)
      if (std::any_of(by.begin(), by.end(), [&](const gazetteer_place& outer) {
            return !is_city(outer)
                   && (holds(outer, inner) || same(outer, inner));
          }))
        kept.push_back(inner);
    if (kept.empty())
      return false;
    all_ = std::move(kept);
    return true;
  }

  /// The best reading, given the country that the source states. Nothing if
  /// two countries are as likely.
  std::optional<gazetteer_place> best(std::string_view country) const {
    auto all = all_;
    if (!country.empty()) {
      candidates there;
      for (const auto& one : all)
        if (one.country == country)
          there.push_back(one);
      if (!there.empty())
        all = std::move(there);
    }
    return choose(all);
  }

private:
  static bool same(const gazetteer_place& a, const gazetteer_place& b) {
    return a.kind == b.kind && a.name == b.name && a.country == b.country;
  }

  static std::optional<gazetteer_place> choose(const candidates& all) {
    const gazetteer_place* country = nullptr;
    const gazetteer_place* region = nullptr;
    const gazetteer_place* city = nullptr;
    for (const auto& one : all) {
      if (one.kind == place_kind::country)
        country = country ? country : &one;
      else if (one.kind == place_kind::admin1)
        region = region ? region : &one;
      else if (!city || one.population > city->population)
        city = &one;
    }
    // "Georgia" alone is a state or a country: nobody can tell.
    if (country && region && country->country != region->country
        && region->country == "US")
      return std::nullopt;
    if (country)
      return *country;
    if (city)
      return *city;
    return region ? std::optional{*region} : std::nullopt;
  }

  candidates all_;
};

class resolver {
public:
  resolver(const gazetteer& world, std::string_view country)
      : world_(world), country_(country) {
  }

  /// Adds the places of one listed text.
  void add_text(std::string_view text) {
    for (const auto& one : split_places(text))
      add_place(one, split_parts(one));
  }

  void add_address(const address& one) {
    std::vector<std::string> parts;
    std::string display;
    for (const auto* field : {&one.city, &one.region, &one.country}) {
      if (field->empty())
        continue;
      display += (display.empty() ? "" : ", ") + *field;
      for (auto& part : split_parts(*field))
        parts.push_back(std::move(part));
    }
    if (parts.empty())
      return;
    auto before = found_.places.size();
    add_place(display, parts);
    // A city in a field of its own is one, although no gazetteer knows it.
    if (found_.places.size() > before && !found_.places.back().country.empty()
        && found_.places.back().city.empty() && lookup(one.city).empty()
        && split_places(one.city).size() == 1)
      found_.places.back().city = text::collapse_space(one.city);
  }

  resolved_places take() {
    return std::move(found_);
  }

private:
  candidates lookup(std::string_view part) const {
    candidates all;
    auto take = [&](gazetteer::range range) {
      for (std::uint32_t i = 0; i < range.size(); ++i)
        all.push_back(range[i]);
    };
    if (is_code(part))
      take(world_.find(part));
    auto key = place_key(part);
    if (part == "UK")
      key = "united kingdom";
    if (key.size() > 1)
      take(world_.find(key));
    if (all.empty())
      take(world_.find(without_frame(key)));
    return all;
  }

  /// Splits "Riyadh Saudi Arabia" where its end names a state or country.
  bool add_joined(const std::string& part, std::vector<std::string>& parts) {
    for (auto blank = part.find(' '); blank != part.npos;
         blank = part.find(' ', blank + 1)) {
      auto tail = part.substr(blank + 1);
      auto outer = lookup(tail);
      if (std::none_of(outer.begin(), outer.end(),
                       [](const auto& one) { return !is_city(one); }))
        continue;
      auto head = part.substr(0, blank);
      if (lookup(head).empty() && scope_of(place_key(head)).empty())
        continue;
      parts.push_back(head);
      parts.push_back(tail);
      return true;
    }
    return false;
  }

  void add_place(const std::string& display,
                 const std::vector<std::string>& given) {
    std::vector<std::string> parts;
    for (const auto& part : given)
      if (!lookup(part).empty() || !add_joined(part, parts))
        parts.push_back(part);
    std::optional<place_group> group;
    bool has_unknown_name = false;
    std::string previous;
    for (const auto& part : parts) {
      auto key = place_key(part);
      if (auto scope = scope_of(key); !scope.empty()) {
        if (found_.scope.empty())
          found_.scope = scope;
        continue;
      }
      auto all = lookup(part);
      auto is_repeat = key == std::exchange(previous, key);
      if (all.empty()) {
        has_unknown_name = has_unknown_name || !group;
        continue;
      }
      if (group && (is_repeat || group->qualify(all)))
        continue;
      if (!group && has_unknown_name)
        drop_ambiguous_code(part, all);
      if (group && std::none_of(all.begin(), all.end(), is_city)) {
        // The name is somewhere else than any place we know by it.
        auto outer = place_group(all);
        group = std::move(outer);
        continue;
      }
      if (group)
        close(display, *group);
      group.emplace(std::move(all));
    }
    if (group)
      close(display, *group);
    else if (!parts.empty() && has_unknown_name)
      keep_display(display);
  }

  /// After a name nobody knows, "DE" is Delaware or Germany: neither is said.
  static void drop_ambiguous_code(const std::string& part, candidates& all) {
    if (!is_code(part) || all.empty())
      return;
    auto country = all.front().country;
    if (std::any_of(all.begin(), all.end(),
                    [&](const auto& one) { return one.country != country; }))
      all.clear();
  }

  void close(const std::string& display, const place_group& group) {
    auto best = group.best(country_);
    if (!best) {
      keep_display(display);
      return;
    }
    place made;
    made.display = display;
    made.country = best->country;
    if (is_city(*best) || is_city_state(best->country))
      made.city = best->name;
    if (best->kind != place_kind::country) {
      made.admin1 = best->admin1;
      made.admin1_code = best->admin1_code;
    }
    add(std::move(made));
  }

  void keep_display(const std::string& display) {
    place made;
    made.display = display;
    add(std::move(made));
  }

  /// The same place said twice is one; a country said beside its city adds
  /// nothing.
  void add(place made) {
    for (auto& known : found_.places) {
      auto same_city = known.city == made.city && known.admin1 == made.admin1;
      if (known.country == made.country && (same_city || made.city.empty())
          && !made.country.empty())
        return;
    }
    found_.places.push_back(std::move(made));
  }

  const gazetteer& world_;
  std::string_view country_;
  resolved_places found_;
};

} // namespace

resolved_places resolve_places(const gazetteer& world,
                               const place_hints& hints) {
  resolver all(world, hints.country);
  // What the source has in fields is surer than a text; the first one given
  // is the posting's own.
  for (const auto& one : hints.addresses)
    all.add_address(one);
  if (hints.addresses.empty())
    all.add_text(hints.location);
  if (hints.locations)
    for (const auto& one : *hints.locations)
      if (one != hints.location || !hints.addresses.empty())
        all.add_text(one);
  auto found = all.take();
  auto knows_country = [](const place& one) { return !one.country.empty(); };
  // A name nobody knows is worth less than a known country beside it.
  std::stable_partition(found.places.begin(), found.places.end(),
                        knows_country);
  if (!hints.country.empty() && hints.country.size() == 2
      && std::none_of(found.places.begin(), found.places.end(),
                      knows_country)) {
    place made;
    made.display = std::string{hints.location};
    made.country = std::string{hints.country};
    found.places.insert(found.places.begin(), std::move(made));
  }
  return found;
}

} // namespace jobfarm::normalize
