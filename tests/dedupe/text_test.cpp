#include "actors/dedupe/description_reader.hpp"
#include "actors/dedupe/lower_words.hpp"
#include "actors/dedupe/shingles.hpp"
#include "actors/dedupe/sketch.hpp"
#include "actors/text/folded_text.hpp"

#include <catch2/catch.hpp>

#include <utf8proc.h>

#include <algorithm>
#include <cmath>
#include <random>
#include <string>
#include <vector>

using namespace jobfarm::dedupe;

namespace {

using words = std::vector<std::string>;

template <class Text>
words words_of(const Text& text) {
  words all;
  lower_words cut;
  cut.take(text);
  cut.each([&](const char* word, std::size_t size) {
    all.emplace_back(word, size);
  });
  return all;
}

/// The same, one code point at a time.
words plainly(std::string_view text) {
  words all;
  auto is_inside = false;
  while (!text.empty()) {
    utf8proc_int32_t point = 0;
    auto size =
        utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                         static_cast<utf8proc_ssize_t>(text.size()), &point);
    text.remove_prefix(size > 0 ? static_cast<std::size_t>(size) : 1);
    const std::string_view kind =
        size > 0 ? utf8proc_category_string(point) : "Cn";
    auto is_word =
        size > 0 && (kind[0] == 'L' || kind[0] == 'N' || point == '_');
    if (is_word) {
      char bytes[4];
      auto length = utf8proc_encode_char(
          utf8proc_tolower(point), reinterpret_cast<utf8proc_uint8_t*>(bytes));
      if (!is_inside)
        all.emplace_back();
      all.back().append(bytes, static_cast<std::size_t>(length));
    }
    is_inside = is_word;
  }
  return all;
}

/// Two sets of which a third of their union, `n` shingles, is in both.
std::pair<shingle_set, shingle_set> a_third_alike(std::mt19937_64& random,
                                                  std::size_t n) {
  shingle_set a;
  shingle_set b;
  for (std::size_t i = 0; i < 3 * n; ++i) {
    auto shingle = random();
    if (i < 2 * n)
      a.push_back(shingle);
    if (i >= n)
      b.push_back(shingle);
  }
  return {a, b};
}

} // namespace

TEST_CASE("words are found wherever they begin and end") {
  CHECK(words_of(std::string_view{}).empty());
  CHECK(words_of(std::string_view{"a"}).size() == 1);
  CHECK(words_of(std::string_view{"Über_Straße 42nd, Ⱥ’s"})
        == words{"über_straße", "42nd", "ⱥ", "s"});
  const std::string endless(3000, 'n');
  const std::string_view pieces[] = {"a",
                                     "Zebra",
                                     "_",
                                     "0x1F",
                                     " ",
                                     ", ",
                                     "\n",
                                     "é",
                                     "Ж",
                                     "Ⱥ",
                                     "漢字",
                                     "’",
                                     "\xff",
                                     "\xe2\x82",
                                     "😀",
                                     "İ",
                                     "•",
                                     "\u00ad",
                                     "e\u0301",
                                     "™",
                                     "½",
                                     "＿",
                                     "averyveryverylongwordthatfillsablock",
                                     endless};
  std::mt19937 random(1);
  for (int round = 0; round < 5000; ++round) {
    std::string text;
    // Some are of several pieces.
    const auto most = round % 10 == 0 ? 1500u : 60u;
    for (auto left = random() % most; left > 0; --left)
      text += pieces[random() % std::size(pieces)];
    REQUIRE(words_of(text) == plainly(text));
    REQUIRE(words_of(jobfarm::text::folded_text(text)) == plainly(text));
  }
}

TEST_CASE("a folded text that keeps its words is read as it is") {
  using jobfarm::text::folded_text;
  for (const auto* text : {"", "Plain_text, 42nd", "we’re – here • now", "。"})
    CHECK(folded_text(text).keeps_words());
  for (const auto* text :
       {"é", "½", "a\u00adb", "e\u0301", "™", "＿", "漢字", "Ж", "Ａ", "½’"})
    CHECK_FALSE(folded_text(text).keeps_words());
  CHECK_FALSE(folded_text::of_folded("plain").keeps_words());
}

