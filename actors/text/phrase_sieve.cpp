#include "actors/text/phrase_sieve.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

/// Where the longest word of a phrase begins: "in the office" begins at too
/// many places.
std::size_t longest_word(std::string_view phrase) {
  std::size_t longest = 0;
  phrase_begins(phrase).for_each(
      phrase, 0, phrase.size(), [&](std::size_t at, std::uint64_t) {
        if (head_size(phrase, at) > head_size(phrase, longest))
          longest = at;
      });
  return longest;
}

bool is_before(const phrase_hit& a, const phrase_hit& b) {
  return std::tie(a.begin, a.end, a.phrase)
         < std::tie(b.begin, b.end, b.phrase);
}

/// Adds a hit to those in order: it lies near the last ones.
void add_in_order(std::vector<phrase_hit>& hits, const phrase_hit& one) {
  auto place = hits.end();
  while (place != hits.begin() && is_before(one, *(place - 1)))
    --place;
  hits.insert(place, one);
}

} // namespace

phrase_sieve::phrase_sieve(std::vector<const phrase_scanner*> scanners)
    : scanners_(std::move(scanners)) {
  scanners_.erase(
      std::remove_if(scanners_.begin(), scanners_.end(),
                     [](const auto* one) { return one->has_parts(); }),
      scanners_.end());
  std::vector<phrase_index::phrase> all;
  for (std::size_t i = 0; i < scanners_.size(); ++i)
    for (auto one : scanners_[i]->words().phrases()) {
      one.scanner = i;
      one.anchor = longest_word(one.text);
      all.push_back(std::move(one));
    }
  phrases_ = phrase_index(std::move(all));
}

void phrase_sieve::find(const folded_text& text, const place* first,
                        const place* last, findings& found) const {
  auto* settled = found.is_settled.data();
  auto take = [&](std::size_t i, const phrase_hit& hit) {
    if (settled[i] != 0)
      return;
    auto scanner = phrases_.phrases()[i].scanner;
    if (auto tells = scanners_[scanner]->tells_all()) {
      if (!tells(text, hit))
        return;
      settled[i] = 1;
    }
    add_in_order(found.hits[scanner], hit);
  };
  auto folded = text.folded();
  std::array<phrase_index::candidate, most_places> some;
  auto* end =
      phrases_.add_candidates(folded, settled, first, last, some.data());
  for (const auto* one = some.data(); one != end; ++one)
    phrases_.find(folded, one->at, {one->first, one->count}, 0, folded.size(),
                  take);
}

std::vector<std::vector<phrase_hit>>
phrase_sieve::hits_in(const folded_text& given) const {
  findings found;
  found.hits.resize(scanners_.size());
  for (auto& list : found.hits)
    list.reserve(32);
  found.is_settled.resize(phrases_.phrases().size());
  // Words are sorted out without a branch, as that cannot be foretold; then
  // those that are left are looked up.
  auto text = given.folded();
  std::array<place, most_places> places;
  for (std::size_t from = 0; from < text.size(); from += bytes_at_once) {
    auto* next = places.data();
    given.begins().for_each(text, from,
                            std::min(from + bytes_at_once, text.size()),
                            [&](std::size_t at, std::uint64_t head) {
                              next = phrases_.add_places(at, head, next);
                            });
    find(given, places.data(), next, found);
  }
  return std::move(found.hits);
}

} // namespace jobfarm::text
