#include "actors/text/phrase_scanner.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace jobfarm::text {

namespace {

/// Whether a phrase that may begin within a word ends where a word does.
bool is_tail(const phrase_index::phrase& one) {
  return !one.is_open && is_word_before(one.text, one.text.size());
}

} // namespace

phrase_scanner::phrase_scanner(const std::vector<std::string_view>& phrases,
                               std::string_view blanks) {
  std::vector<phrase_index::phrase> words;
  words.reserve(phrases.size());
  std::vector<phrase_index::phrase> tails;
  std::vector<phrase_index::phrase> parts;
  for (std::size_t number = 0; number < phrases.size(); ++number) {
    phrase_index::phrase one;
    one.text = fold_ascii(phrases[number]);
    one.number = number;
    one.blanks = blanks;
    one.is_part = !one.text.empty() && one.text.front() == '*';
    one.text.erase(0, one.is_part);
    one.is_open = !one.text.empty() && one.text.back() == '*';
    one.text.resize(one.text.size() - one.is_open);
    if (!one.text.empty())
      (!one.is_part   ? words
       : is_tail(one) ? tails
                      : parts)
          .push_back(std::move(one));
  }
  for (const auto& one : tails)
    tail_bytes_ = std::min(tail_bytes_, one.text.size());
  for (auto& one : tails)
    one.anchor = one.text.size() - tail_bytes_;
  words_ = phrase_index(std::move(words));
  tails_ = phrase_index(std::move(tails));
  parts_ = phrase_index(std::move(parts));
}

std::vector<phrase_hit>
phrase_scanner::hits_of_parts(std::string_view text,
                              const phrase_begins& begins, std::size_t from,
                              std::size_t to) const {
  std::vector<hit> hits;
  auto take = [&](std::size_t, const hit& found) { hits.push_back(found); };
  auto look = [&](const phrase_index& among, std::size_t at) {
    auto bytes = first_bytes(text, at);
    if (among.may_begin(bytes))
      among.find(text, at, bytes, from, to, take);
  };
  if (!tails_.phrases().empty())
    begins.for_each_end(from, to, [&](std::size_t end) {
      if (end - from >= tail_bytes_)
        look(tails_, end - tail_bytes_);
    });
  if (!parts_.phrases().empty())
    for (auto at = from; at < to; ++at)
      look(parts_, at);
  std::sort(hits.begin(), hits.end(), [](const hit& a, const hit& b) {
    return std::tie(a.begin, a.end, a.phrase)
           < std::tie(b.begin, b.end, b.phrase);
  });
  return hits;
}

} // namespace jobfarm::text
