#include "actors/enrich/terms.hpp"

#include "actors/text/utf8.hpp"

#include <algorithm>

namespace jobfarm::enrich {

namespace {

constexpr std::string_view stop_words[] = {
    "a",   "an", "and", "as",   "at",  "by",  "for", "from",
    "in",  "is", "it",  "job",  "of",  "on",  "or",  "our",
    "the", "to", "we",  "with", "you", "your"};

bool is_word_byte(char c) {
  auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
         || c == '+' || c == '#';
}

std::string_view without_plural(std::string_view word) {
  auto size = word.size();
  if (size > 3 && word[size - 1] == 's' && word[size - 2] != 's')
    word.remove_suffix(1);
  return word;
}

} // namespace

void for_each_term(std::string_view text,
                   const std::function<void(std::string_view)>& take) {
  auto folded = text::fold_ascii(text);
  std::string_view rest = folded;
  while (!rest.empty()) {
    auto begin = std::find_if(rest.begin(), rest.end(), is_word_byte);
    auto end = std::find_if_not(begin, rest.end(), is_word_byte);
    if (begin != end)
      take(without_plural(
          rest.substr(static_cast<std::size_t>(begin - rest.begin()),
                      static_cast<std::size_t>(end - begin))));
    rest.remove_prefix(static_cast<std::size_t>(end - rest.begin()));
  }
}

std::vector<std::string> query_terms(std::string_view text) {
  std::vector<std::string> terms;
  for_each_term(text, [&](std::string_view word) {
    if (std::find(std::begin(stop_words), std::end(stop_words), word)
            == std::end(stop_words)
        && std::find(terms.begin(), terms.end(), word) == terms.end())
      terms.emplace_back(word);
  });
  return terms;
}

} // namespace jobfarm::enrich
