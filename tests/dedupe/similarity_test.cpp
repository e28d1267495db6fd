#include "actors/dedupe/similarity.hpp"

#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

using namespace jobfarm;
using namespace jobfarm::dedupe;

namespace {

/// A text of few letters, so that pairs share much, some beyond ASCII.
std::string random_text(std::mt19937& random, std::size_t most) {
  constexpr const char* letters[] = {"a", "b", "c", "e",        " ",
                                     "d", "r", "s", "\xC3\xA9", "\xE6\x9D\xB1"};
  std::string text;
  for (auto size = random() % most; size > 0; --size)
    text += letters[random() % 10];
  return text;
}

} // namespace

TEST_CASE("the ratio of two texts, and its upper bound") {
  CHECK(ratio("", "") == 1.0);
  CHECK(ratio("abc", "") == 0.0);
  CHECK(ratio("abcd", "bcde") == 0.75);
  CHECK(ratio("UX/UI Designer", "Senior UX/UI Designer") == 0.8);
  std::mt19937 random(5);
  for (int i = 0; i < 200; ++i) {
    auto a = random_text(random, 60);
    auto b = random_text(random, 60);
    CHECK(ratio(a, b) <= ratio_bound(a, b) + 1e-12);
  }
}

TEST_CASE("texts by their word 3-grams") {
  CHECK(shingle_similarity("", "") == 1.0);
  CHECK(shingle_similarity("one two", "three") == 1.0);
  CHECK(shingle_similarity("a b c", "") == 0.0);
  CHECK(shingle_similarity("A b-C d", "a B c D") == 1.0);
  CHECK(shingle_similarity("a b c d", "a b c e") == Approx(1.0 / 3));
}

TEST_CASE("python's difflib agrees on ten thousand pairs") {
  if (std::system("command -v python3 >/dev/null 2>&1") != 0) {
    WARN("python3 is not installed: not checked here");
    return;
  }
  test::temporary_directory dir;
  auto pairs = (dir.path() / "pairs").string();
  auto answers = (dir.path() / "answers").string();
  auto script = (dir.path() / "oracle.py").string();
  std::mt19937 random(20261124);
  std::vector<std::pair<std::string, std::string>> all;
  std::ofstream out(pairs);
  for (int i = 0; i < 10'000; ++i) {
    // Some longer than 200, where difflib leaves popular letters out.
    auto most = i % 50 == 0 ? 400u : 60u;
    all.emplace_back(random_text(random, most), random_text(random, most));
    out << all.back().first << '\t' << all.back().second << '\n';
  }
  out.close();
  std::ofstream(script)
      << "import difflib,sys\n"
         "for line in open(sys.argv[1], encoding='utf-8', newline='\\n'):\n"
         "    a, b = line.rstrip('\\n').split('\\t')\n"
         "    print(repr(difflib.SequenceMatcher(None, a, b).ratio()))\n";
  REQUIRE(
      std::system(("python3 " + script + ' ' + pairs + " >" + answers).c_str())
      == 0);
  std::ifstream in(answers);
  std::size_t wrong = 0;
  for (const auto& [a, b] : all) {
    double wanted = -1;
    in >> wanted;
    wrong += std::abs(ratio(a, b) - wanted) > 1e-9;
  }
  CHECK(wrong == 0);
}
