#include "actors/dedupe/title_core.hpp"

#include "actors/dedupe/similarity.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace jobfarm::dedupe {

namespace {

using words = std::vector<std::string_view>;

/// A word that is no word of the job itself.
struct known_word {
  std::string_view word;
  /// Of its level; 0 for one that says nothing of what the job is.
  std::uint32_t level;
};

constexpr std::uint32_t no_level = 0;

/// Sorted.
constexpr known_word known_words[] = {
    {"1", 1u << 0},       {"2", 1u << 1},
    {"3", 1u << 2},       {"4", 1u << 3},
    {"5", 1u << 4},       {"all", no_level},
    {"and", no_level},    {"d", no_level},
    {"div", no_level},    {"f", no_level},
    {"fully", no_level},  {"genders", no_level},
    {"gn", no_level},     {"h", no_level},
    {"hiring", no_level}, {"home", no_level},
    {"hybrid", no_level}, {"i", 1u << 0},
    {"id", no_level},     {"ii", 1u << 1},
    {"iii", 1u << 2},     {"in", no_level},
    {"intern", 1u << 5},  {"internship", 1u << 5},
    {"iv", 1u << 3},      {"job", no_level},
    {"jr", 1u << 6},      {"junior", 1u << 6},
    {"lead", 1u << 7},    {"m", no_level},
    {"mid", 1u << 8},     {"new", no_level},
    {"of", no_level},     {"on", no_level},
    {"onsite", no_level}, {"principal", 1u << 9},
    {"remote", no_level}, {"req", no_level},
    {"senior", 1u << 10}, {"site", no_level},
    {"sr", 1u << 10},     {"staff", 1u << 11},
    {"the", no_level},    {"trainee", 1u << 5},
    {"urgent", no_level}, {"v", 1u << 4},
    {"w", no_level},      {"x", no_level},
};

/// The first of them with each first letter, or after it.
constexpr auto first_known = [] {
  std::array<std::uint8_t, 257> made{};
  for (std::size_t c = 0; c < made.size(); ++c)
    for (const auto& one : known_words)
      made[c] += static_cast<unsigned char>(one.word[0]) < c;
  return made;
}();

/// What is known of a word of at least one letter; null for most.
const known_word* find_known(std::string_view word) {
  const auto first = static_cast<unsigned char>(word.front());
  for (auto i = first_known[first]; i < first_known[first + 1u]; ++i)
    if (known_words[i].word == word)
      return &known_words[i];
  return nullptr;
}

constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"developer", "engineer"},
    {"programmer", "developer"},
    {"programmer", "engineer"},
    {"ux", "ui"},
};

std::uint32_t level_of(std::string_view word) {
  const auto* known = find_known(word);
  return known ? known->level : no_level;
}

bool is_in(const words& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// "REQ-6415", "2024-0193", "R0012345": at least four digits.
bool is_number(std::string_view word) {
  constexpr auto enough = 4;
  return word.size() >= enough
         && std::count_if(word.begin(), word.end(),
                          [](char c) { return c >= '0' && c <= '9'; })
                >= enough;
}

/// The places of a posting, folded, a line each: one alone is quickly folded.
/// One of several mostly says again what the posting says.
std::string place_text(const job_posting& posting) {
  std::string all;
  all.reserve(256);
  auto add = [&](const std::string& name) {
    all += name;
    all += '\n';
  };
  auto add_other = [&](const std::string& name, const std::string& said) {
    if (name != said)
      add(name);
  };
  for (const auto* name : {&posting.location, &posting.city, &posting.admin1,
                           &posting.country})
    add(*name);
  for (const auto& one : posting.locations) {
    add_other(one.display, posting.location);
    add_other(one.city, posting.city);
    add_other(one.admin1, posting.admin1);
  }
  return text::fold(all);
}

constexpr auto is_word_part = [] {
  std::array<bool, 256> made{};
  for (std::size_t c = 0; c < made.size(); ++c)
    made[c] = c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
              || (c >= 'A' && c <= 'Z');
  return made;
}();

void append_word(std::string& to, std::string_view word) {
  if (!to.empty())
    to += ' ';
  to += word;
}

bool begins(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

bool spelled_alike(std::string_view a, std::string_view b) {
  auto shorter = std::min(a.size(), b.size());
  if (shorter >= 3 && (begins(a, b) || begins(b, a)))
    return true;
  return shorter >= 5 && ratio(a, b) >= 0.88;
}

bool mean_the_same(std::string_view a, std::string_view b) {
  return std::any_of(std::begin(synonyms), std::end(synonyms),
                     [&](const auto& pair) {
                       return (pair.first == a && pair.second == b)
                              || (pair.first == b && pair.second == a);
                     });
}

words content_of(const title_core& core) {
  auto all = split_words(core.text);
  all.erase(std::remove_if(all.begin(), all.end(),
                           [](auto word) { return level_of(word) != 0; }),
            all.end());
  return all;
}

/// Takes the words of `a` and `b` that `equal` pairs out of both.
template <class Equal>
void cancel(words& a, words& b, Equal equal) {
  for (auto at = a.begin(); at != a.end();) {
    auto found = std::find_if(b.begin(), b.end(),
                              [&](auto word) { return equal(*at, word); });
    if (found == b.end()) {
      ++at;
      continue;
    }
    b.erase(found);
    at = a.erase(at);
  }
}

} // namespace

std::vector<std::string_view> split_words(std::string_view text) {
  auto is_part = [](char c) {
    return is_word_part[static_cast<unsigned char>(c)];
  };
  words all;
  all.reserve(text.size() / 4 + 1);
  for (std::size_t at = 0; at < text.size();) {
    auto begin = at;
    while (at < text.size() && is_part(text[at]))
      ++at;
    if (at > begin)
      all.push_back(text.substr(begin, at - begin));
    while (at < text.size() && !is_part(text[at]))
      ++at;
  }
  return all;
}

title_core title_core_of(const job_posting& posting) {
  auto folded =
      text::fold(posting.title_normalized.empty() ? posting.title
                                                  : posting.title_normalized);
  auto places = place_text(posting);
  auto place_words = split_words(places);
  auto title_words = split_words(folded);
  title_core core;
  core.text.reserve(folded.size());
  for (auto word : title_words) {
    const auto* known = find_known(word);
    if (is_number(word) || (known && known->level == no_level))
      continue;
    if (known)
      core.levels |= known->level;
    else if (is_in(place_words, word))
      continue;
    append_word(core.text, word);
  }
  // "Berlin (Remote)": nothing but what was taken away.
  if (core.text.empty())
    for (auto word : title_words)
      append_word(core.text, word);
  return core;
}

wording compare_wording(const title_core& a, const title_core& b) {
  if (a.text == b.text)
    return wording::same;
  auto of_a = content_of(a);
  auto of_b = content_of(b);
  cancel(of_a, of_b, [](auto x, auto y) { return x == y; });
  cancel(of_a, of_b, spelled_alike);
  if (of_a.empty() && of_b.empty())
    return wording::same;
  cancel(of_a, of_b, mean_the_same);
  if (of_a.empty() && of_b.empty())
    return wording::synonyms;
  return of_a.empty() || of_b.empty() ? wording::more : wording::other;
}

level_relation compare_levels(std::uint32_t a, std::uint32_t b) {
  if (a == b)
    return level_relation::same;
  return (a & b) == a || (a & b) == b ? level_relation::one_sided
                                      : level_relation::conflict;
}

} // namespace jobfarm::dedupe
