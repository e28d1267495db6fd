#include "actors/text/phrase_sieve.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace jobfarm::text {

phrase_sieve::phrase_sieve(std::vector<const phrase_scanner*> scanners)
    : scanners_(std::move(scanners)) {
  scanners_.erase(std::remove_if(scanners_.begin(), scanners_.end(),
                                 [](const phrase_scanner* one) {
                                   return !one->reads_whole_key();
                                 }),
                  scanners_.end());
  std::vector<std::pair<std::uint32_t, entry>> keyed;
  for (std::size_t i = 0; i < scanners_.size(); ++i)
    for (std::size_t n = 0; n < scanners_[i]->words_.size(); ++n)
      keyed.push_back({scanners_[i]->words_.at(n).key, entry_of(i, n)});
  std::stable_sort(
      keyed.begin(), keyed.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::uint32_t> keys;
  for (const auto& [key, one] : keyed) {
    keys.push_back(key);
    entries_.push_back(one);
  }
  by_key_ = key_table(keys);
}

phrase_sieve::entry phrase_sieve::entry_of(std::size_t scanner,
                                           std::size_t phrase) const {
  std::string_view text = scanners_[scanner]->words_.at(phrase).text;
  auto known = text.substr(0, sizeof(std::uint64_t));
  std::string bits(known.size(), '\xFF');
  // Other bytes may stand for a blank.
  for (std::size_t i = 0; i < known.size(); ++i)
    if (known[i] == ' ')
      bits[i] = '\0';
  entry made;
  made.read_bits = head_of(bits);
  made.head = head_of(known) & made.read_bits;
  made.scanner = static_cast<std::uint32_t>(scanner);
  made.phrase = static_cast<std::uint32_t>(phrase);
  return made;
}

} // namespace jobfarm::text
