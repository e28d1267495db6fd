#include "actors/text/description.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"

#include <catch2/catch.hpp>

#include <iterator>
#include <random>
#include <utility>

using namespace jobfarm::text;

TEST_CASE("paragraphs, headings and items stand on lines of their own") {
  CHECK(html_to_text("<h2>We offer</h2><ul><li>Pay</li><li>Time</li></ul>"
                     "<p>One<br>two</p><p>Three</p>")
        == "We offer\n\n- Pay\n- Time\n\nOne\ntwo\n\nThree");
}

TEST_CASE("white space folds, blanks of every kind are one") {
  CHECK(html_to_text("<p>a \n\t b&nbsp;&#160;c\xC2\xA0 d</p>") == "a b c d");
  CHECK(html_to_text("<p>no\xC2\xA0"
                     "break\xE2\x80\x89thin</p>")
        == "no break thin");
  CHECK(html_to_text("zero\xE2\x80\x8Bwidth a <b > 1") == "zerowidth a 1");
  CHECK(html_to_text("<b>bold</b> and <i>thin</i>") == "bold and thin");
}

TEST_CASE("plain text keeps its lines") {
  CHECK(html_to_text("one\ntwo\n\nthree & <4") == "one\ntwo\n\nthree & <4");
}

TEST_CASE("what nobody sees is left out") {
  CHECK(html_to_text("<p>Hello</p><script>if (a<b) {'</p>'}</script>"
                     "<style>p{}</style><!-- <p>no</p> --><p>World</p>")
        == "Hello\n\nWorld");
  CHECK(html_to_text("<p>ze\xE2\x80\x8Bro\xEF\xBB\xBF</p>") == "zero");
}

TEST_CASE("references are decoded once") {
  CHECK(html_to_text("<p>R&amp;D &amp;lt;b&amp;gt; &eacute; &#x2264;</p>")
        == "R&D &lt;b&gt; \xC3\xA9 \xE2\x89\xA4");
  CHECK(decode_entities("&notit; &not &amp &bogus; &#; &#x; &#128;")
        == "\xC2\xACit; \xC2\xAC & &bogus; &#; &#x; \xE2\x82\xAC");
}

TEST_CASE("references are decoded wherever they stand in a long text") {
  const std::pair<std::string, std::string> pieces[] = {
      {"&lt;", "<"},
      {"&gt;", ">"},
      {"&amp;", "&"},
      {"&quot;", "\""},
      {"&#39;", "'"},
      {"&lt;", "<"},
      {"& ", "& "},
      {"a", "a"},
      {"&eacute;", "\xC3\xA9"},
      {"words", "words"},
      {std::string(70, 'x'), std::string(70, 'x')}};
  std::mt19937 dice(7);
  for (int i = 0; i < 2000; ++i) {
    std::string written;
    std::string meant;
    for (auto left = dice() % 60; left > 0; --left) {
      const auto& [entity, text] = pieces[dice() % std::size(pieces)];
      written += entity;
      meant += text;
    }
    written.shrink_to_fit();
    CHECK(decode_entities(written) == meant);
  }
}

TEST_CASE("attributes may hold a closing bracket, tags may be broken") {
  CHECK(html_to_text("<a title=\"a > b\" href='x'>link</a>") == "link");
  CHECK(html_to_text("<p>a < b</p>") == "a < b");
  CHECK(html_to_text("text <unclosed") == "text");
  CHECK(html_to_text("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr>"
                     "</table>")
        == "a | b\nc");
}

TEST_CASE("escaped HTML is told from text that shows a tag") {
  CHECK(is_escaped_html("&lt;p&gt;Hello&lt;/p&gt;"));
  CHECK_FALSE(is_escaped_html("<p>&lt;p&gt;</p>"));
  CHECK_FALSE(is_escaped_html("a &lt; b"));
  CHECK(html_to_text(decode_entities("&lt;p&gt;A&amp;nbsp;B&lt;/p&gt;"))
        == "A B");
}

TEST_CASE("any bytes give text, in linear time") {
  std::string deep;
  for (int i = 0; i < 200'000; ++i)
    deep += "<div><ul><li";
  CHECK(html_to_text(deep).size() < deep.size());
  std::string quotes(1'000'000, '<');
  CHECK_FALSE(html_to_text(quotes).empty());
  std::string all;
  for (int i = 0; i < 256; ++i)
    all += static_cast<char>(i);
  CHECK_NOTHROW(html_to_text(all + "<p" + all));
}
