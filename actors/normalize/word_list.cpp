#include "actors/normalize/word_list.hpp"

#include "actors/text/phrase_begins.hpp"

#include <algorithm>

namespace jobfarm::normalize {

namespace {

std::uint64_t head_of(std::string_view text) {
  return text.empty() ? 0 : text::first_bytes(text, 0);
}

} // namespace

bool has_one(std::string_view text, word_list words) {
  auto missing = ~listed_word::letters_of(text);
  return std::any_of(words.begin(), words.end(), [&](const auto& one) {
    return (one.letters & missing) == 0 && text.find(one.text) != text.npos;
  });
}

bool is_listed(std::string_view text, word_list words) {
  auto head = head_of(text);
  return std::any_of(words.begin(), words.end(), [&](const auto& one) {
    return one.head == head && one.text == text;
  });
}

bool starts_with_one(std::string_view text, word_list words) {
  auto head = head_of(text);
  return std::any_of(words.begin(), words.end(), [&](const auto& one) {
    return (head & one.head_mask) == one.head
           && text.substr(0, one.text.size()) == one.text;
  });
}

} // namespace jobfarm::normalize
