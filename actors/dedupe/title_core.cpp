#include "actors/dedupe/title_core.hpp"

#include "actors/dedupe/similarity.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace jobfarm::dedupe {

namespace {

using words = std::vector<std::string_view>;

/// Words that say nothing of what the job is.
constexpr std::string_view noise[] = {
    "all", "and",  "d",      "div",    "f",      "fully",  "genders",
    "gn",  "h",    "hiring", "home",   "hybrid", "id",     "in",
    "job", "m",    "new",    "of",     "on",     "onsite", "remote",
    "req", "site", "the",    "urgent", "w",      "x",
};

struct level_word {
  std::string_view word;
  std::uint32_t bit;
};

constexpr level_word level_words[] = {
    {"1", 1u << 0},          {"2", 1u << 1},       {"3", 1u << 2},
    {"4", 1u << 3},          {"5", 1u << 4},       {"i", 1u << 0},
    {"ii", 1u << 1},         {"iii", 1u << 2},     {"intern", 1u << 5},
    {"internship", 1u << 5}, {"iv", 1u << 3},      {"jr", 1u << 6},
    {"junior", 1u << 6},     {"lead", 1u << 7},    {"mid", 1u << 8},
    {"principal", 1u << 9},  {"senior", 1u << 10}, {"sr", 1u << 10},
    {"staff", 1u << 11},     {"trainee", 1u << 5}, {"v", 1u << 4},
};

constexpr std::pair<std::string_view, std::string_view> synonyms[] = {
    {"developer", "engineer"},
    {"programmer", "developer"},
    {"programmer", "engineer"},
    {"ux", "ui"},
};

std::uint32_t level_of(std::string_view word) {
  for (const auto& one : level_words)
    if (one.word == word)
      return one.bit;
  return 0;
}

bool is_in(const words& all, std::string_view word) {
  return std::find(all.begin(), all.end(), word) != all.end();
}

/// "REQ-6415", "2024-0193", "R0012345": at least four digits.
bool is_number(std::string_view word) {
  return std::count_if(word.begin(), word.end(),
                       [](char c) { return c >= '0' && c <= '9'; })
         >= 4;
}

/// The places of a posting, folded. One of several mostly says again what the
/// posting says.
std::string place_text(const job_posting& posting) {
  std::string all;
  all.reserve(256);
  auto add = [&](const std::string& name) {
    all += name;
    all += ' ';
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
    if (is_number(word)
        || std::binary_search(std::begin(noise), std::end(noise), word))
      continue;
    auto level = level_of(word);
    core.levels |= level;
    if (level == 0 && is_in(place_words, word))
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
