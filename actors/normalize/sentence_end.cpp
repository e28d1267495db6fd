#include "actors/normalize/sentence_end.hpp"

#include "actors/normalize/word_list.hpp"
#include "actors/text/folded_text.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <cstring>

namespace jobfarm::normalize {

namespace {

/// Most bytes are none.
block::bytes may_end_clause(block::bytes text) {
  return block::equal(text, '\n') | block::equal(text, '.')
         | block::equal(text, '!') | block::equal(text, '?')
         | block::equal(text, ';') | block::equal(text, 0x82);
}
bool may_end_clause(unsigned char c) {
  return c == '\n' || c == '.' || c == '!' || c == '?' || c == ';' || c == 0x82;
}

/// True if a sentence, or a clause of its own, ends with the mark at `at`.
bool ends_clause(std::string_view text, std::size_t at) {
  auto is_before_blank = at + 1 < text.size() && text[at + 1] == ' ';
  if (!is_before_blank && text[at] != '\n')
    return false;
  return text[at] == ';' || ends_sentence(text, at);
}

/// Words whose point ends no sentence.
bool is_abbreviation(std::string_view word) {
  static constexpr listed_word all[] = {
      "a",    "ca",  "min", "max", "incl",   "inkl", "rs",  "kr",   "mies",
      "tys",  "st",  "s",   "pr",  "approx", "zzgl", "ggf", "mind", "est",
      "p",    "d",   "h",   "w",   "u",      "mtl",  "tsd", "mio",  "excl",
      "std",  "bzw", "tis", "rp",  "fr",     "no",   "lt",  "gem",  "evtl",
      "bzgl", "tel", "nr",  "hr",  "yr",     "mo",   "руб", "тыс"};
  constexpr std::size_t longest = 6;
  return word.size() <= longest && is_listed(word, all);
}

/// "1. Jahr 1.218 €": a German ordinal before the year of a training.
bool is_ordinal(std::string_view word, std::string_view behind) {
  if (word.empty() || word.size() > 2
      || word.find_first_not_of("0123456789") != word.npos)
    return false;
  for (std::string_view one : {"jahr", "ausbildungsjahr", "lehrjahr"})
    if (behind.substr(0, one.size()) == one)
      return true;
  return false;
}

/// The word right before `at`.
std::string_view short_word_before(std::string_view text, std::size_t at) {
  auto begin = at;
  while (begin > 0 && text::is_word_before(text, begin) && at - begin < 12)
    --begin;
  return text.substr(begin, at - begin);
}

/// Where the sentence begins that position `at` is in, `low` or behind it.
std::size_t sentence_begin(std::string_view text, std::size_t low,
                           std::size_t at) {
  // A mark and the blank behind it may stand before `low`, if not both.
  auto first = low - (low > 0);
  auto near = text.substr(first, at - first);
  for (auto mark = last_sentence_mark(near, near.size()); mark < near.size();
       mark = last_sentence_mark(near, mark)) {
    auto stop = first + mark;
    if (stop + 2 <= at && text[stop + 1] == ' ' && ends_clause(text, stop))
      return stop + 2;
    if (text[stop] == '\n' && stop >= low)
      return stop + 1;
  }
  return low;
}

/// A word that begins with one capital. Not for German, whose nouns do.
bool begins_sentence(std::string_view word) {
  return word.size() > 1 && word[0] >= 'A' && word[0] <= 'Z' && word[1] >= 'a'
         && word[1] <= 'z';
}

} // namespace

std::size_t next_sentence_mark(std::string_view text, std::size_t at) {
  return block::find(
      text, at, [](block::bytes b) { return may_end_clause(b); },
      [](unsigned char c) { return may_end_clause(c); });
}

std::size_t last_sentence_mark(std::string_view text, std::size_t end) {
  return block::find_last(
      text, end, [](block::bytes b) { return may_end_clause(b); },
      [](unsigned char c) { return may_end_clause(c); });
}

bool stop_ends_sentence(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size() || text[at + 1] != ' ')
    return false;
  auto word = short_word_before(text, at);
  return text[at] != '.'
         || (!is_abbreviation(word) && !is_ordinal(word, text.substr(at + 2)));
}

bool ends_sentence(const text::folded_text& text, std::size_t at) {
  auto folded = text.folded();
  if (ends_sentence(folded, at))
    return true;
  if (folded[at] != '.' || at + 2 >= folded.size() || folded[at + 1] != ' ')
    return false;
  auto unit = short_word_before(folded, at);
  if (unit != "hr" && unit != "yr" && unit != "mo" && unit != "mies"
      && unit != "godz" && unit != "hod" && unit != "mes")
    return false;
  auto behind = text.to_original(at + 2);
  return begins_sentence(text.original().substr(behind, 2));
}

std::size_t line_end(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 4000;
  auto near = text.substr(at, longest + 1);
  auto end = std::min(near.find('\n'), near.size());
  if (end <= longest)
    return at + end;
  auto blank = near.rfind(' ');
  return at + (blank != near.npos && blank > longest / 2 ? blank : longest);
}

std::size_t behind_line(std::string_view text, std::size_t end) {
  auto is_at_mark =
      end < text.size() && (text[end] == '\n' || text[end] == ' ');
  return end + (is_at_mark ? 1 : 0);
}

std::size_t line_begin(std::string_view text, std::size_t from,
                       std::size_t at) {
  const auto* mark =
      static_cast<const char*>(memrchr(text.data() + from, '\n', at - from));
  return mark == nullptr ? from
                         : static_cast<std::size_t>(mark - text.data()) + 1;
}

std::string_view sentence_at(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 400;
  auto begin = sentence_begin(text, at > longest ? at - longest : 0, at);
  auto end = std::min(text.size(), at + longest);
  if (auto line = text.substr(at, end - at).find('\n'); line != text.npos)
    end = at + line;
  auto near = text.substr(0, end);
  auto stop = next_sentence_mark(near, at);
  while (stop < end && !ends_clause(text, stop))
    stop = next_sentence_mark(near, stop + 1);
  end = std::min(stop + 1, end);
  return text.substr(begin, std::min(end - begin, 2 * longest));
}

} // namespace jobfarm::normalize
