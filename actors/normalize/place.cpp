#include "actors/normalize/place.hpp"

#include "actors/normalize/place_candidates.hpp"
#include "actors/normalize/place_chain.hpp"
#include "actors/normalize/place_choice.hpp"
#include "actors/normalize/place_reader.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <unordered_set>

namespace jobfarm::normalize {

namespace {

using sort = place_node::sort;

/// Where a country is one city (contract: "a city state has its city").
bool is_city_state(std::string_view country) {
  for (std::string_view one : {"SG", "HK", "MO", "MC", "VA", "GI"})
    if (country == one)
      return true;
  return false;
}

/// A chain with what to show for it, or words nobody knows.
struct found_place {
  place_chain chain;
  std::string display;
  bool is_known = false;
  std::size_t item = 0;
};

class resolver {
public:
  resolver(const gazetteer& world, const place_hints& hints) : world_(world) {
    context_.state(hints.country);
    context_.weigh(hints.evidence);
  }

  /// Adds the places of one listed text.
  void add_text(std::string_view given) {
    auto text = text::repair_utf8(given);
    auto reading = read_places(world_, text);
    const auto& nodes = reading.nodes;
    if (!reading.postal_country.empty())
      context_.state(reading.postal_country);
    auto before = found_.size();
    for (std::size_t at = 0; at < nodes.size();) {
      auto end = at + 1;
      while (end < nodes.size() && nodes[end].before != word_join::list)
        ++end;
      add_item(text, nodes.data() + at, nodes.data() + end);
      at = end;
    }
    auto has_known =
        std::any_of(found_.begin() + static_cast<std::ptrdiff_t>(before),
                    found_.end(), [](const auto& one) { return one.is_known; });
    if (!reading.postal_country.empty() && !has_known)
      add_postal_country(text, reading.postal_country);
  }

  void add_address(const address& one) {
    auto display = joined(one.city, one.region, one.country);
    if (display.empty())
      return;
    auto before = found_.size();
    // A code in the field of countries is one: "CA" is no California.
    auto country = country_name(one.country);
    add_text(country.empty() ? display : joined(one.city, one.region, country));
    if (found_.size() == before + 1)
      found_.back().display = std::move(display);
    // A city in a field of its own is one, although no gazetteer knows it.
    auto reading = read_places(world_, one.city);
    auto is_unknown_city =
        reading.nodes.size() == 1 && reading.nodes.front().is == sort::unknown;
    for (auto i = before; i < found_.size() && is_unknown_city; ++i)
      if (found_[i].is_known) {
        city_fields_.emplace(i, text::collapse_space(one.city));
        break;
      }
  }

  resolved_places take() {
    see_context();
    auto great = see_great_cities();
    std::vector<place> made;
    for (std::size_t i = 0; i < found_.size(); ++i) {
      auto known = great.find(i);
      made.push_back(known == great.end() ? made_place(i)
                                          : std::move(known->second));
    }
    settle_open(made);
    for (std::size_t i = 0; i < made.size(); ++i)
      add(i, std::move(made[i]));
    return std::move(result_);
  }

private:
  void add_item(const std::string& text, const place_node* begin,
                const place_node* end) {
    ++items_;
    for (auto node = begin; node != end; ++node)
      if (node->is == sort::scope && !is_bounded_anywhere(*node, begin, end)) {
        if (result_.scope.empty())
          result_.scope = node->scope;
        context_.see_scope(node->scope);
      }
    auto read = chains_of(world_, begin, end);
    auto& chains = read.all;
    auto whole = text::collapse_space(part_of(text, begin, end));
    for (auto& chain : chains) {
      auto display = chains.size() == 1
                         ? whole
                         : text::collapse_space(std::string_view{text}.substr(
                             chain.begin, chain.end - chain.begin));
      found_.push_back({std::move(chain), std::move(display), true, items_});
    }
    if (chains.empty() && read.has_unknown)
      found_.push_back({{}, whole, false, items_});
  }

  /// What the nodes were read of; an unknown name may stand before a place that
  /// is written before it.
  static std::string_view part_of(std::string_view text,
                                  const place_node* begin,
                                  const place_node* end) {
    auto first = begin->begin;
    auto last = begin->end;
    std::for_each(begin, end, [&](const place_node& one) {
      first = std::min(first, one.begin);
      last = std::max(last, one.end);
    });
    return text.substr(first, last - first);
  }

  /// "Anywhere in the US" is not the world.
  static bool is_bounded_anywhere(const place_node& node,
                                  const place_node* begin,
                                  const place_node* end) {
    return node.key == "anywhere"
           && std::any_of(begin, end, [&](const place_node& one) {
                return &one != &node && one.is != sort::unknown;
              });
  }

  void add_postal_country(const std::string& text, const std::string& country) {
    auto range = world_.find(country);
    for (std::uint32_t i = 0; i < range.size(); ++i)
      if (range[i].kind == place_kind::country && range[i].country == country) {
        place_chain chain;
        chain.all.push_back(range[i]);
        found_.push_back(
            {std::move(chain), text::collapse_space(text), true, ++items_});
        return;
      }
  }

