#include "actors/sources/page_text.hpp"

#include "tests/sources/page_fixture.hpp"

using namespace jobfarm;
using namespace jobfarm::test;
using sources::page_text;
using namespace std::string_literals;

TEST_CASE("a page is read in the encoding that it states") {
  const std::string latin = "caf\xE9 \x80";
  CHECK(page_text(latin, "text/html; charset=ISO-8859-1") == "café €");
  CHECK(page_text(latin, "text/html;Charset = \"iso-8859-15\"; q")
        == "café \xC2\x80");
  CHECK(page_text("<meta charset=\"windows-1251\"><p>\xCF", "text/html")
        == "<meta charset=\"windows-1251\"><p>П");
  CHECK(page_text("<META http-equiv=Content-Type content='text/html; "
                  "charset=Shift_JIS'>\x93\xFA",
                  "")
        == "<META http-equiv=Content-Type content='text/html; "
           "charset=Shift_JIS'>日");
  CHECK(page_text("\xFE\xFF\0<\0\xE9"s, "text/html; charset=utf-8")
        == "\uFEFF<é");
}

TEST_CASE("a header goes before a meta, a comment says nothing") {
  CHECK(page_text("<meta charset=greek>\xE1", "text/html; charset=latin1")
        == "<meta charset=greek>á");
  CHECK(page_text("<!-- <meta charset=greek> -->\xE1", "text/html")
        == "<!-- <meta charset=greek> -->á");
  CHECK(page_text("<metal charset=greek>\xE1", "") == "<metal charset=greek>á");
}

TEST_CASE("a page of UTF-8 stays it, whatever it says") {
  const std::string utf8 = "<meta charset=iso-8859-1>café";
  CHECK(page_text(utf8, "text/html; charset=ISO-8859-1") == utf8);
  CHECK(page_text("caf\xC3\xA9 \xFF", "") == "café \uFFFD");
  CHECK(page_text("<meta charset=utf-16>caf\xE9", "")
        == "<meta charset=utf-16>caf\uFFFD");
  CHECK(page_text("\x1B$BF|K\\\x1B(B", "text/html; charset=iso-2022-jp")
        == "日本");
}

TEST_CASE("a posting of a page in another encoding has its letters") {
  auto context = context_for("https://site.example/jobs/7");
  context.content_type = "text/html; charset=windows-1252";
  auto page = sources::jsonld.parse(
      R"(<script type="application/ld+json">{"@type":"JobPosting",)"
      "\"title\":\"Ing\xE9nieur \x96 Qualit\xE9\",\"hiringOrganization\":"
      "\"Soci\xE9t\xE9\"}</script>",
      context);
  REQUIRE(page);
  CHECK(page->postings.at(0).title == "Ingénieur – Qualité");
  CHECK(page->postings.at(0).company == "Société");
}
