#include "actors/normalize/statements.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/key_table.hpp"
#include "actors/text/utf8.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// CLD2 is reliable from some 200 bytes on; its time grows with the text.
constexpr std::size_t enough = 800;
constexpr std::size_t least = 40;

/// Function words of English by their heads: none is longer than one.
const text::key_table& function_words() {
  static const text::key_table made([] {
    std::vector<std::uint64_t> heads;
    for (std::string_view word :
         {"the",  "and",  "of",   "to",    "with",  "for",  "you",  "our",
          "your", "that", "this", "is",    "are",   "will", "have", "from",
          "we",   "be",   "by",   "their", "which", "who",  "they", "has"})
      heads.push_back(text::phrase_head(word, 0));
    return heads;
  }());
  return made;
}

/// Whether every part of `text` up to `size` is plain English: at least one
/// word in seven of the whole and one in ten of each half is one of its
/// function words. Job ads have one in three to one in five; prose of other
/// languages of the Latin script, some of whose words look alike, stays below
/// one in twenty. What is mixed or in doubt is for CLD2.
bool is_plainly_english(const text::folded_text& text, std::size_t size) {
  constexpr std::size_t parts = 2;
  constexpr std::size_t fewest_words = 30;
  const auto& known_words = function_words();
  auto folded = text.folded();
  std::size_t all_words = 0;
  std::size_t all_known = 0;
  for (std::size_t part = 0; part < parts; ++part) {
    auto from = part * size / parts;
    auto to = (part + 1) * size / parts;
    std::size_t words = 0;
    std::size_t known = 0;
    text.begins().for_each(
        folded, from, to, [&](std::size_t at, std::uint64_t head) {
          auto c = static_cast<unsigned char>(folded[at]);
          words += c >= text::first_wide_lead || text::is_word_at(folded, at);
          known += known_words.may_have(head)
                   && known_words.find(head).count > 0
                   && at + text::head_size(folded, at) <= to;
        });
    if (words < fewest_words || known * 10 < words)
      return false;
    all_words += words;
    all_known += known;
  }
  return all_known * 7 >= all_words;
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
  if (is_plainly_english(text, std::min(text.folded().size(), enough)))
    return "en";
  auto clean = text::repair_utf8(text.original().substr(0, enough));
  bool reliable = false;
  auto language = CLD2::DetectLanguage(
      clean.data(), static_cast<int>(clean.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE)
    return {};
  return bcp47_of(CLD2::LanguageCode(language));
}

} // namespace jobfarm::normalize
