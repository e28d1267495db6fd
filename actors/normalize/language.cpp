#include "actors/normalize/statements.hpp"
#include "actors/text/utf8.hpp"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <array>

namespace jobfarm::normalize {

namespace {

/// English words that are no words of another language of the Latin script.
constexpr std::string_view english_words[] = {
    "the",  "and",  "of",   "to",    "with",  "for",  "you",  "our",
    "your", "that", "this", "is",    "are",   "will", "have", "from",
    "we",   "be",   "by",   "their", "which", "who",  "they", "has"};

bool is_english_word(std::string_view word) {
  return std::find(std::begin(english_words), std::end(english_words), word)
         != std::end(english_words);
}

/// Whether every part of `text` is plain English: ASCII, and at least one word
/// in five of each quarter is one of its function words. Prose of other
/// languages stays below one in twenty; what is mixed or in doubt is for CLD2.
bool is_plainly_english(std::string_view text) {
  constexpr std::size_t parts = 4;
  constexpr std::size_t fewest_words = 20;
  for (std::size_t part = 0; part < parts; ++part) {
    auto piece = text.substr(part * text.size() / parts, text.size() / parts);
    std::size_t words = 0;
    std::size_t known = 0;
    std::array<char, 8> word{};
    std::size_t size = 0;
    for (std::size_t i = 0; i <= piece.size(); ++i) {
      auto c = i < piece.size() ? piece[i] : ' ';
      if (static_cast<unsigned char>(c) >= 0x80)
        return false;
      auto lower = static_cast<char>(c | 0x20);
      if (lower >= 'a' && lower <= 'z') {
        word[std::min(size++, word.size() - 1)] = lower;
      } else if (size > 0) {
        ++words;
        known += size < word.size() && is_english_word({word.data(), size});
        size = 0;
      }
    }
    if (words < fewest_words || known * 5 < words)
      return false;
  }
  return true;
}

} // namespace

std::string language_of(std::string_view text) {
  // CLD2 is reliable from some 200 bytes on; its time grows with the text.
  constexpr std::size_t enough = 800;
  constexpr std::size_t least = 40;
  if (text.size() < least)
    return {};
  if (is_plainly_english(text.substr(0, enough)))
    return "en";
  auto clean = text::repair_utf8(text.substr(0, enough));
  bool reliable = false;
  auto language = CLD2::DetectLanguage(
      clean.data(), static_cast<int>(clean.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE)
    return {};
  return CLD2::LanguageCode(language);
}

} // namespace jobfarm::normalize
