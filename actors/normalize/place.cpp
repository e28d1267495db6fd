#include "actors/normalize/place.hpp"

#include "actors/normalize/place_choice.hpp"
#include "actors/normalize/place_reader.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

namespace jobfarm::normalize {

namespace {

using sort = place_node::sort;

bool is_city(const gazetteer_place& one) {
  return one.kind == place_kind::city;
}

bool has_kind(const place_candidates& all, place_kind kind) {
  return std::any_of(all.begin(), all.end(), [&](const gazetteer_place& one) {
    return one.kind == kind;
  });
}

std::uint32_t most_people(const place_candidates& all) {
  std::uint32_t most = 0;
  for (const auto& one : all)
    if (is_city(one))
      most = std::max(most, one.population);
  return most;
}

/// Where a country is one city (contract: "a city state has its city").
bool is_city_state(std::string_view country) {
  for (std::string_view one : {"SG", "HK", "MO", "MC", "VA", "GI"})
    if (country == one)
      return true;
  return false;
}

/// Countries whose states' codes are surely complete: a city that is not in
/// the state that stands behind it is one nobody knows.
bool has_exact_states(std::string_view country) {
  return country == "US" || country == "CA" || country == "AU";
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

/// Groups the nodes of one listed place into chains.
class chain_builder {
public:
  chain_builder(const gazetteer& world, const place_node* begin,
                const place_node* end)
      : world_(world), begin_(begin), end_(end) {
  }

  std::vector<place_chain> run() {
    is_list_of_codes_ = std::distance(begin_, end_) > 2
                        && std::all_of(begin_, end_, [](const auto& one) {
                             return one.is == sort::place && !one.code.empty()
                                    && has_kind(one.all, place_kind::country);
                           });
    for (at_ = begin_; at_ != end_; ++at_)
      add(*at_);
    close();
    return std::move(chains_);
  }

  bool has_unknown() const {
    return has_unknown_;
  }

private:
  void add(const place_node& node) {
    if (node.is == sort::unknown) {
      close();
      has_unknown_ = true;
      is_behind_unknown_ = true;
      return;
    }
    if (node.is == sort::scope)
      return;
    if (is_list_of_codes_) {
      close();
      start(node, only(node.all, place_kind::country));
      return;
    }
    auto all = node.all;
    if (!cur_) {
      start_first(node, std::move(all));
      return;
    }
    if (node.key == cur_->key && !node.key.empty()) {
      repeat(node);
      return;
    }
    if (qualify(node) || qualify_by_own_code(node) || skip_code(node) || skip_state(node) || narrow(node))
      return;
    if (node.is_weak)
      return;
    auto is_elsewhere = is_other_place_of_its_name(node);
    close();
    start(node, std::move(all));
    if (!is_elsewhere)
      return;
    has_unknown_ = true;
    cur_->is_behind_unknown = true;
    drop_ambiguous_code(node);
  }

  void start_first(const place_node& node, place_candidates all) {
    if (node.is_weak && !is_held_by_next(node)) {
      has_unknown_ = true;
      is_behind_unknown_ = true;
      return;
    }
    start(node, std::move(all));
    if (is_behind_unknown_) {
      cur_->is_behind_unknown = true;
      drop_ambiguous_code(node);
    }
  }

  /// After a name nobody knows, "DE" is Delaware or Germany, "IN" Indiana or
  /// India: neither is said. Of other pairs two capitals are a state.
  void drop_ambiguous_code(const place_node& node) {
    if (node.code.size() != 2 || !has_kind(cur_->all, place_kind::country))
      return;
    place_candidates states;
    for (const auto& one : cur_->all)
      if (one.kind == place_kind::admin1 && one.country == "US")
        states.push_back(one);
    if (states.empty())
      return;
    auto is_open = node.code == "DE" || node.code == "IN" || node.code == "IL"
                   || node.code == "ID" || node.code == "CO"
                   || node.code == "AR";
    if (is_open && next_place() == nullptr)
      cur_.reset();
    else if (next_place() == nullptr)
      cur_->all = std::move(states);
  }

  const place_node* next_place() const {
    for (auto next = std::next(at_); next != end_; ++next)
      if (next->is == sort::place)
        return next;
    return nullptr;
  }

  bool is_held_by_next(const place_node& node) const {
    const auto* next = next_place();
    return next != nullptr && !held_by(next->all, node.all).empty();
  }

  /// "New York, New York": the city in its state.
  void repeat(const place_node& node) {
    if (auto held = held_by(node.all, cur_->all); !held.empty()) {
      place_candidates cities = only(held, place_kind::city);
      if (cities.empty() && !node.code.empty())
        cities = held_by(node.all, named_like_states(node));
      if (!cities.empty() && !is_qualified_)
        cur_->all = std::move(cities);
    }
    cur_->end = node.end;
  }

  /// "NY, NY": cities with the name of the state that a code means.
  place_candidates named_like_states(const place_node& node) const {
    place_candidates cities;
    for (const auto& one : node.all) {
      if (one.kind != place_kind::admin1)
        continue;
      auto named = world_.find(place_key(one.name));
      for (std::uint32_t i = 0; i < named.size(); ++i)
        if (is_city(named[i]))
          cities.push_back(named[i]);
    }
    return cities;
  }

  /// A state or country behind the name it holds.
  bool qualify(const place_node& node) {
    auto held = held_by(node.all, cur_->all);
    if (held.empty() || has_two_countries(node))
      return false;
    // "San Francisco, New York": a second city, if the first would shrink.
    constexpr std::uint32_t much = 10;
    constexpr std::uint32_t big_city = 100'000;
    if (node.code.empty() && most_people(node.all) >= big_city
        && most_people(cur_->all) > most_people(held) * much
        && !has_kind(node.all, place_kind::country))
      return false;
    // Two capitals are a US state before they are a country.
    if (node.code.size() == 2) {
      place_candidates states;
      for (const auto& one : node.all)
        if (one.kind == place_kind::admin1 && one.country == "US")
          states.push_back(one);
      if (auto in_state = held_by(states, held); !in_state.empty())
        held = std::move(in_state);
    }
    cur_->all = std::move(held);
    cur_->end = node.end;
    cur_->is_qualified = true;
    is_qualified_ = true;
    return true;
  }

  /// "Milano (MI)", "Torino TO": a code that means something else abroad, but
  /// in the country of the name the part that holds it.
  bool qualify_by_own_code(const place_node& node) {
    if (node.code.size() != 2 || node.before == word_join::list)
      return false;
    for (const auto& one : cur_->all) {
      if (!is_city(one))
        continue;
      auto parts = world_.find(std::string{one.country} + '-' + node.code);
      for (std::uint32_t i = 0; i < parts.size(); ++i)
        if (auto held = held_by({parts[i]}, cur_->all); !held.empty()) {
          cur_->all = std::move(held);
          cur_->end = node.end;
          cur_->is_qualified = true;
          is_qualified_ = true;
          return true;
        }
    }
    return false;
  }

  /// "Peru, Chile" are two countries, whatever villages are called.
  bool has_two_countries(const place_node& node) const {
    if (!node.code.empty() || is_qualified_)
      return false;
    auto mine = only(cur_->all, place_kind::country);
    auto theirs = only(node.all, place_kind::country);
    return !mine.empty() && !theirs.empty()
           && mine.front().country != theirs.front().country
           && !has_kind(cur_->all, place_kind::admin1);
  }

  /// "Bengaluru, KA, IN", "Muenchen, BY, DE", "Denver, NY US": a code that does
  /// not hold the name, before one that does.
  bool skip_code(const place_node& node) {
    const auto* next = next_place();
    if (node.code.empty() || next == nullptr || next->before == word_join::list)
      return false;
    auto by_next = held_by(next->all, cur_->all);
    if (by_next.empty())
      return false;
    for (const auto& outer : next->all) {
      if (outer.kind != place_kind::country)
        continue;
      auto found = world_.find(std::string{outer.country} + '-' + node.code);
      if (found.empty())
        continue;
      place_candidates state{found[0]};
      if (auto held = held_by(state, cur_->all); !held.empty())
        cur_->all = std::move(held);
      else if (has_exact_states(outer.country))
        cur_->all = std::move(state);
      else
        continue;
      is_qualified_ = true;
      break;
    }
    cur_->end = node.end;
    return true;
  }

  /// "Bogota, Distrito Capital, Colombia": a state of another country, before
  /// the country that holds the name.
  bool skip_state(const place_node& node) {
    const auto* next = next_place();
    if (is_name_in_same_country(node)) {
      cur_->end = node.end;
      return true;
    }
    if (has_kind(node.all, place_kind::city) || next == nullptr
        || next->before == word_join::list
        || held_by(next->all, cur_->all).empty()
        || !held_by(next->all, node.all).empty())
      return false;
    cur_->end = node.end;
    return true;
  }

  /// "Gdansk, Pomorskie": a state in the country of the name, known by other
  /// words. Where states are sure it is another place.
  bool is_name_in_same_country(const place_node& node) const {
    return node.before != word_join::list && node.code.empty()
           && has_kind(cur_->all, place_kind::city)
           && std::all_of(node.all.begin(), node.all.end(),
                          [&](const gazetteer_place& one) {
                            return one.kind == place_kind::admin1
                                   && !has_exact_states(one.country)
                                   && std::any_of(
                                       cur_->all.begin(), cur_->all.end(),
                                       [&](const gazetteer_place& mine) {
                                         return mine.country == one.country;
                                       });
                          });
  }

  /// "La Victoria, Peru": not the La Victoria that we know. The name counts as
  /// unknown and only what stands behind it stays.
  bool is_other_place_of_its_name(const place_node& node) {
    constexpr std::uint32_t known_anywhere = 250'000;
    if (is_qualified_ || node.before == word_join::list)
      return false;
    // A state's code only ever stands behind a name: "Denmark, WI".
    auto is_state_code = node.code.size() == 2
                         && has_kind(node.all, place_kind::admin1)
                         && cur_->spelling.size() > 3;
    if (!is_state_code
        && (has_kind(node.all, place_kind::city)
            || has_kind(cur_->all, place_kind::country)
            || has_kind(cur_->all, place_kind::admin1)
            || most_people(cur_->all) > known_anywhere))
      return false;
    if (is_state_code && has_kind(node.all, place_kind::country)
        && has_kind(cur_->all, place_kind::country))
      return false;
    cur_.reset();
    return true;
  }

  /// "Germany, Berlin", "US, CA, San Jose": the greater first.
  bool narrow(const place_node& node) {
    auto held = held_by(cur_->all, node.all);
    if (held.empty() || is_qualified_)
      return false;
    constexpr std::uint32_t much = 20;
    if (node.code.empty() && most_people(node.all) > 0
        && most_people(held) * std::uint64_t{much} < most_people(node.all)
        && !has_kind(held, place_kind::admin1))
      return false;
    outer_ = cur_->all;
    cur_->all = std::move(held);
    cur_->key = node.key;
    cur_->spelling = node.spelling;
    cur_->end = node.end;
    return true;
  }

  void start(const place_node& node, place_candidates all) {
    if (!outer_.empty())
      if (auto held = held_by(outer_, all); !held.empty())
        all = std::move(held);
    cur_.emplace();
    cur_->all = std::move(all);
    cur_->key = node.key;
    cur_->spelling = node.spelling;
    cur_->begin = node.begin;
    cur_->end = node.end;
    is_qualified_ = false;
  }

  void close() {
    if (cur_)
      chains_.push_back(std::move(*cur_));
    cur_.reset();
    is_behind_unknown_ = false;
  }

  static place_candidates only(const place_candidates& all, place_kind kind) {
    place_candidates kept;
    for (const auto& one : all)
      if (one.kind == kind)
        kept.push_back(one);
    return kept;
  }

  const gazetteer& world_;
  const place_node* begin_;
  const place_node* end_;
  const place_node* at_ = nullptr;
  std::vector<place_chain> chains_;
  std::optional<place_chain> cur_;
  place_candidates outer_;
  bool is_qualified_ = false;
  bool is_behind_unknown_ = false;
  bool has_unknown_ = false;
  bool is_list_of_codes_ = false;
};

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
    context_.hint(hints.currency, hints.language, hints.host);
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
    std::string display;
    for (const auto* field : {&one.city, &one.region, &one.country})
      if (!field->empty())
        display += (display.empty() ? "" : ", ") + *field;
    if (display.empty())
      return;
    auto before = found_.size();
    add_text(display);
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
    for (std::size_t i = 0; i < found_.size(); ++i)
      add(i, made_place(i));
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
    chain_builder builder(world_, begin, end);
    auto chains = builder.run();
    auto whole = text::collapse_space(std::string_view{text}.substr(
        begin->begin, std::prev(end)->end - begin->begin));
    for (auto& chain : chains) {
      auto display = chains.size() == 1
                         ? whole
                         : text::collapse_space(std::string_view{text}.substr(
                             chain.begin, chain.end - chain.begin));
      found_.push_back({std::move(chain), std::move(display), true, items_});
    }
    if (chains.empty() && builder.has_unknown())
      found_.push_back({{}, whole, false, items_});
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

  place made_place(std::size_t i) const {
    const auto& one = found_[i];
    place made;
    made.display = one.display;
    auto best = one.is_known ? choose_place(one.chain.all, one.chain.key,
                                            one.chain.spelling, context_)
                             : std::nullopt;
    if (!best)
      return made;
    made.country = best->country;
    if (is_city(*best))
      made.city = best->name;
    else if (is_city_state(best->country))
      made.city = city_state_name(best->country);
    if (best->kind != place_kind::country) {
      made.admin1 = best->admin1;
      made.admin1_code = best->admin1_code;
    }
    auto field = city_fields_.find(i);
    if (made.city.empty() && field != city_fields_.end())
      made.city = field->second;
    return made;
  }

  std::string city_state_name(std::string_view country) const {
    auto range = world_.find(country);
    for (std::uint32_t i = 0; i < range.size(); ++i)
      if (range[i].kind == place_kind::country && range[i].country == country)
        return std::string{range[i].name};
    return {};
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
