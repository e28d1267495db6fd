#include "actors/text/utf8.hpp"

#include "actors/text/ascii.hpp"
#include "messages/byte_block.hpp"
#include "messages/utf8_point.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace jobfarm::text {

namespace {

bool is_ascii(std::string_view text) {
  return block::ascii_end(text, 0) == text.size();
}

/// Code points that are their own NFC whatever stands beside them, by blocks;
/// none is a combining mark, a conjoining jamo or a singleton. From
/// DerivedNormalizationProps.txt (NFC_QC=Yes) and ccc=0.
bool is_nfc_inert(char32_t c) {
  if (c < 0x300)
    return true;
  if (c < 0x530)
    return c >= 0x370 && c != 0x374 && c != 0x37E && c != 0x387
           && !(c >= 0x483 && c <= 0x489);
  return (c >= 0x2010 && c <= 0x205E) || (c >= 0x20A0 && c <= 0x20CF)
         || (c >= 0x2190 && c <= 0x22FF) || (c >= 0x2500 && c <= 0x27BF)
         || (c >= 0x3000 && c <= 0x3029) || (c >= 0x3030 && c <= 0x3096)
         || (c >= 0x30A0 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF)
         || (c >= 0xAC00 && c <= 0xD7A3) || (c >= 0xFF01 && c <= 0xFFEE)
         || (c >= 0x1F300 && c <= 0x1FAFF);
}

/// Takes one code point off `rest`, U+FFFD for a byte that is none.
char32_t take(std::string_view& rest) {
  auto point = first_point(rest);
  rest.remove_prefix(std::max<std::size_t>(point.size, 1));
  return point.value;
}

void append(std::string& out, char32_t point) {
  utf8proc_uint8_t bytes[4];
  auto length =
      utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
  out.append(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(length));
}

/// Calls `visit` for each part of a code point.
template <class Visit>
void decompose(char32_t point, int options, Visit visit) {
  constexpr std::size_t most = 18; // of U+FDFA
  std::array<utf8proc_int32_t, most> parts;
  int unused = 0;
  auto count =
      utf8proc_decompose_char(static_cast<utf8proc_int32_t>(point),
                              parts.data(), static_cast<utf8proc_ssize_t>(most),
                              static_cast<utf8proc_option_t>(options), &unused);
  std::for_each(parts.data(), parts.data() + count, visit);
}

using points = std::vector<utf8proc_int32_t>;

points decomposed(std::string_view text, int options) {
  points all;
  all.reserve(text.size() + 1);
  while (!text.empty())
    decompose(take(text), options, [&](auto part) { all.push_back(part); });
  return all;
}

/// Orders the marks behind each character by their classes (Unicode Standard
/// 3.11, D109). utf8proc's own way takes a time that grows with the square of
/// how many stand together.
void order_marks(points& all) {
  auto class_of = [](utf8proc_int32_t point) {
    return utf8proc_get_property(point)->combining_class;
  };
  auto is_mark = [&](utf8proc_int32_t point) { return class_of(point) != 0; };
  for (auto end = all.begin(); end != all.end();) {
    auto begin = std::find_if(end, all.end(), is_mark);
    end = std::find_if_not(begin, all.end(), is_mark);
    if (end - begin > 1)
      std::stable_sort(begin, end, [&](utf8proc_int32_t a, utf8proc_int32_t b) {
        return class_of(a) < class_of(b);
      });
  }
}

/// Returns `text`, repaired, in the normal form of these options of utf8proc.
std::string map(std::string_view text, int options) {
  auto all = decomposed(text, options);
  order_marks(all);
  auto count = static_cast<utf8proc_ssize_t>(all.size());
  all.push_back(0); // the room that encoding asks for
  auto size = utf8proc_reencode(all.data(), count,
                                static_cast<utf8proc_option_t>(options));
  return {reinterpret_cast<char*>(all.data()), static_cast<std::size_t>(size)};
}

/// True for code points that NFKC and case folding leave as they are, whatever
/// stands beside them: small Latin letters, dashes, quotes, bullets, the euro,
/// kana, Han, Hangul syllables. From DerivedNormalizationProps.txt (NFKC_CF).
bool is_fold_inert(char32_t c) {
  return (c >= 0xE0 && c <= 0xFF) || c == 0x2010 || (c >= 0x2012 && c <= 0x2016)
         || (c >= 0x2018 && c <= 0x2023) || c == 0x20AC
         || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FA)
         || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

/// Folds a text of ASCII and inert code points; nothing for other texts.
std::optional<std::string> plainly_folded(std::string_view text) {
  std::string out{text};
  for (std::size_t i = 0; i < out.size();) {
    auto c = static_cast<unsigned char>(out[i]);
    if (c < 0x80) {
      out[i] = static_cast<char>(c | (c >= 'A' && c <= 'Z') << 5);
      ++i;
      continue;
    }
    auto rest = text.substr(i);
    if (!is_fold_inert(take(rest)))
      return std::nullopt;
    i = out.size() - rest.size();
  }
  return out;
}

bool is_space(char32_t c) {
  return c == ' ' || (c >= 9 && c <= 13) || c == 0x85 || c == 0xA0
         || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028
         || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/// Zero-width and direction marks: nothing a reader sees.
bool is_invisible(char32_t c) {
  return c == 0xAD || (c >= 0x200B && c <= 0x200F)
         || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064)
         || c == 0xFEFF;
}

/// Letters whose base form is not a decomposition.
std::string_view base_letter(char32_t c) {
  switch (c) {
    case 0xF8: return "o";
    case 0x142: return "l";
    case 0x111: return "d";
    case 0x131: return "i";
    case 0xE6: return "ae";
    case 0x153: return "oe";
    case 0xFE: return "th";
    case 0xF0: return "d";
    default: return {};
  }
}

/// One code point folded without diacritics; which code points it becomes does
/// not depend on its neighbours.
std::string folded_point(char32_t point) {
  std::string out;
  decompose(point,
            UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE
                | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE | UTF8PROC_STRIPMARK,
            [&](utf8proc_int32_t part) {
              auto base = base_letter(static_cast<char32_t>(part));
              base.empty() ? append(out, static_cast<char32_t>(part))
                           : void(out += base);
            });
  return out;
}

/// The folded forms of the code points that texts use most: Latin to general
/// punctuation and letter-like signs, and kana.
class fold_table {
public:
  fold_table() {
    for (char32_t point = 0; point < low_end; ++point)
      add(point);
    for (char32_t point = kana; point < kana_end; ++point)
      add(point);
    begins_.push_back(static_cast<std::uint32_t>(forms_.size()));
  }

