#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Text in other encodings than UTF-8.
namespace jobfarm::text {

/// An encoding of web pages, by the name that iconv has for it.
struct charset {
  const char* name = nullptr;

  bool is_utf8() const noexcept;
  /// Its text may be valid UTF-8 and mean something else.
  bool looks_like_utf8() const noexcept;
};

/// The encoding that `label` names, in any case and with blanks around, by the
/// labels of the WHATWG Encoding Standard, section 4.2; nothing for others and
/// for those that the standard replaces (ISO-2022-KR and -CN, HZ).
std::optional<charset> charset_of(std::string_view label);

/// Returns `bytes` as UTF-8, U+FFFD for each byte that is none in `encoding`.
/// Any bytes; linear, at most four times their size. If the system does not
/// know the encoding, its bytes are taken for UTF-8 and repaired.
std::string decode(std::string_view bytes, charset encoding);

} // namespace jobfarm::text
