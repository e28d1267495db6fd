#include "actors/normalize/statements.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/key_map.hpp"
#include "actors/text/utf8.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// CLD2 is reliable from some 200 bytes on; its time grows with the text.
constexpr std::size_t enough = 800;
constexpr std::size_t least = 40;

struct language_words {
  std::string_view code;
  /// Its most frequent function words, folded, blanks between them.
  std::string_view words;
};

/// A word may be of several; English comes first.
constexpr language_words languages[] = {
    {"en",
     "the and of to with for you our your that this is are will have from "
     "we be by their which who they has"},
    {"de", "der die das und mit fur wir ist nicht ein eine einen auf sie im zu "
           "den von des dem in bei als oder zur zum unsere unser deine du ihre "
           "sich auch sowie werden sind"},
    {"fr", "de la le les des et en un une du pour vous nous dans sur avec est "
           "au aux par qui votre notre vos nos ou ce cette que sont a"},
    {"es", "de la el los las y en un una que con para por del al se su sus es "
           "como o nuestro nuestra nuestros esta tu a"},
    {"pt", "de a o e os as do da dos das em um uma que com para por na no nas "
           "nos ao se seu sua como ou mais voce"},
    {"it",
     "di e il la i le lo un una che con per del della dei delle nel nella "
     "in al si da sono come o gli a"},
    {"nl", "de het een en van in met voor je op te zijn wij ons is dat aan bij "
           "als naar onze of jouw ook"},
};
constexpr std::size_t language_count = std::size(languages);

/// By the heads of the words of all languages, as none is longer than one: a
/// one in the byte of each language that has the word.
using function_words = text::key_map<std::uint64_t, 12>;

function_words all_function_words() {
  std::map<std::uint64_t, std::uint64_t> all;
  for (std::size_t i = 0; i < language_count; ++i)
    text::phrase_begins(languages[i].words)
        .for_each(languages[i].words, 0, languages[i].words.size(),
                  [&](std::size_t, std::uint64_t head) {
                    all[head] |= std::uint64_t{1} << 8 * i;
                  });
  return function_words({all.begin(), all.end()});
}

/// What the first bytes of folded words and of characters count for: a one as
/// word, and one in the upper half where they are of a script without blanks.
constexpr auto counts_of = [] {
  std::array<std::uint32_t, 256> all{};
  for (std::size_t c = 0; c < all.size(); ++c)
    all[c] = ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
              || c >= text::first_alphabet_lead)
             | (c >= text::first_wide_lead) << 16;
  return all;
}();

/// What a part of a text consists of.
struct word_counts {
  /// A character of a script without blanks is one.
  std::size_t words = 0;
  std::size_t wide = 0;
  std::size_t kana = 0;
  /// A byte for each language.
  std::uint64_t known = 0;

  std::size_t of_language(std::size_t i) const {
    return known >> 8 * i & 0xFF;
  }
};

/// U+3040 to U+30FF in UTF-8.
bool is_kana(std::uint64_t head) {
  auto second = head >> 8 & 0xFF;
  return (head & 0xFF) == 0xE3 && second >= 0x81 && second <= 0x83;
}

/// Counts from `from` to before `to` of the folded text, half of `enough` bytes
/// at most.
word_counts counts_in(const text::folded_text& text, std::size_t from,
                      std::size_t to) {
  static_assert(enough / 2 / 2 < 256, "words and blanks beside the counts");
  static const auto known_words = all_function_words();
  auto folded = text.folded();
  std::uint32_t both = 0;
  std::size_t kana = 0;
  std::uint64_t known = 0;
  text.begins().for_each(
      folded, from, to, [&](std::size_t at, std::uint64_t head) {
        auto counts = counts_of[head & 0xFF];
        both += counts;
        if (counts >> 16 != 0)
          kana += is_kana(head);
        auto is_inside = at + text::max_head_bytes <= to
                         || at + text::head_size(folded, at) <= to;
        known += is_inside ? known_words.find(head) : 0;
      });
  return {both & 0xFFFF, both >> 16, kana, known};
}

/// Of which language so many of all words, and of the words of each half, are
/// function words, if any.
struct share {
  std::size_t of_all;
  std::size_t of_half;
};

/// Job ads in English have one in three to one in five; prose of other
/// languages of the Latin script, some of whose words look alike, stays below
/// one in twenty. Romance and Germanic languages share many with their
/// neighbours.
constexpr share english{7, 10};
constexpr share other{5, 8};

/// Nothing else is written in kana; much beside it may be another language.
bool is_japanese(const word_counts& of) {
  return of.kana * 5 >= of.words && of.wide * 5 >= of.words * 4;
}

/// The language that every part of `text` up to `size` plainly is in; empty
/// where it is mixed or in doubt: that is for CLD2.
std::string_view plain_language(const text::folded_text& text,
                                std::size_t size) {
  constexpr std::size_t fewest_words = 30;
  const std::array<word_counts, 2> halves = {counts_in(text, 0, size / 2),
                                             counts_in(text, size / 2, size)};
  std::array<std::size_t, language_count> known{};
  std::size_t words = 0;
  for (const auto& half : halves) {
    if (half.words < fewest_words)
      return {};
    words += half.words;
    for (std::size_t i = 0; i < language_count; ++i)
      known[i] += half.of_language(i);
  }
  if (std::all_of(halves.begin(), halves.end(), is_japanese))
    return "ja";
  auto is_in = [&](std::size_t i, share wanted) {
    return known[i] * wanted.of_all >= words
           && std::all_of(halves.begin(), halves.end(), [&](const auto& half) {
                return half.of_language(i) * wanted.of_half >= half.words;
              });
  };
  if (is_in(0, english))
    return languages[0].code;
  auto best = std::max_element(known.begin(), known.end());
  auto is_near = [&](std::size_t count) { return 2 * count > *best; };
  auto index = static_cast<std::size_t>(best - known.begin());
  auto is_plain = std::count_if(known.begin(), known.end(), is_near) == 1
                  && is_in(index, other);
  return is_plain ? languages[index].code : std::string_view{};
}

/// BCP 47 has newer codes for some languages of CLD2, and none for what CLD2
/// calls `xx-` and `zz`: scripts without a language, jokes.
std::string bcp47_of(std::string_view code) {
  constexpr std::pair<std::string_view, std::string_view> renamed[] = {
      {"iw", "he"}, {"jw", "jv"}, {"in", "id"}, {"ji", "yi"}, {"mo", "ro"}};
  for (auto [old, current] : renamed)
    if (code == old)
      return std::string{current};
  auto head = code.substr(0, 2);
  return head == "xx" || head == "zz" || head == "un" ? std::string{}
                                                      : std::string{code};
}

} // namespace

std::string language_of(std::string_view text) {
  return language_of(text::folded_text{text.substr(0, enough)});
}

std::string language_of(const text::folded_text& text) {
  if (text.original().size() < least)
    return {};
  auto plain = plain_language(text, std::min(text.folded().size(), enough));
  if (!plain.empty())
    return std::string{plain};
  auto clean = text::repair_utf8(text.original().substr(0, enough));
  bool reliable = false;
  auto language = CLD2::DetectLanguage(
      clean.data(), static_cast<int>(clean.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE)
    return {};
  return bcp47_of(CLD2::LanguageCode(language));
}

} // namespace jobfarm::normalize
