#include "actors/normalize/place_chain.hpp"

#include "actors/normalize/place_candidates.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

namespace jobfarm::normalize {

namespace {

using sort = place_node::sort;

/// Groups the nodes of one listed place into chains.
class chain_builder {
public:
  chain_builder(const gazetteer& world, const place_node* begin,
                const place_node* end)
      : world_(world), begin_(begin), end_(end) {
  }

  place_chains run() {
    is_list_of_codes_ = std::distance(begin_, end_) > 2
                        && std::all_of(begin_, end_, [](const auto& one) {
                             return one.is == sort::place && !one.code.empty()
                                    && has_kind(one.all, place_kind::country);
                           });
    for (at_ = begin_; at_ != end_; ++at_)
      add(*at_);
    close();
    return {std::move(chains_), has_unknown_};
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
    if (cur_is_state() && node.code.empty() && narrow(node))
      return;
    if (qualify(node) || qualify_by_own_code(node) || skip_code(node)
        || skip_state(node) || narrow(node))
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
    drop_ambiguous_code(node, true);
  }

  /// "US-NY-New York": a state that is no city, before one.
  bool cur_is_state() const {
    return std::all_of(cur_->all.begin(), cur_->all.end(),
                       [](const gazetteer_place& one) {
                         return one.kind == place_kind::admin1;
                       });
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
      drop_ambiguous_code(node, false);
    }
  }

  /// After a name nobody knows, "DE" is Delaware or Germany, "IN" Indiana or
  /// India: neither is said. Of other pairs two capitals are a state. Towns of
  /// the US are called like those of the world ("Cairo, IL"), so a name known
  /// elsewhere leaves open only what speaks Spanish.
  void drop_ambiguous_code(const place_node& node, bool is_known_elsewhere) {
    if (node.code.size() != 2 || !has_kind(cur_->all, place_kind::country))
      return;
    place_candidates states;
    for (const auto& one : cur_->all)
      if (one.kind == place_kind::admin1 && one.country == "US")
        states.push_back(one);
    if (states.empty())
      return;
    auto is_foreign = node.code == "DE" || node.code == "IN"
                      || node.code == "IL" || node.code == "ID";
    auto is_open = node.code == "CO" || node.code == "AR"
                   || (is_foreign && !is_known_elsewhere);
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
    if (node.code.empty() && is_second_city(cur_->all, node.all, held))
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

  /// "Cairo, Illinois": a state by its name, with nothing behind it.
  bool is_last_state(const place_node& node) const {
    return node.code.empty() && next_place() == nullptr && chains_.empty()
           && !has_kind(cur_->all, place_kind::country)
           && !has_kind(cur_->all, place_kind::admin1)
           && std::all_of(node.all.begin(), node.all.end(),
                          [](const gazetteer_place& one) {
                            return one.kind == place_kind::admin1
                                   && has_exact_states(one.country);
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
    if (!is_state_code && !is_last_state(node)
        && (has_kind(node.all, place_kind::city)
            || has_kind(cur_->all, place_kind::country)
            || has_kind(cur_->all, place_kind::admin1)
            || most_people(cur_->all) > known_anywhere))
      return false;
    // "Switzerland, DE" are two; "Cuba, MO" is a town of Missouri.
    if (is_state_code && has_kind(node.all, place_kind::country)
        && has_kind(cur_->all, place_kind::country) && node.code != "MO"
        && node.code != "ME" && node.code != "MS" && node.code != "GA"
        && node.code != "NC" && node.code != "SC" && node.code != "VA")
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

} // namespace

place_chains chains_of(const gazetteer& world, const place_node* begin,
                       const place_node* end) {
  return chain_builder(world, begin, end).run();
}

} // namespace jobfarm::normalize
