#include "actors/text/folded_text.hpp"
#include "actors/text/phrase_scanner.hpp"
#include "actors/text/phrase_sieve.hpp"
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

TEST_CASE("a sign of Latin-1 ends a word") {
  CHECK(found({"ano", "fee"}, "1 a\xC3\xB1o\xC2\xA1 \xC2\xAB"
                              "fee\xC2\xBB")
        == "ano|fee|");
}

TEST_CASE("scripts without blanks have no words to be whole") {
  CHECK(found({"年薪", "薪"}, "税前年薪30万") == "年薪|薪|");
  CHECK(found({"월급"}, "세후월급250") == "월급|");
}

TEST_CASE("phrases inside phrases are all found") {
  CHECK(found({"he", "she", "his", "hers", "*hers*"}, "she hers")
        == "she|hers|*hers*|");
  CHECK(found({"base pay", "pay", "pay range"}, "base pay range")
        == "base pay|pay|pay range|");
}

TEST_CASE("short, open and single-mark phrases are found beside any word") {
  CHECK(found({"ar*", "ral"}, "arlig ral, rally") == "ar*|ral|");
  CHECK(found({"/", "~"}, "a/b ~5") == "/|~|");
  CHECK(found({"薪"}, "薪30 薪a 薪") == "薪|薪|薪|");
  CHECK(found({"£"}, "£45k") == "£|");
  CHECK(found({"p/h", "/ hour", "(remote)"}, "9 p/h (Remote) / hour")
        == "p/h|(remote)|/ hour|");
}

TEST_CASE("a part of a text is scanned as a part, its words whole") {
  phrase_scanner scanner({"pay", "*gehalt"});
  folded_text text("payroll pay monatsgehalt pay");
  std::vector<std::size_t> begins;
  scanner.scan(text, 1, 24,
               [&](const auto& one) { begins.push_back(one.begin); });
  CHECK(begins == std::vector<std::size_t>{8, 18});
  begins.clear();
  scanner.scan(text, 0, 3,
               [&](const auto& one) { begins.push_back(one.begin); });
  CHECK(begins.empty());
}

TEST_CASE("a sieve finds what each of its scanners finds alone") {
  phrase_scanner plain({"no", "no remote", "remote", "visa*", "c"});
  phrase_scanner spaced(
      {"on site role", "no remote", "visa", "in the", "the office"}, "-_");
  const phrase_sieve sieve({&plain, &spaced});
  std::string given = "No remote, on-site role; visas, C/visa; no-remote\n"
                      "In the office, within the office\n";
  for (auto i = 0; i < 3; ++i)
    given += given;
  auto found_in = [](const phrase_scanner& one, const folded_text& text,
                     std::size_t from, std::size_t to) {
    std::string all;
    one.scan(text, from, to, [&](const phrase_scanner::hit& hit) {
      all += std::to_string(hit.phrase) + '@' + std::to_string(hit.begin) + '-'
             + std::to_string(hit.end) + ' ';
    });
    return all;
  };
  const folded_text alone(given);
  folded_text sifted(given);
  sifted.sift(sieve);
  for (const auto* one : {&plain, &spaced})
    for (std::size_t from = 0; from < 60; ++from)
      CHECK(found_in(*one, sifted, from, from + 70)
            == found_in(*one, alone, from, from + 70));
}

TEST_CASE("of a phrase a sieve only finds the first hit that tells all") {
  phrase_scanner scanner({"go", "rust"});
  scanner.settle_by([](const folded_text& text, const phrase_hit& one) {
    return text.original_between(one.begin, one.end) != "go";
  });
  const phrase_sieve sieve({&scanner});
  folded_text text("go on, rust: Go and rust, Go");
  text.sift(sieve);
  std::vector<std::size_t> begins;
  scanner.scan(text,
               [&](const phrase_hit& one) { begins.push_back(one.begin); });
  CHECK(begins == std::vector<std::size_t>{7, 13});
}

