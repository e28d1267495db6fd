#include "actors/text/phrase_sieve.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

/// Words that job ads are full of, by as much of them as a head has.
constexpr std::string_view frequent[] = {
    "business", "customer", "experien", "from",     "have",    "hybrid",
    "manageme", "office",   "people",   "position", "process", "product",
    "project",  "projects", "provide",  "remote",   "role",    "services",
    "skills",   "software", "support",  "systems",  "team",    "their",
    "this",     "will",     "with",     "work",     "working", "years",
    "your"};

/// Where the word of a phrase begins by which it is looked for: the longest
/// one, as "in the office" begins at too many places; if it can be, one that
/// is whole and not in every text.
std::size_t best_anchor(phrase_filter::phrase one) {
  auto worth = [&](std::size_t at) {
    one.anchor = at;
    auto head = std::string_view{one.text}.substr(at, head_size(one.text, at));
    auto is_rare = std::find(std::begin(frequent), std::end(frequent), head)
                   == std::end(frequent);
    return std::tuple(!phrase_rows::ends_in_head(one),
                      is_rare && head.size() > 3, head.size());
  };
  std::size_t best = 0;
  auto most = worth(best);
  phrase_begins(one.text).for_each(one.text, 0, one.text.size(),
                                   [&](std::size_t at, std::uint64_t) {
                                     auto its = worth(at);
                                     if (its <= most)
                                       return;
                                     best = at;
                                     most = its;
                                   });
  return best;
}

bool is_before(const phrase_hit& a, const phrase_hit& b) {
  return std::tie(a.begin, a.end, a.phrase)
         < std::tie(b.begin, b.end, b.phrase);
}

/// Adds a hit to those in order: it lies near the last ones.
void add_in_order(std::vector<phrase_hit>& hits, const phrase_hit& one) {
  constexpr std::size_t usual = 8;
  if (hits.empty())
    hits.reserve(usual);
  auto place = hits.end();
  while (place != hits.begin() && is_before(one, *(place - 1)))
    --place;
  hits.insert(place, one);
}

} // namespace

phrase_sieve::phrase_sieve(const std::vector<const phrase_scanner*>& scanners) {
  std::vector<phrase_filter::phrase> all;
  for (const auto* scanner : scanners) {
    if (scanner->has_parts())
      continue;
    auto own = scanner->words().phrases();
    for (auto& one : own) {
      one.anchor = best_anchor(one);
      one.scanner = scanners_.size();
    }
    if (!std::all_of(own.begin(), own.end(), phrase_filter::can_find))
      continue;
    std::move(own.begin(), own.end(), std::back_inserter(all));
    scanners_.push_back(scanner);
  }
  phrases_ = phrase_filter(std::move(all));
}

void phrase_sieve::find(const folded_text& text, place* first, place* last,
                        findings& found) const {
  auto take = [&](std::size_t i, const phrase_hit& hit) {
    const auto& one = phrases_.brief_of(i);
    auto& state = found.states[one.copy_of];
    if (state != phrase_filter::wanted)
      return;
    if (auto tells = scanners_[one.scanner]->tells_all()) {
      if (!tells(text, hit))
        return;
      state = phrases_.is_alone(one.copy_of) ? phrase_filter::done
                                             : phrase_filter::settled;
    }
    add_in_order(found.hits[one.scanner], hit);
  };
  auto folded = text.folded();
  last = phrases_.keep_likely(folded, found.states.data(), first, last);
  for (; first != last; ++first)
    phrases_.find(folded, *first, take);
}

std::vector<std::vector<phrase_hit>>
phrase_sieve::hits_in(const folded_text& given) const {
  static thread_local std::vector<unsigned char> states;
  states.assign(phrases_.phrases().size() + 1, phrase_filter::wanted);
  findings found{std::vector<std::vector<phrase_hit>>(scanners_.size()),
                 states};
  // Words are sorted out without a branch, as that cannot be foretold; then
  // those that are left are looked up.
  auto text = given.folded();
  std::array<place, bytes_at_once + 1> places;
  for (std::size_t from = 0; from < text.size(); from += bytes_at_once) {
    auto* next = places.data();
    given.begins().for_each_key(text, from,
                                std::min(from + bytes_at_once, text.size()),
                                [&](std::size_t at, std::uint32_t key) {
                                  next = phrases_.add_place(at, key, next);
                                });
    find(given, places.data(), next, found);
  }
  return std::move(found.hits);
}

} // namespace jobfarm::text