TEST_CASE("one reader reads many descriptions, each as if it were the first") {
  description_reader reader;
  const std::string longest(5000, 'x');
  const std::vector<std::string> texts = {
      "One two three four", "Über Straße 42nd, Ⱥ’s _ half",  "a", "",
      "we’re – here • now", longest + " a_b c d. " + longest};
  for (const auto& text : texts) {
    description_reader fresh;
    const auto known = fresh.read(text);
    auto is_same = [&](const text_reading& read) {
      return read.letters == known.letters
             && std::equal(read.shingles.begin(), read.shingles.end(),
                           known.shingles.begin(), known.shingles.end());
    };
    CHECK(is_same(reader.read(text)));
    CHECK(is_same(reader.read(jobfarm::text::folded_text(text))));
  }
}

TEST_CASE("sketches of sets of any size agree as far as the sets do") {
  constexpr int pairs = 400;
  std::mt19937_64 random(2);
  for (std::size_t n : {1u, 5u, 30u, 300u, 2000u}) {
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < pairs; ++i) {
      auto [a, b] = a_third_alike(random, n);
      auto of_a = sketch_of(a.data(), a.size());
      auto of_b = sketch_of(b.data(), b.size());
      auto equal = 0.0;
      for (std::size_t bin = 0; bin < sketch_bins; ++bin)
        equal += of_a[bin] == of_b[bin];
      sum += equal / sketch_bins;
      squares += equal * equal / sketch_bins / sketch_bins;
    }
    INFO(n << " of " << 3 * n << " in both");
    auto mean = sum / pairs;
    CHECK(mean == Approx(1.0 / 3).margin(0.02));
    // No more spread than that of bins which know nothing of each other.
    auto independent = std::sqrt(mean * (1 - mean) / sketch_bins);
    CHECK(std::sqrt(squares / pairs - mean * mean) < 1.15 * independent);
  }
}

TEST_CASE("a set whose hashes are the highest there are has a sketch") {
  // Thrown freely it never comes into the first bin, and where it is thrown
  // into it the bits that are kept of its hash are all 1.
  const std::uint64_t highest = 0x168dfe53d;
  auto made = sketch_of(&highest, 1);
  CHECK(made == sketch_of(&highest, 1));
  CHECK(made.front() == 0xffff'fffe);
}

TEST_CASE("the outlines of two sets bound how they overlap") {
  std::mt19937_64 random(7);
  auto some = [&](std::size_t count) {
    shingle_set made(count);
    for (auto& one : made)
      one = random();
    return made;
  };
  for (auto size : {0, 1, 12, 300, 1000, 4000})
    for (auto shared : {0, 1, 10, 300, 900})
      for (auto of_other : {0, 5, 600}) {
        auto a = some(static_cast<std::size_t>(size));
        auto b = some(static_cast<std::size_t>(of_other));
        b.insert(b.end(), a.begin(), a.begin() + std::min(shared, size));
        auto most = overlap_bound(outline_of(a), outline_of(b));
        auto real = overlap_of(a, b);
        CHECK(most.jaccard >= real.jaccard);
        CHECK(most.containment >= real.containment);
        CHECK(most.containment <= 1);
      }
  CHECK(overlap_bound(outline_of({}), outline_of({})).jaccard == 1);
  auto strangers =
      overlap_bound(outline_of(some(1000)), outline_of(some(1000)));
  CHECK(strangers.jaccard < 0.65);
  CHECK(strangers.containment < 0.8);
}

TEST_CASE("hashes that crowd one place of a table are told apart in time") {
  // In a table this would be 10^11 steps.
  constexpr std::uint64_t many = 400'000;
  std::vector<std::uint64_t> all;
  for (std::uint64_t i = 1; i <= many; ++i)
    all.insert(all.end(), {many + 1 - i, i % 1000 + 1});
  const auto set = without_repeats({all.data(), all.data() + all.size()});
  REQUIRE(set.size() == many);
  CHECK(set[0] == many);
  CHECK(set[1] == 2);
  CHECK(set[2] == many - 1);
  shingle_set half(set.begin(), set.begin() + many / 2);
  CHECK(overlap_of(set, half).jaccard == 0.5);
  CHECK(overlap_of(half, set).containment == 1.0);
}
