#include "actors/text/charset.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/html.hpp"
#include "actors/text/phrase_scanner.hpp"
#include "actors/text/phrase_sieve.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace jobfarm::text;

/// A text folded by blocks is the text folded; one pass for two scanners finds
/// what each of them finds alone.
void check_folding(std::string_view text) {
  static const phrase_scanner plain({"a", "to", "pay", "visa*", "c++", "年薪"});
  static const phrase_scanner spaced({"a b", "on site", "the office", "é"},
                                     "-_");
  static const phrase_sieve sieve({&plain, &spaced});
  const folded_text alone(text);
  if (alone.folded() != fold_ascii(text))
    std::abort();
  folded_text sifted(text);
  sifted.sift(sieve);
  for (const auto* scanner : {&plain, &spaced}) {
    std::size_t wanted = 0;
    std::size_t found = 0;
    scanner->scan(alone, [&](const phrase_hit& one) {
      wanted = wanted * 31 + one.begin * 7 + one.end + one.phrase;
    });
    scanner->scan(sifted, [&](const phrase_hit& one) {
      found = found * 31 + one.begin * 7 + one.end + one.phrase;
    });
    if (wanted != found)
      std::abort();
  }
}

/// Text of any encoding, which its first line names, becomes UTF-8.
void check_charset(std::string_view text) {
  const auto line = text.substr(0, text.find('\n'));
  if (const auto encoding = charset_of(line)) {
    const auto decoded = decode(text.substr(line.size()), *encoding);
    if (repair_utf8(decoded) != decoded || decoded.size() > 4 * text.size())
      std::abort();
  }
}

} // namespace

// HTML, entities, URLs; the canonical form of a canonical URL is itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  std::string_view text(reinterpret_cast<const char*>(data), size);
  html_to_text(text);
  decode_entities(text);
  repair_mojibake(text);
  check_folding(text);
  check_charset(text);
  if (auto once = canonical_url(text)) {
    auto twice = canonical_url(*once);
    if (!twice || *twice != *once)
      std::abort();
  }
  return 0;
}