  /// What is sure tells what is not.
  void see_context() {
    for (const auto& one : found_) {
      const auto& all = one.chain.all;
      if (all.empty())
        continue;
      auto is_one_country = std::all_of(
          all.begin(), all.end(), [&](const gazetteer_place& other) {
            return other.country == all.front().country;
          });
      if (!is_one_country)
        continue;
      context_.see(all.front().country);
      if (all.size() == 1)
        context_.see_admin1(all.front().country, all.front().admin1);
    }
  }

  /// Chooses the names that one city of the world outweighs all others of
  /// first: "Richmond, London" is in its country.
  std::map<std::size_t, place> see_great_cities() {
    std::map<std::size_t, place> great;
    for (std::size_t i = 0; i < found_.size() && found_.size() > 1; ++i)
      if (is_great_city(found_[i].chain.all))
        great.emplace(i, made_place(i));
    for (const auto& [i, made] : great) {
      context_.see(made.country);
      context_.see_admin1(made.country, made.admin1);
    }
    return great;
  }

  static bool is_great_city(const place_candidates& all) {
    constexpr std::uint32_t great = 1'000'000;
    constexpr std::uint32_t much = 16;
    const gazetteer_place* most = nullptr;
    for (const auto& one : all)
      if (is_city(one) && (!most || one.population > most->population))
        most = &one;
    return most && most->population >= great
           && std::all_of(all.begin(), all.end(),
                          [&](const gazetteer_place& one) {
                            return one.country == most->country
                                   || (is_city(one)
                                       && one.population * std::uint64_t{much}
                                              < most->population);
                          });
  }

  /// "WA, CA": what nothing told is where all the others are.
  void settle_open(std::vector<place>& made) {
    std::string_view country;
    for (const auto& one : made)
      if (!one.country.empty()) {
        if (!country.empty() && one.country != country)
          return;
        country = one.country;
      }
    if (country.empty())
      return;
    context_.see(country);
    for (std::size_t i = 0; i < made.size(); ++i)
      if (made[i].country.empty() && found_[i].is_known)
        made[i] = made_place(i);
  }

  place made_place(std::size_t i) {
    const auto& one = found_[i];
    place made;
    made.display = one.display;
    auto best = one.is_known ? choose_place(one.chain.all, one.chain.key,
                                            one.chain.spelling, context_)
                             : std::nullopt;
    if (!best)
      return made;
    result_.is_close =
        result_.is_close || is_close_choice(one.chain.all, *best, context_);
    made.country = best->country;
    if (is_city(*best))
      made.city = best->name;
    else if (is_city_state(best->country))
      made.city = city_of_state(best->country);
    if (best->kind != place_kind::country) {
      made.admin1 = best->admin1;
      made.admin1_code = best->admin1_code;
    }
    auto field = city_fields_.find(i);
    if (made.city.empty() && field != city_fields_.end())
      made.city = field->second;
    return made;
  }

  static std::string joined(const std::string& city, const std::string& region,
                            const std::string& country) {
    std::string text;
    for (const auto* field : {&city, &region, &country})
      if (!field->empty())
        text += (text.empty() ? "" : ", ") + *field;
    return text;
  }

  /// The English name of an ISO 3166-1 alpha-2 code; empty for what is none.
  std::string country_name(std::string_view country) const {
    auto range = world_.find(country);
    for (std::uint32_t i = 0; i < range.size(); ++i)
      if (range[i].kind == place_kind::country && range[i].country == country)
        return std::string{range[i].name};
    return {};
  }

  /// The city that a country is: it has the country's name, if that is no
  /// formal one.
  std::string city_of_state(std::string_view country) const {
    return country == "VA" ? "Vatican City" : country_name(country);
  }

  /// The same place said twice is one; a country said in the text of its city
  /// adds nothing.
  void add(std::size_t i, place made) {
    constexpr char mark = '\x1f';
    auto is_known = !made.country.empty();
    auto key = is_known ? made.city + mark + made.admin1 + mark + made.country
                        : made.display;
    if (is_known && made.city.empty() && made.admin1.empty()
        && in_item_.count(std::to_string(found_[i].item) + made.country) != 0)
      return;
    if (!keys_.insert(std::move(key)).second)
      return;
    if (is_known)
      in_item_.insert(std::to_string(found_[i].item) + made.country);
    result_.places.push_back(std::move(made));
  }

  const gazetteer& world_;
  place_context context_;
  std::vector<found_place> found_;
  std::map<std::size_t, std::string> city_fields_;
  std::unordered_set<std::string> keys_;
  std::unordered_set<std::string> in_item_;
  std::size_t items_ = 0;
  resolved_places result_;
};

} // namespace

resolved_places resolve_places(const gazetteer& world,
                               const place_hints& hints) {
  resolver all(world, hints);
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