  /// The form of `point`; nothing if the table does not hold it.
  std::optional<std::string_view> find(char32_t point) const {
    std::size_t row = point;
    if (point >= kana && point < kana_end)
      row = low_end + (point - kana);
    else if (point >= low_end)
      return std::nullopt;
    return std::string_view{forms_}.substr(begins_[row],
                                           begins_[row + 1] - begins_[row]);
  }

private:
  static constexpr char32_t low_end = 0x2200;
  static constexpr char32_t kana = 0x3000;
  static constexpr char32_t kana_end = 0x3100;

  void add(char32_t point) {
    begins_.push_back(static_cast<std::uint32_t>(forms_.size()));
    forms_ += folded_point(point);
  }

  std::string forms_;
  std::vector<std::uint32_t> begins_;
};

} // namespace

std::string repair_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (;;) {
    auto plain = block::ascii_end(text, 0);
    out.append(text, 0, plain);
    text.remove_prefix(plain);
    if (text.empty())
      return out;
    append(out, take(text));
  }
}

bool is_plainly_nfc(std::string_view text) {
  for (;;) {
    text.remove_prefix(block::ascii_end(text, 0));
    while (!text.empty() && static_cast<unsigned char>(text[0]) >= 0x80) {
      auto point = first_point(text);
      if (point.size == 0 || !is_nfc_inert(point.value))
        return false;
      text.remove_prefix(point.size);
    }
    if (text.empty())
      return true;
  }
}

