#include "actors/dedupe/decision.hpp"

#include <algorithm>

namespace jobfarm::dedupe {

namespace {

bool differ(std::uint64_t a, std::uint64_t b) {
  return a != 0 && b != 0 && a != b;
}

bool is_same_city(const place_key& a, const place_key& b) {
  return a.city != 0 && a.city == b.city && !differ(a.country, b.country)
         && !differ(a.admin1, b.admin1);
}

/// Postings that name several places are at each of them.
bool share_a_city(const evidence& a, const evidence& b) {
  if (is_same_city(a.place, b.place))
    return true;
  return std::any_of(a.places.begin(), a.places.end(), [&](const auto& one) {
    return std::any_of(
        b.places.begin(), b.places.end(),
        [&](const auto& other) { return is_same_city(one, other); });
  });
}

std::string_view place_difference(const evidence& a, const evidence& b) {
  if (share_a_city(a, b))
    return {};
  if (differ(a.place.country, b.place.country))
    return "different country";
  if (differ(a.place.city, b.place.city)
      || (a.place.city != 0 && a.place.city == b.place.city))
    return "different city";
  return {};
}

std::string_view level_difference(const evidence& a, const evidence& b) {
  if (a.seniority != seniority::unknown && b.seniority != seniority::unknown
      && a.seniority != b.seniority)
    return "different seniority";
  auto relation = compare_levels(a.core.levels, b.core.levels);
  if (relation == level_relation::conflict)
    return "different level";
  // One board tells its own levels apart; another board may have dropped or
  // added the word, but then the place must be known to be the same.
  if (relation == level_relation::one_sided
      && (a.board_key == b.board_key || !share_a_city(a, b)))
    return "different level";
  return {};
}

/// What a text that was cut has in common with the whole one, at least.
constexpr double kept_of_cut_text = 0.9;

struct judged {
  const evidence& a;
  const evidence& b;
  const decision_options& options;

  bool has_company() const {
    return !a.company.empty() || !b.company.empty();
  }
  bool is_same_company() const {
    return a.company_key != 0 && a.company_key == b.company_key;
  }
  bool is_same_board() const {
    return a.board_key == b.board_key;
  }

  bool are_twins() const {
    return a.twin != 0 && a.twin == b.twin;
  }