TEST_CASE("a sieve finds begins of words of any size") {
  phrase_scanner scanner({"visa*", "the visa", "visas", "visa free"});
  phrase_scanner short_begin({"ja*", "free"});
  const phrase_sieve sieve({&scanner, &short_begin});
  CHECK(sieve.scanners() == std::vector<const phrase_scanner*>{&scanner});
  std::string given = "The visa, visa-free ";
  for (std::string word = "visa"; word.size() < 14; word += 's')
    given += word + " ja" + word + ' ';
  const folded_text alone(given);
  folded_text sifted(given);
  sifted.sift(sieve);
  for (const auto* one : {&scanner, &short_begin}) {
    std::vector<std::size_t> wanted;
    std::vector<std::size_t> begins;
    one->scan(alone, [&](const auto& hit) { wanted.push_back(hit.begin); });
    one->scan(sifted, [&](const auto& hit) { begins.push_back(hit.begin); });
    CHECK(begins == wanted);
    CHECK(wanted.size() > 10);
  }
}

TEST_CASE("a begin of words is settled for words of any size") {
  phrase_scanner scanner({"visa*", "visa free", "visas"});
  scanner.settle_by([](const folded_text&, const phrase_hit&) { return true; });
  const phrase_sieve sieve({&scanner});
  folded_text text("visaless visa visas visa free, visahilfe visas");
  text.sift(sieve);
  std::vector<std::size_t> found;
  scanner.scan(text, [&](const phrase_hit& one) {
    found.push_back(one.phrase);
    found.push_back(one.begin);
  });
  CHECK(found == std::vector<std::size_t>{0, 0, 2, 14, 1, 20});
}

TEST_CASE("other bytes stand for the blanks of a phrase if told so") {
  phrase_scanner scanner({"on site role"}, "-_");
  auto hits = 0;
  for (auto text : {"on-site role", "on_site-role", "on site role"})
    scanner.scan(std::string_view{text}, [&](const auto&) { ++hits; });
  CHECK(hits == 3);
}

TEST_CASE("a phrase may begin at every word, mark and wide character") {
  auto begins_of = [](std::string_view text) {
    std::string all;
    folded_text folded(text);
    folded.begins().for_each(folded.folded(), 0, folded.folded().size(),
                             [&](std::size_t at, std::uint64_t head) {
                               CHECK(head == phrase_head(folded.folded(), at));
                               all += std::to_string(at) + ' ';
                             });
    return all;
  };
  CHECK(begins_of("to be, or not to be that is") == "0 3 5 7 10 14 17 20 25 ");
  CHECK(begins_of("年薪 30k") == "0 3 7 ");
  CHECK(begins_of("на руки") == "0 5 ");
  CHECK(begins_of("a’b") == "0 1 4 ");
  CHECK(begins_of("£45 /h 薪30k " + std::string(70, 'x') + " é")
        == "0 2 5 6 8 11 15 86 ");
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

TEST_CASE("a folded text knows where the digits of the original are") {
  std::string spread = "ﬁx ½5 ² ① 3 € 40" + std::string(70, ' ') + "é8 ９ 6";
  auto far = std::string(63, 'a') + "1" + std::string(64, 'b') + "2\xFF" + "3";
  auto long_text = "9" + std::string(20'000, 'c') + "7d4";
  for (const auto& original : {std::string{}, std::string{"7"}, spread, far,
                               long_text, spread + long_text + spread}) {
    const folded_text text(original);
    for (std::size_t at = 0; at <= original.size(); ++at)
      if (at < 300 || at + 300 > original.size())
        CHECK(text.next_digit(at) == original.find_first_of("0123456789", at));
  }
}

TEST_CASE("a text folds code point by code point, broken bytes too") {
  CHECK(folded_text{"A\xFFZ"}.folded() == fold_ascii("A\xFFZ"));
  CHECK(nfc("e\xCC\x81") == "\xC3\xA9");
  CHECK(nfc("“É” – 年 ½") == "“É” – 年 ½");
}