std::string nfc(std::string text) {
  if (is_plainly_nfc(text))
    return text;
  return map(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string fold(std::string_view text) {
  if (is_ascii(text))
    return ascii_lower(text);
  std::string out;
  out.reserve(text.size());
  // Nothing composes with a line break (UAX 15): each line folds alone, and
  // only lines that need it take the long way.
  for (;;) {
    auto line = text.substr(0, text.find('\n'));
    auto folded = plainly_folded(line);
    out += folded
               ? *folded
               : map(line, UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_COMPOSE
                               | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    if (line.size() == text.size())
      return out;
    out += '\n';
    text.remove_prefix(line.size() + 1);
  }
}

std::string fold_ascii(std::string_view text) {
  if (is_ascii(text))
    return ascii_lower(text);
  std::string out;
  std::string room;
  out.reserve(text.size());
  while (!text.empty()) {
    auto c = text[0];
    if (static_cast<unsigned char>(c) < 0x80) {
      out += ascii_lower(c);
      text.remove_prefix(1);
    } else {
      auto rest = text;
      auto point = take(text);
      rest.remove_suffix(text.size());
      out += folded_form(point, rest, room);
    }
  }
  return out;
}

std::string_view folded_form(char32_t point, std::string_view written,
                             std::string& room) {
  static const fold_table table;
  if (auto known = table.find(point))
    return *known;
  // Han ideographs and the replacement character are their own base form.
  if (point >= 0x4E00 && point <= 0x9FFF)
    return written;
  if (point == 0xFFFD)
    return "\xEF\xBF\xBD";
  room = folded_point(point);
  return room;
}

bool is_letter_or_number(char32_t point) {
  switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
    case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
  }
}

bool is_plain(std::string_view text) {
  if (text.empty() || text.front() == ' ' || text.back() == ' ')
    return text.empty();
  unsigned was_blank = 0;
  for (std::size_t at = 0; at < text.size(); at += block::size) {
    auto bytes = block::load_part(text, at);
    auto inside = (1U << std::min(block::size, text.size() - at)) - 1;
    auto blanks = block::bits(block::equal(bytes, ' '));
    auto others = block::bits(bytes | block::between(bytes, 0, ' ' - 1));
    if (((others & inside) | (blanks & (blanks << 1 | was_blank))) != 0)
      return false;
    was_blank = blanks >> (block::size - 1);
  }
  return true;
}

bool is_blank(std::string_view text) {
  auto is_seen = [](char c) { return c > ' '; };
  return std::none_of(text.begin(), text.end(), is_seen)
         && collapse_space(text).empty();
}

std::string collapse_space(std::string_view text) {
  if (is_plain(text))
    return std::string{text};
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  while (!text.empty()) {
    std::size_t plain = 0;
    while (plain < text.size() && text[plain] > ' ')
      ++plain;
    if (plain > 0) {
      if (gap && !out.empty())
        out += ' ';
      gap = false;
      out.append(text, 0, plain);
      text.remove_prefix(plain);
      continue;
    }
    auto point = take(text);
    if (is_invisible(point))
      continue;
    if (is_space(point)) {
      gap = true;
      continue;
    }
    if (gap && !out.empty())
      out += ' ';
    gap = false;
    append(out, point);
  }
  return out;
}

std::string repair_mojibake(std::string_view text) {
  if (is_ascii(text))
    return std::string{text};
  std::string bytes;
  for (auto rest = text; !rest.empty();) {
    auto point = take(rest);
    if (point > 0xFF)
      return std::string{text};
    bytes += static_cast<char>(point);
  }
  auto repaired = repair_utf8(bytes);
  return repaired == bytes ? bytes : std::string{text};
}

} // namespace jobfarm::text
