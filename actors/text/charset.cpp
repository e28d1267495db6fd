#include "actors/text/charset.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/utf8.hpp"

#include <iconv.h>

#include <algorithm>
#include <cerrno>

namespace jobfarm::text {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct charset_row {
  charset encoding;
  /// With a blank between them.
  std::string_view labels;
};

/// WHATWG Encoding Standard, 4.2 "Names and labels". The encodings of Windows
/// hold what ISO-8859-1, Shift_JIS and the like have, GB18030 what GBK has.
constexpr charset_row rows[] = {
  {{"UTF-8"},
   "unicode-1-1-utf-8 utf-8 utf8"},
  {{"IBM866"},
   "866 cp866 csibm866 ibm866"},
  {{"ISO-8859-2"},
   "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 "
   "iso_8859-2:1987 l2 latin2"},
  {{"ISO-8859-3"},
   "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 "
   "iso_8859-3:1988 l3 latin3"},
  {{"ISO-8859-4"},
   "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 "
   "iso_8859-4:1988 l4 latin4"},
  {{"ISO-8859-5"},
   "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 "
   "iso88595 iso_8859-5 iso_8859-5:1988"},
  {{"ISO-8859-6"},
   "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 "
   "iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 iso8859-6 iso88596 "
   "iso_8859-6 iso_8859-6:1987"},
  {{"ISO-8859-7"},
   "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 "
   "iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 "
   "sun_eu_greek"},
  {{"ISO-8859-8"},
   "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e "
   "iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 visual "
   "csiso88598i iso-8859-8-i logical"},
  {{"ISO-8859-10"},
   "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
  {{"ISO-8859-13"},
   "iso-8859-13 iso8859-13 iso885913"},
  {{"ISO-8859-14"},
   "iso-8859-14 iso8859-14 iso885914"},
  {{"ISO-8859-15"},
   "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
  {{"ISO-8859-16"},
   "iso-8859-16"},
  {{"KOI8-R"},
   "cskoi8r koi koi8 koi8-r koi8_r"},
  {{"KOI8-U"},
   "koi8-u"},
  {{"MACINTOSH"},
   "csmacintosh mac macintosh x-mac-roman"},
  {{"CP874"},
   "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
  {{"CP1250"},
   "cp1250 windows-1250 x-cp1250"},
  {{"CP1251"},
   "cp1251 windows-1251 x-cp1251"},
  {{"CP1252"},
   "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 "
   "iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 l1 latin1 "
   "us-ascii windows-1252 x-cp1252"},
  {{"CP1253"},
   "cp1253 windows-1253 x-cp1253"},
  {{"CP1254"},
   "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 "
   "iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254"},
  {{"CP1255"},
   "cp1255 windows-1255 x-cp1255"},
  {{"CP1256"},
   "cp1256 windows-1256 x-cp1256"},
  {{"CP1257"},
   "cp1257 windows-1257 x-cp1257"},
  {{"CP1258"},
   "cp1258 windows-1258 x-cp1258"},
  {{"MAC-UK"},
   "x-mac-cyrillic x-mac-ukrainian"},
  {{"GB18030"},
   "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk "
   "iso-ir-58 x-gbk gb18030"},
  {{"BIG5-HKSCS"},
   "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
  {{"EUC-JP-MS"},
   "cseucpkdfmtjapanese euc-jp x-euc-jp"},
  {{"ISO-2022-JP"},
   "csiso2022jp iso-2022-jp"},
  {{"CP932"},
   "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j "
   "x-sjis"},
  {{"UHC"},
   "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 "
   "ks_c_5601-1989 ksc5601 ksc_5601 windows-949"},
  {{"UTF-16BE"},
   "utf-16be"},
  {{"UTF-16LE"},
   "utf-16 utf-16le"},
};

bool has_word(std::string_view words, std::string_view word) {
  for (auto at = words.find(word); at != std::string_view::npos;
       at = words.find(word, at + 1)) {
    auto end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ')
        && (end == words.size() || words[end] == ' '))
      return true;
  }
  return false;
}

/// iconv's state of one text.
class converter {
public:
  explicit converter(charset from) : handle_(iconv_open("UTF-8", from.name)) {
  }

  ~converter() {
    if (is_open())
      iconv_close(handle_);
  }

  converter(const converter&) = delete;
  converter& operator=(const converter&) = delete;

  bool is_open() const {
    return handle_ != reinterpret_cast<iconv_t>(-1);
  }

  /// Appends what can be read of `bytes` to `out` and takes it off; false if
  /// the next byte cannot.
  bool read(std::string_view& bytes, std::string& out) {
    char buffer[8192];
    auto* to = buffer;
    auto room = sizeof buffer;
    auto* from = const_cast<char*>(bytes.data());
    auto left = bytes.size();
    auto done = iconv(handle_, &from, &left, &to, &room);
    auto is_short = done == static_cast<std::size_t>(-1) && errno == E2BIG;
    out.append(buffer, sizeof buffer - room);
    bytes.remove_prefix(bytes.size() - left);
    return is_short || bytes.empty();
  }

  /// Appends a letter that was kept back for the mark that might follow it.
  void finish(std::string& out) {
    char buffer[16];
    auto* to = buffer;
    auto room = sizeof buffer;
    iconv(handle_, nullptr, nullptr, &to, &room);
    out.append(buffer, sizeof buffer - room);
  }

private:
  iconv_t handle_;
};

} // namespace

bool charset::is_utf8() const noexcept {
  return name == std::string_view{"UTF-8"};
}

bool charset::looks_like_utf8() const noexcept {
  constexpr std::string_view such[] = {"UTF-16LE", "UTF-16BE", "ISO-2022-JP"};
  return std::find(std::begin(such), std::end(such), name) != std::end(such);
}

std::optional<charset> charset_of(std::string_view label) {
  auto wanted = ascii_lower(ascii_trim(label));
  if (wanted.empty() || wanted.find(' ') != std::string::npos)
    return std::nullopt;
  auto* row = std::find_if(
      std::begin(rows), std::end(rows),
      [&](const auto& one) { return has_word(one.labels, wanted); });
  if (row == std::end(rows))
    return std::nullopt;
  return row->encoding;
}

std::string decode(std::string_view bytes, charset encoding) {
  converter from{encoding};
  if (encoding.is_utf8() || !from.is_open())
    return repair_utf8(bytes);
  auto is_wide = std::string_view{encoding.name}.substr(0, 6) == "UTF-16";
  std::size_t unit = is_wide ? 2 : 1;
  std::string out;
  while (!bytes.empty()) {
    if (from.read(bytes, out))
      continue;
    out += replacement;
    bytes.remove_prefix(std::min(unit, bytes.size()));
  }
  from.finish(out);
  return out;
}

} // namespace jobfarm::text
