#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_scanner.hpp"
#include "actors/text/utf8.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm::text;

namespace {

/// The phrases found in `given`, in order, `|` behind each.
std::string found(const std::vector<std::string_view>& phrases,
                  std::string_view given) {
  phrase_scanner scanner(phrases);
  std::string all;
  scanner.scan(fold_ascii(given), [&](const phrase_scanner::hit& one) {
    all += std::string{phrases[one.phrase]} + '|';
  });
  return all;
}

} // namespace

TEST_CASE("a phrase is found as whole words only") {
  CHECK(found({"fee"}, "free coffee, no fees").empty());
  CHECK(found({"fee"}, "a fee, Fee: fee") == "fee|fee|fee|");
  CHECK(found({"fee*"}, "fees") == "fee*|");
  CHECK(found({"*gehalt"}, "Jahresgehalt") == "*gehalt|");
  CHECK(found({"gehalt"}, "Jahresgehalt").empty());
  CHECK(found({"на руки"}, "100 000 на руки.") == "на руки|");
  CHECK(found({"зп"}, "базпа").empty());
}

TEST_CASE("scripts without blanks have no words to be whole") {
  CHECK(found({"年薪", "薪"}, "税前年薪30万") == "年薪|薪|");
  CHECK(found({"월급"}, "세후월급250") == "월급|");
}

TEST_CASE("phrases inside phrases are all found") {
  CHECK(found({"he", "she", "his", "hers", "*hers*"}, "she hers")
        == "she|*hers*|hers|");
  CHECK(found({"base pay", "pay", "pay range"}, "base pay range")
        == "base pay|pay|pay range|");
}

TEST_CASE("letters are compared folded") {
  CHECK(found({"vergütung"}, "VERGÜTUNG") == "vergütung|");
  CHECK(found({"mån"}, "45 000 kr/mån") == "mån|");
}

TEST_CASE("positions of a folded text lead back to the original") {
  std::string original = "ﬁx — Straße 5 € naïve";
  folded_text text(original);
  CHECK(text.folded() == fold_ascii(original));
  for (std::string_view word : {"5", "€", "naïve"}) {
    auto at = text.folded().find(fold_ascii(word));
    REQUIRE(at != std::string_view::npos);
    CHECK(text.original().substr(text.to_original(at), word.size()) == word);
    CHECK(text.to_folded(text.to_original(at)) == at);
  }
  CHECK(text.to_original(text.folded().size()) == original.size());
}

TEST_CASE("a text folds code point by code point, broken bytes too") {
  CHECK(folded_text{"A\xFFZ"}.folded() == fold_ascii("A\xFFZ"));
  CHECK(nfc("e\xCC\x81") == "\xC3\xA9");
  CHECK(nfc("“É” – 年 ½") == "“É” – 年 ½");
}
