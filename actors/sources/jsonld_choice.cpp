#include "actors/sources/jsonld_choice.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace jobfarm::sources {

namespace {

// Shorter ids turn up in addresses by chance.
constexpr std::size_t min_id_bytes = 4;
// A title all of whose words the page has; the others must not come near.
constexpr double least_score = 0.99;
constexpr double least_lead = 0.5;

using word_set = std::set<std::string>;

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80) != 0
         || c == '+' || c == '#';
}

word_set words_of(std::string_view text) {
  word_set words;
  std::string word;
  for (char c : text::fold(text) + ' ') {
    if (is_word_byte(c)) {
      word += c;
    } else if (!word.empty()) {
      words.insert(std::move(word));
      word.clear();
    }
  }
  return words;
}

/// Share of `part` that `whole` holds.
double coverage(const word_set& part, const word_set& whole) {
  if (part.empty())
    return 0;
  auto held = std::count_if(part.begin(), part.end(), [&](const auto& word) {
    return whole.count(word) != 0;
  });
  return static_cast<double>(held) / static_cast<double>(part.size());
}

bool speaks_of_many(const word_set& title) {
  static constexpr const char* plurals[] = {"jobs",      "careers",
                                            "vacancies", "openings",
                                            "positions", "stellenangebote",
                                            "emplois",   "ofertas",
                                            "empleos",   "vagas"};
  return std::any_of(std::begin(plurals), std::end(plurals),
                     [&](const char* word) { return title.count(word) != 0; });
}

/// How well the words of a page's titles fit a posting: 1 where they speak of
/// its job, half a point more where they name the company too.
double score(const raw_posting& posting, const std::vector<word_set>& titles) {
  auto title = words_of(posting.title);
  auto company = words_of(posting.company);
  double best = 0;
  double named = 0;
  for (const auto& words : titles) {
    // A heading may say less than the title: "Engineer" of "Engineer (m/f)".
    best = std::max({best, coverage(title, words), coverage(words, title)});
    named = std::max(named, coverage(company, words) >= 1 ? 0.5 : 0.0);
  }
  return best + named;
}

bool has_address(const raw_posting& posting, const page_identity& page) {
  return std::any_of(
      page.addresses.begin(), page.addresses.end(), [&](const auto& address) {
        bool has_id = posting.source_id.size() >= min_id_bytes
                      && address.find(posting.source_id) != npos;
        return has_id || (!posting.url.empty() && posting.url == address);
      });
}

std::optional<std::size_t> find_by_words(const std::vector<raw_posting>& all,
                                         const page_identity& page) {
  std::vector<word_set> titles;
  for (const auto& text : page.titles)
    titles.push_back(words_of(text));
  if (titles.empty() || speaks_of_many(titles.front()))
    return std::nullopt;
  std::size_t best = 0;
  std::vector<double> scores;
  for (const auto& posting : all) {
    scores.push_back(score(posting, titles));
    if (scores.back() > scores[best])
      best = scores.size() - 1;
  }
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (i != best && scores[i] > scores[best] - least_lead)
      return std::nullopt;
  return scores[best] >= least_score ? std::optional{best} : std::nullopt;
}

} // namespace

std::optional<std::size_t>
find_main_posting(const std::vector<raw_posting>& postings,
                  const page_identity& page) {
  std::optional<std::size_t> main;
  for (std::size_t i = 0; i < postings.size(); ++i) {
    if (!has_address(postings[i], page))
      continue;
    if (main)
      return std::nullopt;
    main = i;
  }
  return main ? main : find_by_words(postings, page);
}

} // namespace jobfarm::sources
