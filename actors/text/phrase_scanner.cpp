#include "actors/text/phrase_scanner.hpp"

#include "actors/text/utf8.hpp"

#include <string>

namespace jobfarm::text {

namespace {

bool is_ascii_word(unsigned char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || (c >= 'A' && c <= 'Z');
}

/// Lead bytes of two-byte sequences from U+0100 on, and of Latin-1's letters:
/// Latin, Greek, Cyrillic, Hebrew, Arabic.
bool is_alphabet_lead(unsigned char c) {
  return c >= 0xC3 && c <= 0xDF;
}

} // namespace

bool is_word_before(std::string_view text, std::size_t at) {
  if (at == 0)
    return false;
  auto c = static_cast<unsigned char>(text[at - 1]);
  if (c < 0x80)
    return is_ascii_word(c);
  return at > 1 && is_alphabet_lead(static_cast<unsigned char>(text[at - 2]));
}

bool is_word_at(std::string_view text, std::size_t at) {
  if (at >= text.size())
    return false;
  auto c = static_cast<unsigned char>(text[at]);
  return c < 0x80 ? is_ascii_word(c) : is_alphabet_lead(c);
}

phrase_scanner::phrase_scanner(const std::vector<std::string_view>& phrases) {
  std::vector<std::string> folded;
  folded.reserve(phrases.size());
  for (auto phrase : phrases)
    folded.push_back(fold_ascii(phrase));
  for (const auto& phrase : folded)
    for (char c : phrase)
      if (auto& one = classes_[static_cast<unsigned char>(c)];
          c != '*' && one == 0)
        one = static_cast<std::uint8_t>(width_++);
  add_state();
  for (std::uint32_t i = 0; i < folded.size(); ++i)
    add(folded[i], i);
  link();
}

bool phrase_scanner::is_whole(std::string_view text, const output& one,
                              const hit& found) {
  return (one.open_left || !is_word_at(text, found.begin)
          || !is_word_before(text, found.begin))
         && (one.open_right || !is_word_before(text, found.end)
             || !is_word_at(text, found.end));
}

std::uint32_t phrase_scanner::add_state() {
  next_.resize(next_.size() + width_, 0);
  first_.push_back(none);
  return static_cast<std::uint32_t>(first_.size() - 1);
}

void phrase_scanner::add(std::string_view phrase, std::uint32_t index) {
  output out;
  out.phrase = index;
  out.open_left = !phrase.empty() && phrase.front() == '*';
  if (out.open_left)
    phrase.remove_prefix(1);
  out.open_right = !phrase.empty() && phrase.back() == '*';
  if (out.open_right)
    phrase.remove_suffix(1);
  if (phrase.empty())
    return;
  std::uint32_t state = 0;
  for (char c : phrase) {
    auto at = state * width_ + classes_[static_cast<unsigned char>(c)];
    if (next_[at] == 0) {
      auto added = add_state();
      next_[at] = added;
    }
    state = next_[at];
  }
  out.size = static_cast<std::uint32_t>(phrase.size());
  out.next = first_[state];
  first_[state] = static_cast<std::uint32_t>(outs_.size());
  outs_.push_back(out);
}

/// Turns the trie into an automaton: breadth first, a missing edge goes where
/// the longest proper suffix goes, and a state's outputs end in its suffix's.
void phrase_scanner::link() {
  std::vector<std::uint32_t> suffix(first_.size(), 0);
  std::vector<std::uint32_t> queue = {0};
  for (std::size_t i = 0; i < queue.size(); ++i) {
    auto state = queue[i];
    for (std::size_t c = 0; c < width_; ++c) {
      auto& edge = next_[state * width_ + c];
      auto fallback = state == 0 ? 0 : next_[suffix[state] * width_ + c];
      if (edge == 0) {
        edge = fallback;
        continue;
      }
      suffix[edge] = fallback;
      auto last = first_[edge];
      if (last == none) {
        first_[edge] = first_[fallback];
      } else {
        while (outs_[last].next != none)
          last = outs_[last].next;
        outs_[last].next = first_[fallback];
      }
      queue.push_back(edge);
    }
  }
}

} // namespace jobfarm::text