  double title_bound() const {
    auto plain = ratio_bound(a.title_letters, b.title_letters);
    return options.rule == rule::seed
               ? plain
               : std::max(plain, ratio_bound(a.core_letters, b.core_letters));
  }
  double company_bound() const {
    return is_same_company() && options.rule == rule::location
               ? 1.0
               : ratio_bound(a.company_letters, b.company_letters);
  }
  /// A cut text has no bound but its own part.
  double text_bound(const overlap& most) const {
    return options.rule == rule::location
                   && most.containment >= kept_of_cut_text
               ? 1.0
               : most.jaccard;
  }
};

std::vector<std::string_view> shared_signatures(const evidence& a,
                                                const evidence& b) {
  std::vector<std::string_view> shared;
  if (a.url_signature != 0 && a.url_signature == b.url_signature)
    shared.emplace_back("url");
  if (a.title_signature != 0 && a.title_signature == b.title_signature)
    shared.emplace_back("title");
  if (a.text_signature != 0 && a.text_signature == b.text_signature)
    shared.emplace_back("text");
  return shared;
}

bool has(const decision& made, std::string_view signature) {
  return std::find(made.signatures.begin(), made.signatures.end(), signature)
         != made.signatures.end();
}

void merge_by(decision& made, std::string_view reason, double strength) {
  made.merge = true;
  made.reason = reason;
  made.strength = strength;
}

/// Titles of one company's template text that say different things.
bool is_other_title(const judged& pair, wording words, const overlap& texts) {
  auto is_kept_whole = texts.containment >= 0.95;
  switch (words) {
    case wording::same: return false;
    case wording::synonyms:
    case wording::more:
      return pair.is_same_board() || !is_kept_whole
             || !share_a_city(pair.a, pair.b);
    default: return true;
  }
}

/// Score with the titles' cores, and a description counted by what the
/// shorter one keeps of the longer.
double core_score(const judged& pair, const likeness& alike, wording words,
                  const overlap& texts) {
  auto title = words == wording::same && pair.a.core.text == pair.b.core.text
                   ? 1.0
                   : ratio(pair.a.core.text, pair.b.core.text);
  auto company = pair.is_same_company() ? 1.0 : alike.company;
  // A few shared 3-grams of a short text prove nothing.
  constexpr std::size_t enough = 12;
  auto text = texts.smaller >= enough
                  ? std::max(texts.jaccard, texts.containment)
                  : texts.jaccard;
  return 0.4 * std::max(title, alike.title) + 0.3 * company + 0.3 * text;
}

/// Copies need not be read to be measured.
overlap overlap_of(const evidence& a, const evidence& b,
                   const overlap_reader& descriptions) {
  if (a.shingle_count != b.shingle_count || a.shingle_sum != b.shingle_sum)
    return descriptions();
  return {1.0, a.shingle_count == 0 ? 0.0 : 1.0, a.shingle_count};
}

/// Before all others, so that twins are together whichever of them met.
constexpr double twin_strength = 5;

/// The plain rule refuses no edge: there their strength is all the same.
constexpr double signature_strength = 2;

/// Decides where no measure could change a thing.
bool decides_unmeasured(decision& made, const judged& pair) {
  if (pair.options.rule == rule::seed && !made.signatures.empty())
    merge_by(made, "equal signature", signature_strength);
  else if (pair.options.rule == rule::location && pair.are_twins())
    merge_by(made, "same title and company", twin_strength);
  return made.merge;
}

void decide_by_seed(decision& made, const judged& pair) {
  if (!made.signatures.empty())
    merge_by(made, "equal signature", signature_strength);
  else if (!pair.has_company())
    made.reason = "no company";
  else if (made.alike.score() > pair.options.threshold)
    merge_by(made, "score", made.alike.score());
  else
    made.reason = "score too low";
}

void decide_by_location(decision& made, const judged& pair,
                        const overlap& texts) {
  auto score = made.alike.score();
  if (pair.are_twins())
    return merge_by(made, "same title and company", twin_strength);
  if (has(made, "url"))
    return merge_by(made, "same address", 3 + score);
  if (!pair.has_company()) {
    made.reason = "no company";
    return;
  }
  if (has(made, "title"))
    return merge_by(made, "same title and company", 2 + score);
  auto words = compare_wording(pair.a.core, pair.b.core);
  if (is_other_title(pair, words, texts)) {
    made.reason = "different title";
    return;
  }
  if (has(made, "text"))
    return merge_by(made, "same text and company", 2 + score);
  if (score > pair.options.threshold)
    return merge_by(made, "score", score);
  auto by_core = core_score(pair, made.alike, words, texts);
  if (by_core > pair.options.threshold && texts.containment >= kept_of_cut_text)
    return merge_by(made, "reworded title or cut text", by_core);
  made.reason = "score too low";
}

} // namespace

std::uint64_t sure_key(const evidence& record, rule by) {
  return by == rule::seed ? record.title_signature : record.twin;
}

facts facts_of(const evidence& record, rule by) {
  facts made;
  if (by == rule::seed)
    return made;
  auto cut = [](std::uint64_t hash) {
    return static_cast<std::uint16_t>(hash == 0 ? 0 : hash >> 48 | 1);
  };
  const auto& own = record.place;
  // One of several places may be that of the other record.
  auto has_one_place =
      std::all_of(record.places.begin(), record.places.end(), [&](auto& one) {
        return one.country == own.country && one.admin1 == own.admin1
               && one.city == own.city;
      });
  if (has_one_place) {
    made.country = cut(own.country);
    made.admin1 = cut(own.admin1);
    made.city = cut(own.city);
  }
  if (record.seniority != seniority::unknown)
    made.seniority =
        static_cast<std::uint16_t>(static_cast<int>(record.seniority) + 1);
  return made;
}

bool differ(const facts& a, const facts& b) {
  // Towns of one name in two regions are two.
  return differ(a.country, b.country) || differ(a.city, b.city)
         || (a.city != 0 && b.city != 0 && differ(a.admin1, b.admin1))
         || differ(a.seniority, b.seniority);
}

outline outline_of(const evidence& record, rule by) {
  outline made;
  made.sure = sure_key(record, by);
  if (by == rule::seed)
    return made;
  made.board = record.board_key;
  made.requisition = record.requisition;
  auto cut = [](std::uint64_t hash) {
    return static_cast<std::uint32_t>(hash == 0 ? 0 : hash >> 32 | 1);
  };
  made.country = cut(record.place.country);
  made.city = cut(record.place.city);
  auto add_city = [&](std::uint64_t city) {
    if (city != 0)
      made.cities |= std::uint64_t{1} << (city >> 58);
  };
  add_city(record.place.city);
  for (const auto& one : record.places)
    add_city(one.city);
  return made;
}

bool is_settled(const outline& a, const outline& b) {
  if (a.sure != 0 && a.sure == b.sure)
    return true;
  if (a.board == b.board && differ(a.requisition, b.requisition))
    return true;
  return (a.cities & b.cities) == 0
         && (differ(a.country, b.country) || differ(a.city, b.city));
}

std::string_view known_difference(const evidence& a, const evidence& b,
                                  rule by) {
  if (by == rule::seed)
    return {};
  if (a.board_key == b.board_key && differ(a.requisition, b.requisition))
    return "different requisition ids on one board";
  if (auto why = place_difference(a, b); !why.empty())
    return why;
  return level_difference(a, b);
}

decision decide(const evidence& a, const evidence& b,
                const decision_options& options,
                const overlap_reader& descriptions, bool measure_all,
                const overlap& most) {
  judged pair{a, b, options};
  decision made;
  made.signatures = shared_signatures(a, b);
  made.reason = known_difference(a, b, options.rule);
  auto is_different = !made.reason.empty();
  if (!measure_all) {
    if (is_different)
      return made;
    if (decides_unmeasured(made, pair))
      return made;
    // The cheapest bound first.
    auto is_close = [&](double title, double company) {
      return 0.4 * title + 0.3 * company + 0.3 * pair.text_bound(most)
             > options.threshold - 1e-12;
    };
    made.reason = "score too low";
    if (made.signatures.empty()
        && (!pair.has_company() || !is_close(1, pair.company_bound())
            || !is_close(pair.title_bound(), pair.company_bound())))
      return made;
  }
  auto texts = overlap_of(a, b, descriptions);
  made.is_measured = true;
  made.alike = {ratio(a.title, b.title), ratio(a.company, b.company),
                texts.jaccard};
  if (is_different)
    return made;
  if (options.rule == rule::seed)
    decide_by_seed(made, pair);
  else
    decide_by_location(made, pair, texts);
  return made;
}

} // namespace jobfarm::dedupe
