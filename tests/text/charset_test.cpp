#include "actors/text/charset.hpp"

#include "actors/text/utf8.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace jobfarm::text;
using namespace std::string_literals;

namespace {

struct sample {
  std::string label;
  std::string bytes;
  std::string utf8;
};

/// One of each encoding: the same words, or a letter of its own.
const sample samples[] = {
    {"cp866", "\x8F", "П"},
    {"latin2", "\xB3", "ł"},
    {"latin3", "\xA1", "Ħ"},
    {"latin4", "\xF1", "ņ"},
    {"cyrillic", "\xBF", "П"},
    {"arabic", "\xC7", "ا"},
    {"greek", "\xE1", "α"},
    {"logical", "\xE0", "א"},
    {"latin6", "\xE6", "æ"},
    {"iso-8859-13", "\xE0", "ą"},
    {"iso-8859-14", "\xD0", "Ŵ"},
    {"l9", "\xA4", "€"},
    {"iso-8859-16", "\xA4", "€"},
    {"koi8", "\xF0", "П"},
    {"koi8-u", "\xA4", "є"},
    {"mac", "\x8E", "é"},
    {"tis-620", "\xA1", "ก"},
    {"windows-1250", "\x9C", "ś"},
    {"windows-1251", "\xCF\xF0", "Пр"},
    {"ISO-8859-1", "caf\xE9 \x96 \x80", "café – €"},
    {"windows-1253", "\xE1", "α"},
    {"latin5", "\xFE", "ş"},
    {"windows-1255", "\xE0", "א"},
    {"windows-1256", "\xC7", "ا"},
    {"windows-1257", "\xE0", "ą"},
    {"windows-1258", "\xD0", "Đ"},
    {"x-mac-cyrillic", "\x8F", "П"},
    {"gb2312", "\xD6\xD0\xCE\xC4", "中文"},
    {"gb18030", "\x81\x30\x89\x38", "ß"},
    {"big5", "\xA4\xA4\xA4\xE5", "中文"},
    {"euc-jp", "\xC6\xFC\xCB\xDC", "日本"},
    {"iso-2022-jp", "\x1B$BF|K\\\x1B(B", "日本"},
    {"Shift_JIS", "\x93\xFA\x96{", "日本"},
    {"euc-kr", "\xC7\xD1\xB1\xDB", "한글"},
    {"utf-16be", "\0a\0\xE9"s, "aé"},
    {"utf-16", "a\0\xE9\0"s, "aé"},
    {"utf8", "caf\xC3\xA9", "café"},
};

} // namespace

TEST_CASE("text of every encoding of the web becomes UTF-8") {
  for (const auto& one : samples) {
    INFO(one.label);
    auto encoding = charset_of(one.label);
    REQUIRE(encoding);
    CHECK(decode(one.bytes, *encoding) == one.utf8);
  }
}

TEST_CASE("labels are read in any case, whole") {
  CHECK(charset_of(" Latin1\n")->name == charset_of("windows-1252")->name);
  CHECK(charset_of("UTF-8")->is_utf8());
  for (const auto* none :
       {"", " ", "utf", "8859", "latin1 l1", "iso-2022-kr", "hz-gb-2312"}) {
    INFO(none);
    CHECK_FALSE(charset_of(none));
  }
}

TEST_CASE("bytes that mean nothing do not spoil what follows") {
  CHECK(decode("a\x81z", *charset_of("cp1252")) == "a\uFFFDz");
  CHECK(decode("\0\xD8z\0"s, *charset_of("utf-16le")) == "\uFFFDz");
  CHECK(decode("z\0a"s, *charset_of("utf-16le")) == "z\uFFFD");
  CHECK(decode("\x93\xFA\x93", *charset_of("sjis")) == "日\uFFFD");
}

TEST_CASE("any bytes of any encoding become valid UTF-8") {
  std::minstd_rand dice{7};
  for (const auto& one : samples)
    for (std::size_t size : {1, 7, 20000}) {
      std::string bytes(size, '\0');
      for (auto& byte : bytes)
        byte = static_cast<char>(dice() >> 8);
      auto text = decode(bytes, *charset_of(one.label));
      INFO(one.label);
      CHECK(repair_utf8(text) == text);
      CHECK(text.size() <= 4 * bytes.size());
    }
}
