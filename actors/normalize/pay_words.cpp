#include "actors/normalize/pay_words.hpp"

#include "actors/normalize/pay_senses.hpp"
#include "actors/text/phrase_table.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

using w = pay_word;

constexpr text::phrase_group<pay_word> groups[] = {
#include "actors/normalize/data/pay_words.inc"
};

constexpr std::size_t longest_of_groups() {
  std::size_t longest = 0;
  for (const auto& group : groups)
    text::for_each_phrase(group.phrases, [&](std::string_view phrase) {
      longest = std::max(longest, phrase.size());
    });
  return longest;
}

static_assert(longest_of_groups() == longest_pay_word);

} // namespace

void pay_words_in(const text::folded_text& text, std::size_t from,
                  std::size_t to, std::vector<pay_hit>& hits) {
  static const text::phrase_table<pay_word> words(groups);
  hits.clear();
  words.scanner().scan(
      text, from, to, [&](const text::phrase_scanner::hit& one) {
        pay_hit hit{words.kind(one), one.begin - from, one.end - from};
        // They come by their begins: the place by the end is near.
        auto place = hits.end();
        while (place != hits.begin() && hit.end < (place - 1)->end)
          --place;
        hits.insert(place, hit);
      });
  settle_senses(text.folded().substr(from, to - from), hits);
}

std::vector<pay_hit> pay_words_in(std::string_view folded) {
  std::vector<pay_hit> hits;
  pay_words_in(text::folded_text::of_folded(folded), 0, folded.size(), hits);
  return hits;
}

std::string_view period_of(pay_word kind) {
  switch (kind) {
    case pay_word::hour: return "hour";
    case pay_word::day: return "day";
    case pay_word::week: return "week";
    case pay_word::month: return "month";
    case pay_word::year: return "year";
    case pay_word::two_weeks: return "two weeks";
    case pay_word::half_month: return "half a month";
    default: return {};
  }
}

} // namespace jobfarm::normalize
