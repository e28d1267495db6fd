#include "actors/text/utf8.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm::text;

TEST_CASE("lines fold as the text that they make") {
  // Each has a way of its own: inert points, an ellipsis, an accent that stands
  // alone, bytes that are no text, nothing.
  const std::string lines[] = {"Caf\xC3\xA9 \xE2\x80\x93 OPEN",
                               "and so on\xE2\x80\xA6",
                               "\xCC\x81"
                               "Accent e\xCC\x81",
                               "\xFF\xFE", ""};
  for (const auto& one : lines)
    for (const auto& other : lines)
      CHECK(fold(one + '\n' + other) == fold(one) + '\n' + fold(other));
  CHECK(fold("\n\n") == "\n\n");
  CHECK(fold("A\n\xCC\x81") == "a\n\xCC\x81");
}

TEST_CASE("bytes that are no UTF-8 become the replacement character") {
  CHECK(repair_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(repair_utf8("caf\xC3\xA9") == "caf\xC3\xA9");
}

TEST_CASE("marks are ordered, however many stand together") {
  const std::string below = "\xCC\x96";
  const std::string above = "\xCC\x81";
  const std::string hook = "\xE1\xBA\xA3";
  CHECK(nfc("a" + above + below) == "\xC3\xA1" + below);
  CHECK(nfc(hook + below + above) == hook + below + above);
  CHECK(fold("\xEF\xBC\xA1" + above + below + below)
        == "\xC3\xA1" + below + below);
  // Of Tibetan: no mark by itself, but made of two.
  CHECK(nfc("\xE0\xBD\xB3\xE0\xBD\xB3")
        == "\xE0\xBD\xB1\xE0\xBD\xB1\xE0\xBD\xB2\xE0\xBD\xB2");
  std::string given = "x";
  std::string wanted = "x";
  for (auto i = 0; i < 100; ++i)
    given += above + below;
  for (const auto& mark : {below, above})
    for (auto i = 0; i < 100; ++i)
      wanted += mark;
  CHECK(nfc(given) == wanted);
}

TEST_CASE("folding forgets case, width and, where asked, diacritics") {
  CHECK(fold("STRASSE")
        == fold("Stra\xC3\x9F"
                "e"));
  CHECK(fold_ascii("S\xC3\xA3o Paulo, \xC5\x81\xC3\xB3"
                   "d\xC5\xBA, K\xC3\xB8"
                   "benhavn")
        == "sao paulo, lodz, kobenhavn");
}

TEST_CASE("spaces of every kind fold to one") {
  CHECK(collapse_space(" \xC2\xA0 a\t\n b\xE2\x80\x8B c \xEF\xBB\xBF")
        == "a b c");
}

TEST_CASE("twice encoded text is undone only where all of it is") {
  CHECK(repair_mojibake("S\xC3\x83\xC2\xA3o") == "S\xC3\xA3o");
  CHECK(repair_mojibake("S\xC3\xA3o") == "S\xC3\xA3o");
  CHECK(repair_mojibake("\xE2\x82\xAC S\xC3\x83\xC2\xA3o")
        == "\xE2\x82\xAC S\xC3\x83\xC2\xA3o");
}
