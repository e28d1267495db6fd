#include "actors/normalize/place_reader.hpp"

#include "actors/normalize/place_candidates.hpp"
#include "actors/normalize/postal_code.hpp"
#include "actors/normalize/regions.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::normalize {

namespace {

using sort = place_node::sort;

/// Words of the longest names ("Saint Vincent and the Grenadines").
constexpr std::size_t most_words = 6;
/// From here on a city is known amid other words.
constexpr std::uint32_t well_known = 100'000;

bool holds_any(const place_candidates& outer, const place_candidates& inner) {
  for (const auto& out : outer)
    for (const auto& in : inner)
      if (!is_city(out) && out.country == in.country
          && (out.kind == place_kind::country || out.admin1 == in.admin1))
        return true;
  return false;
}

bool is_cjk(std::string_view word) {
  return !word.empty() && static_cast<unsigned char>(word[0]) >= 0xE3;
}

std::size_t point_bytes(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

class reader {
public:
  reader(const gazetteer& world, std::string_view text)
      : world_(world), text_(text), words_(place_words(text)) {
    for (const auto& word : words_) {
      key_begins_.push_back(keys_.size());
      append_folded_name(keys_, word.text);
    }
    key_begins_.push_back(keys_.size());
  }

  place_reading take() {
    for (std::size_t at = 0; at < words_.size();) {
      auto is_new_part = words_[at].before == word_join::list
                         || words_[at].before == word_join::comma;
      if (is_new_part) {
        close_part();
        join_ = std::max(join_, words_[at].before);
      }
      at += read_at(at);
    }
    close_part();
    return std::move(made_);
  }

private:
  std::string_view key(std::size_t at) const {
    return std::string_view{keys_}.substr(
        key_begins_[at], key_begins_[at + 1] - key_begins_[at]);
  }

  std::size_t offset(std::size_t at) const {
    return static_cast<std::size_t>(words_[at].text.data() - text_.data());
  }

  /// Reads what begins at a word; returns how many words it took.
  std::size_t read_at(std::size_t at) {
    if (auto size = read_postal_code(at); size > 0)
      return size;
    auto role = role_of(key(at));
    auto is_single_noise =
        role != word_role::unknown && !is_place_code(words_[at].text);
    for (auto size = longest(at); size > 0; --size) {
      if (size == 1 && is_single_noise)
        break;
      if (read_name(at, size))
        return size;
    }
    read_word(at);
    return 1;
  }

  std::size_t read_postal_code(std::size_t at) {
    if (!words_[at].has_digit)
      return 0;
    auto next =
        at + 1 < words_.size() && words_[at + 1].before <= word_join::hyphen
            ? words_[at + 1].text
            : std::string_view{};
    auto code = postal_code_at(words_[at].text, next, words_.size());
    if (!code.country.empty() && made_.postal_country.empty())
      made_.postal_country = code.country;
    return code.words;
  }

  std::size_t longest(std::size_t at) const {
    std::size_t size = 1;
    while (size < most_words && at + size < words_.size()
           && words_[at + size].before <= word_join::hyphen)
      ++size;
    return size;
  }

  /// The key of some words, by the rules of `place_key`.
  const std::string& span_key(std::size_t at, std::size_t size) {
    span_.clear();
    for (std::size_t i = at; i < at + size; ++i) {
      auto word = key(i);
      if (i == at && size > 1 && (word == "saint" || word == "sankt"))
        word = "st";
      else if (i == at && size > 1 && word == "ft")
        word = "fort";
      else if (i == at && size > 1 && word == "mt")
        word = "mount";
      else if (word == "&" || word == "+")
        word = "and";
      if (!span_.empty())
        span_ += ' ';
      span_ += word;
    }
    return span_;
  }

  bool read_name(std::size_t at, std::size_t size) {
    const auto& name = span_key(at, size);
    place_node node;
    if (auto scope = scope_of(name); !scope.empty()) {
      node.is = sort::scope;
      node.scope = scope;
      node.key = name;
      push(std::move(node), at, size);
      return true;
    }
    auto take = [&](gazetteer::range range) {
      for (std::uint32_t i = 0; i < range.size(); ++i)
        node.all.push_back(range[i]);
    };
    node.code = code_at(at, size);
    if (!node.code.empty())
      take(world_.find(node.code));
    auto is_name = name.size() > 3 || size > 1 || !node.all.empty()
                   || is_alone(at) || is_short_form(name);
    if (is_name && name.size() > 1)
      take(world_.find(name));
    if (node.all.empty() && is_name)
      take_umlauts(name, node.all);
    if (node.all.empty())
      return false;
    if (!node.code.empty() && !is_code_in_place(node, at)
        && (!is_alone(at) || is_never_alone(node.code)))
      return false;
    node.is = sort::place;
    node.key = name;
    push(std::move(node), at, size);
    return true;
  }

  /// "Muenchen", "Goeteborg": umlauts written out, where they are in use.
  void take_umlauts(std::string_view name, place_candidates& all) const {
    constexpr std::size_t shortest = 5;
    constexpr std::size_t longest = 40;
    constexpr std::string_view lands = "DE AT CH SE NO DK FI EE";
    if (name.size() < shortest || name.size() > longest)
      return;
    std::string bare;
    for (auto c : name) {
      auto last = bare.empty() ? ' ' : bare.back();
      if (c != 'e' || (last != 'a' && last != 'o' && last != 'u'))
        bare += c;
    }
    if (bare.size() == name.size())
      return;
    auto found = world_.find(bare);
    for (std::uint32_t i = 0; i < found.size(); ++i)
      if (is_city(found[i]) && lands.find(found[i].country) != lands.npos)
        all.push_back(found[i]);
  }

  /// "CA", "N.Y." and "US-CA" as codes are stored, or empty.
  std::string code_at(std::size_t at, std::size_t size) const {
    auto bare = [](std::string_view text) {
      std::string code{text};
      code.erase(std::remove(code.begin(), code.end(), '.'), code.end());
      return code == "UK" ? std::string{"GB"} : code;
    };
    if (size == 1 && is_place_code(words_[at].text))
      return bare(words_[at].text);
    if (size == 2 && words_[at + 1].before == word_join::hyphen
        && is_place_code(words_[at].text) && is_place_code(words_[at + 1].text))
      return bare(words_[at].text) + '-' + bare(words_[at + 1].text);
    return {};
  }

  /// True if the part holds nothing but this word, noise and digits; only so
  /// many words on each side are looked at, more are no single name's.
  bool is_alone(std::size_t at) const {
    constexpr std::size_t most_beside = 16;
    auto is_quiet = [&](std::size_t i) {
      return words_[i].has_digit || role_of(key(i)) == word_role::noise;
    };
    auto is_end = [&](std::size_t i) {
      return words_[i].before > word_join::hyphen
             || role_of(key(i)) == word_role::joiner;
    };
    for (auto i = at; i > 0 && words_[i].before <= word_join::hyphen
                      && role_of(key(i - 1)) != word_role::joiner;
         --i)
      if (!is_quiet(i - 1) || at - i == most_beside)
        return false;
    for (auto i = at + 1; i < words_.size() && !is_end(i); ++i)
      if (!is_quiet(i) || i - at > most_beside)
        return false;
    return true;
  }

  /// A code amid other words: behind a name that it holds, joined by a hyphen,
  /// or one that is no word.
  bool is_code_in_place(const place_node& node, std::size_t at) const {
    if (!made_.nodes.empty() && words_[at].before != word_join::list) {
      const auto& last = made_.nodes.back();
      if (last.is == sort::place
          && (holds_any(node.all, last.all) || holds_any(last.all, node.all)))
        return true;
    }
    auto is_hyphened =
        (at + 1 < words_.size() && words_[at + 1].before == word_join::hyphen)
        || words_[at].before == word_join::hyphen;
    return (is_hyphened && !is_never_alone(node.code))
           || !is_word_code(node.code);
  }

  void push(place_node node, std::size_t at, std::size_t size) {
    node.before = std::exchange(join_, word_join::blank);
    if (node.before == word_join::blank
        && words_[at].before == word_join::hyphen)
      node.before = word_join::hyphen;
    node.begin = offset(at);
    node.end = offset(at + size - 1) + words_[at + size - 1].text.size();
    node.spelling = text_.substr(node.begin, node.end - node.begin);
    made_.nodes.push_back(std::move(node));
  }

  void read_word(std::size_t at) {
    switch (role_of(key(at))) {
      case word_role::joiner:
        close_part();
        join_ = word_join::list;
        return;
      case word_role::frame:
      case word_role::noise: return;
      case word_role::unknown: break;
    }
    if (is_cjk(words_[at].text) && read_cjk(at))
      return;
    if (words_[at].has_digit)
      return;
    if (unknown_ == 0)
      unknown_begin_ = offset(at);
    unknown_end_ = offset(at) + words_[at].text.size();
    ++unknown_;
  }

  /// A node that is only a part of its word.
  void push_part(place_node node, std::string_view part) {
    node.before = std::exchange(join_, word_join::blank);
    node.begin = static_cast<std::size_t>(part.data() - text_.data());
    node.end = node.begin + part.size();
    node.spelling = part;
    made_.nodes.push_back(std::move(node));
  }

  /// Names without blanks: the longest known beginnings of what is left.
  bool read_cjk(std::size_t at) {
    constexpr std::size_t most_points = 8;
    auto rest = words_[at].text;
    auto first = made_.nodes.size();
    while (!rest.empty()) {
      std::size_t ends[most_points];
      std::size_t count = 0;
      for (std::size_t end = 0; end < rest.size() && count < most_points;) {
        end = std::min(end + point_bytes(rest[end]), rest.size());
        ends[count++] = end;
      }
      std::size_t taken = 0;
      for (auto i = count; i > 1 && taken == 0; --i) {
        auto found = world_.find(place_key(rest.substr(0, ends[i - 1])));
        if (found.empty())
          continue;
        place_node node;
        node.is = sort::place;
        for (std::uint32_t k = 0; k < found.size(); ++k)
          node.all.push_back(found[k]);
        taken = ends[i - 1];
        push_part(std::move(node), rest.substr(0, taken));
      }
      rest.remove_prefix(taken > 0 ? taken : ends[0]);
    }
    if (first == made_.nodes.size())
      return false;
    // What is shown begins and ends with the word.
    auto word = words_[at].text;
    auto& head = made_.nodes[first];
    head.begin = offset(at);
    if (head.before == word_join::blank
        && words_[at].before == word_join::hyphen)
      head.before = word_join::hyphen;
    made_.nodes.back().end = offset(at) + word.size();
    return true;
  }

  /// Ends a part: names amid unknown words only stay if they are well known.
  void close_part() {
    auto& nodes = made_.nodes;
    if (unknown_ > 0) {
      bool has_place = false;
      for (auto i = part_begin_; i < nodes.size(); ++i) {
        if (nodes[i].is != sort::place)
          continue;
        nodes[i].is_weak = is_weak(nodes[i]);
        has_place = has_place || !nodes[i].is_weak;
      }
      if (!has_place) {
        place_node node;
        node.before = std::exchange(join_, word_join::blank);
        node.begin = unknown_begin_;
        node.end = unknown_end_;
        if (part_begin_ < nodes.size())
          std::swap(node.before, nodes[part_begin_].before);
        nodes.insert(nodes.begin() + static_cast<std::ptrdiff_t>(part_begin_),
                     std::move(node));
      }
    }
    unknown_ = 0;
    part_begin_ = nodes.size();
  }

  bool is_weak(const place_node& node) const {
    if (!node.code.empty())
      return is_word_code(node.code);
    if (is_common_word(node.key))
      return true;
    return std::none_of(
        node.all.begin(), node.all.end(), [&](const gazetteer_place& one) {
          return one.population >= well_known && node.key.size() > 3;
        });
  }

  const gazetteer& world_;
  std::string_view text_;
  std::vector<place_word> words_;
  std::string keys_;
  std::vector<std::size_t> key_begins_;
  std::string span_;
  place_reading made_;
  word_join join_ = word_join::blank;
  std::size_t part_begin_ = 0;
  std::size_t unknown_ = 0;
  std::size_t unknown_begin_ = 0;
  std::size_t unknown_end_ = 0;
};

} // namespace

place_reading read_places(const gazetteer& world, std::string_view text) {
  return reader(world, text).take();
}

} // namespace jobfarm::normalize
