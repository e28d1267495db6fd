#include "actors/sources/jsonld_tolerant.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using jobfarm::sources::read_tolerantly;
using nlohmann::json;

namespace {

json only(const std::string& block) {
  auto reading = read_tolerantly(block);
  INFO(block << " -> " << reading.problem);
  REQUIRE(reading.problem.empty());
  REQUIRE(reading.values.size() == 1);
  return json::parse(reading.values[0]);
}

} // namespace

TEST_CASE("what templates leave in a block is read as it was meant") {
  CHECK(only(R"({"a":"b",})") == json{{"a", "b"}});
  CHECK(only(R"([1,2,,])") == json::array({1, 2}));
  CHECK(only("\xEF\xBB\xBF{\"a\":1};") == json{{"a", 1}});
  CHECK(only("<!-- {\"a\":1} -->") == json{{"a", 1}});
  CHECK(only("<!-- made by hand --> {\"a\":1}") == json{{"a", 1}});
  CHECK(only("//<![CDATA[\n{\"a\":1}\n//]]>") == json{{"a", 1}});
  CHECK(only("/*<![CDATA[*/{\"a\":1}/*]]>*/") == json{{"a", 1}});
  CHECK(only("{\"a\":1, // one\n\"b\":/* two */2}")
        == json{{"a", 1}, {"b", 2}});
  CHECK(only("{\"a\":\"x\n\ty\"}") == json{{"a", "x\n\ty"}});
  CHECK(only(R"({"a":"it\'s"})") == json{{"a", "it's"}});
  CHECK(only(R"({a:undefined,b:NaN,'c':'d'})")
        == json{{"a", nullptr}, {"b", nullptr}, {"c", "d"}});
  CHECK(only(R"({"a":,"b":{{ name }}})")
        == json{{"a", nullptr}, {"b", nullptr}});
  CHECK(only(R"({"a":"1" "b":2})") == json{{"a", "1"}, {"b", 2}});
  CHECK(only(R"({"d":2026-11-01})") == json{{"d", "2026-11-01"}});
  CHECK(only("{&quot;a&quot;:&quot;b&quot;}") == json{{"a", "b"}});
  CHECK(only(R"({\"a\":\"b \\\"c\\\"\"})") == json{{"a", "b \"c\""}});
  CHECK(only(R"({"id":123456789012345678901,"n":007,"x":1e999})")
        == json{{"id", "123456789012345678901"}, {"n", "007"}, {"x", "1e999"}});
  CHECK(only("var job = {\"a\":1};") == json{{"a", 1}});
  CHECK(only(R"({"a":"\ud83d x","b":"\ud83d\ude00"})")
        == json{{"a", "\xEF\xBF\xBD x"}, {"b", "\xF0\x9F\x98\x80"}});
}

TEST_CASE("quotes inside a text do not end it") {
  CHECK(only(R"({"a":"say "hi" to us","b":1})")
        == json{{"a", "say \"hi\" to us"}, {"b", 1}});
  CHECK(only(R"({"a":"a "b", c","d":"e"})")
        == json{{"a", "a \"b\", c"}, {"d", "e"}});
  CHECK(only(R"({"a":"<p class="x">y</p>"})")
        == json{{"a", "<p class=\"x\">y</p>"}});
}

TEST_CASE("values in a row are all read, garbage after them is not") {
  auto reading = read_tolerantly(R"({"a":1}{"b":2} [3] trailing words)");
  CHECK(reading.problem.empty());
  CHECK(reading.values
        == std::vector<std::string>{R"({"a":1})", R"({"b":2})", "[3]"});
}

TEST_CASE("a value that is cut off is a problem, not a value") {
  for (auto block : {"{", "{\"a\"", "{\"a\":", "{\"a\":\"b", "{\"a\":[1,",
                     "{\"a\":1", "[\"\\", "{\"a\":tru"}) {
    auto reading = read_tolerantly(block);
    INFO(block);
    CHECK(reading.values.empty());
    CHECK_FALSE(reading.problem.empty());
  }
}

TEST_CASE("depth is limited") {
  auto reading = read_tolerantly(std::string(100000, '['));
  CHECK(reading.values.empty());
  CHECK(reading.problem.find("too deep") != std::string::npos);
}

TEST_CASE("whatever the bytes, what is read is JSON") {
  const std::string text =
      R"({"a":["x 'y' "z"",{b:'c',}], /* d */ "e":\u0041 & <!-- --> {{f}} })";
  for (std::size_t cut = 0; cut <= text.size(); ++cut)
    for (auto garbage : {"", "\"", "}", "\\", "{", "/*", "\x01", "&quot;"}) {
      auto block = text.substr(0, cut) + garbage + text.substr(cut);
      for (const auto& value : read_tolerantly(block).values) {
        INFO(block << " -> " << value);
        CHECK(json::accept(value));
      }
    }
}
