#include "actors/text/phrase_sieve.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

namespace jobfarm::text {

namespace {

constexpr std::size_t key_bytes = sizeof(std::uint32_t);

/// The first eight bytes, zeros where there are fewer.
std::uint64_t head_of(std::string_view text) {
  std::uint64_t head = 0;
  if (text.size() >= sizeof head)
    std::memcpy(&head, text.data(), sizeof head);
  else
    std::memcpy(&head, text.data(), text.size());
  return head;
}

std::uint64_t bit_of(unsigned byte) {
  return std::uint64_t{1} << (byte & 63U);
}

} // namespace

phrase_sieve::phrase_sieve(std::vector<const phrase_scanner*> scanners)
    : scanners_(std::move(scanners)), classes_(1) {
  scanners_.erase(std::remove_if(scanners_.begin(), scanners_.end(),
                                 [](const phrase_scanner* one) {
                                   return !one->reads_whole_key();
                                 }),
                  scanners_.end());
  std::vector<std::pair<std::uint32_t, std::pair<std::size_t, std::size_t>>>
      phrases;
  for (std::size_t i = 0; i < scanners_.size(); ++i)
    for (std::size_t n = 0; n < scanners_[i]->words_.size(); ++n)
      phrases.push_back({class_of(scanners_[i]->words_.at(n).key), {i, n}});
  std::stable_sort(
      phrases.begin(), phrases.end(),
      [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [hash, phrase] : phrases) {
    auto size = static_cast<std::uint32_t>(entries_.size());
    if (!has_class_[hash]) {
      has_class_.set(hash);
      class_at_[hash] = static_cast<std::uint16_t>(classes_.size());
      classes_.emplace_back();
      classes_.back().first = size;
    }
    classes_.back().end = size + 1;
    allow(classes_.back(), phrase.first, phrase.second);
    entries_.push_back(entry_of(phrase.first, phrase.second));
  }
}

/// Other bytes may stand for a blank: it is left to the scanner.
phrase_sieve::entry phrase_sieve::entry_of(std::size_t scanner,
                                           std::size_t phrase) const {
  std::string_view text = scanners_[scanner]->words_.at(phrase).text;
  auto known = text.substr(0, sizeof(std::uint64_t));
  std::string bits(known.size(), '\xFF');
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

void phrase_sieve::allow(key_class& own, std::size_t scanner,
                         std::size_t phrase) const {
  const auto& words = scanners_[scanner]->words_;
  const auto& one = words.at(phrase);
  auto must_end = !one.is_open && is_word_before(one.text, one.text.size());
  for (std::size_t i = 0; i < next_bytes; ++i) {
    auto at = key_bytes + i;
    for (unsigned byte = 0; byte < 256; ++byte) {
      auto c = static_cast<char>(byte);
      auto fits = at < one.text.size() ? words.read_as(c) == one.text[at]
                  : at == one.text.size() && must_end
                      ? !is_word_at({&c, 1}, 0)
                      : true;
      if (fits)
        own.may_follow[i] |= bit_of(byte);
    }
  }
}

std::size_t phrase_sieve::keep_followed(std::string_view text, candidate* all,
                                        std::size_t count) const {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < count; ++i) {
    auto one = all[i];
    one.key_class = class_at_[one.key_class];
    const auto& follow = classes_[one.key_class].may_follow;
    auto next = head_of(text.substr(one.at)) >> 8 * key_bytes;
    auto is_kept = follow[0] >> (next & 63) & follow[1] >> (next >> 8 & 63)
                   & follow[2] >> (next >> 16 & 63) & 1;
    all[kept] = one;
    kept += is_kept;
  }
  return kept;
}

void phrase_sieve::compare(std::string_view text, const candidate& one,
                           std::vector<std::vector<phrase_hit>>& hits) const {
  auto head = head_of(text.substr(one.at));
  const auto& own = classes_[one.key_class];
  for (auto i = own.first; i < own.end; ++i) {
    const auto& known = entries_[i];
    if ((head & known.read_bits) != known.head)
      continue;
    const auto& words = scanners_[known.scanner]->words_;
    const auto& phrase = words.at(known.phrase);
    if (words.stands_at(text, one.at, text.size(), phrase))
      hits[known.scanner].push_back(
          {phrase.number, one.at, one.at + phrase.text.size()});
  }
}

std::vector<std::vector<phrase_hit>>
phrase_sieve::hits_in(const folded_text& given) const {
  std::vector<std::vector<phrase_hit>> hits(scanners_.size());
  auto text = given.folded();
  constexpr std::size_t most = 512;
  std::array<candidate, most> all;
  std::size_t count = 0;
  auto compare_all = [&] {
    auto kept = keep_followed(text, all.data(), count);
    for (std::size_t i = 0; i < kept; ++i)
      compare(text, all[i], hits);
    count = 0;
  };
  given.begins().for_each(
      text, 0, text.size(), [&](std::size_t at, std::uint32_t key) {
        auto hash = class_of(key);
        all[count] = {static_cast<std::uint32_t>(at), hash};
        count += has_class_[hash];
        if (count == most)
          compare_all();
      });
  compare_all();
  return hits;
}

} // namespace jobfarm::text
