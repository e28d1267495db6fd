#include "actors/text/html.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/entity_reader.hpp"
#include "actors/text/html_elements.hpp"
#include "actors/text/page_text.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <utility>

namespace jobfarm::text {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// The bytes that may be something else than text: white space, begins of tags,
/// references. Single blanks are text: `behind` is one byte further.
block::bytes stops_in(block::bytes bytes, block::bytes behind) {
  return block::between(bytes, 0, ' ' - 1) | block::equal(bytes, '<')
         | block::equal(bytes, '&')
         | (block::equal(bytes, ' ') & block::equal(behind, ' '));
}

/// Those that may begin blank and invisible characters.
block::bytes wide_stops_in(block::bytes bytes) {
  return block::equal(bytes, 0xC2) | block::between(bytes, 0xE2, 0xE3)
         | block::equal(bytes, 0xEF);
}

/// Text up to markup and what else is no text.
struct run {
  std::size_t size;
  bool is_ascii;
};

/// Copies the run that `text` begins with, whatever its first byte is, to `to`,
/// where there is room for all of `text` and two blocks.
run copy_run(std::string_view text, char* to) {
  constexpr auto pair = 2 * block::size;
  *to = text[0];
  auto is_ascii = static_cast<unsigned char>(text[0]) < 0x80;
  const auto* from = text.data();
  std::size_t at = 1;
  for (; at + pair < text.size(); at += pair) {
    auto first = block::load(from + at);
    auto second = block::load(from + at + block::size);
    block::store(to + at, first);
    block::store(to + at + block::size, second);
    auto in_first = stops_in(first, block::load(from + at + 1));
    auto in_second = stops_in(second, block::load(from + at + block::size + 1));
    if (block::bits(in_first | first | in_second | second) == 0)
      continue;
    auto stops = block::bits(in_first) | block::bits(in_second) << block::size;
    if (block::bits(first | second) != 0) {
      is_ascii = false;
      stops |= block::bits(wide_stops_in(first))
               | block::bits(wide_stops_in(second)) << block::size;
    }
    if (stops != 0)
      return {at + block::first(stops), is_ascii};
  }
  // Zeros behind the end are stops.
  for (; at < text.size(); at += block::size) {
    auto here = block::load_part(text, at);
    block::store(to + at, here);
    auto stops = block::bits(stops_in(here, block::load_part(text, at + 1)));
    if (block::bits(here) != 0) {
      is_ascii = false;
      stops |= block::bits(wide_stops_in(here));
    }
    if (stops != 0)
      return {std::min(at + block::first(stops), text.size()), is_ascii};
  }
  return {text.size(), is_ascii};
}

/// Position after the `>` that ends the tag begun at `at`; quoted attribute
/// values may hold one. A tag that never ends takes the rest.
std::size_t tag_end(std::string_view html, std::size_t at) {
  for (; at < html.size(); ++at) {
    auto c = html[at];
    if (c == '>')
      return at + 1;
    // A quote only opens a value after `=`; elsewhere it is a stray.
    if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      auto close = html.find(c, at + 1);
      if (close == html.npos)
        continue;
      at = close;
    }
  }
  return html.size();
}

/// The bytes that text may go on with without a further look.
constexpr auto are_plain = [] {
  std::array<bool, 256> all{};
  for (std::size_t c = 0; c < all.size(); ++c)
    all[c] =
        c > ' ' && c != '&' && c != 0xC2 && c != 0xE2 && c != 0xE3 && c != 0xEF;
  return all;
}();

/// Finds `</name` from `at` on, whatever its case.
std::size_t find_close(std::string_view html, std::size_t at,
                       std::string_view name) {
  while ((at = html.find("</", at)) != html.npos) {
    if (ascii_equal(html.substr(at + 2, name.size()), name))
      return at;
    at += 2;
  }
  return html.size();
}

class html_reader {
public:
  html_reader(std::string_view html, bool keep_lines)
      : html_(html), keep_lines_(keep_lines) {
  }

  std::string read() {
    while (at_ < html_.size()) {
      auto c = html_[at_];
      if (c == '<' && (read_tag() || read_markup()))
        continue;
      if (is_html_space(c)) {
        read_space(c);
        ++at_;
      } else {
        read_text();
      }
    }
    return is_nfc_ ? text_.take() : nfc(text_.take());
  }

private:
  /// Reads a tag of those that nearly all are; false if there is none.
  bool read_tag() {
    auto tag = tags_.read(html_.substr(at_));
    if (tag.size == 0)
      return false;
    at_ += tag.size;
    apply(tag.how, {}, tag.is_closing);
    return true;
  }

  /// Reads a tag, comment or declaration; false if `<` is just a character.
  bool read_markup() {
    auto rest = html_.substr(at_);
    if (rest.size() < 2)
      return false;
    if (rest[1] == '!' || rest[1] == '?')
      return skip_declaration(rest);
    auto closing = rest[1] == '/';
    std::size_t begin = closing ? 2 : 1;
    if (begin >= rest.size() || !is_letter(rest[begin]))
      return false;
    auto name = read_tag_name(rest.substr(begin));
    auto end = begin + name.size;
    auto is_bare = end < rest.size() && rest[end] == '>';
    at_ = is_bare ? at_ + end + 1 : tag_end(html_, at_ + end);
    apply(name.how, rest.substr(begin, name.size), closing);
    return true;
  }

  bool skip_declaration(std::string_view rest) {
    if (rest.substr(0, 4) == "<!--")
      return skip_to("-->", 4);
    if (rest.substr(0, 9) == "<![CDATA[")
      return skip_to("]]>", 9);
    return skip_to(">", 2);
  }

  bool skip_to(std::string_view mark, std::size_t from) {
    auto end = html_.find(mark, at_ + from);
    at_ = end == html_.npos ? html_.size() : end + mark.size();
    return true;
  }

  void apply(flow how, std::string_view name, bool closing) {
    static constexpr std::array<int, 4> breaks = {0, 1, 2, 1};
    if (how <= flow::item)
      text_.block(breaks[static_cast<std::size_t>(how)],
                  how == flow::item && !closing);
    else
      apply_rare(how, name, closing);
  }

  void apply_rare(flow how, std::string_view name, bool closing) {
    switch (how) {
      case flow::row: text_.row(); break;
      case flow::cell:
        if (!closing)
          text_.cell();
        break;
      case flow::keep_space:
        text_.line(2);
        keep_depth_ = closing ? std::max(0, keep_depth_ - 1) : keep_depth_ + 1;
        break;
      case flow::raw:
        if (!closing)
          at_ = find_close(html_, at_, name);
        break;
      default: break;
    }
  }

  void read_text() {
    // The first character may be a `<` that opened nothing.
    do {
      auto c = html_[at_];
      if (are_plain[static_cast<unsigned char>(c)]) {
        read_run();
      } else if (is_html_space(c)) {
        read_space(c);
        ++at_;
      } else if (c == '&') {
        read_reference();
      } else if (auto kind = blank_kind(html_.substr(at_, 3))) {
        if (kind == 1)
          text_.space();
        at_ += blank_size_;
      } else {
        read_run();
      }
    } while (at_ < html_.size() && html_[at_] != '<');
  }

  /// Reads a visible character and the text behind it, which may end with a
  /// blank.
  void read_run() {
    read_run(html_[at_]);
  }
  /// The same if `first` is what the character at hand stands for.
  void read_run(char first) {
    auto* to = text_.begin_run(html_.size() - at_ + 2 * block::size);
    auto [size, is_ascii] = copy_run(html_.substr(at_), to);
    *to = first;
    is_nfc_ = is_nfc_ && (is_ascii || is_plainly_nfc({to, size}));
    at_ += size;
    auto is_blank = to[size - 1] == ' ';
    text_.end_run(to + size - is_blank);
    if (is_blank)
      text_.space();
  }

  void read_space(char c) {
    if (c == '\n' && (keep_lines_ || keep_depth_ > 0))
      text_.hard_line();
    else
      text_.space();
  }

  void read_reference() {
    if (is_plain_ampersand()) {
      at_ += std::strlen("&amp");
      read_run('&');
      return;
    }
    std::string decoded;
    auto used = read_entity(html_.substr(at_), decoded);
    if (used == 0) {
      text_.visible("&");
      ++at_;
      return;
    }
    at_ += used;
    if (decoded == "&")
      read_escaped_reference(decoded);
    append_decoded(decoded);
  }

  /// Whether "&amp;" is at hand and begins no other reference.
  bool is_plain_ampersand() const {
    constexpr std::string_view reference = "&amp;";
    auto end = at_ + reference.size();
    return html_.substr(at_, reference.size()) == reference
           && !(end < html_.size()
                && (html_[end] == '#' || is_letter(html_[end])));
  }

  /// "&amp;nbsp;" is a blank escaped twice; "&amp;lt;" shows how to write "<".
  void read_escaped_reference(std::string& decoded) {
    auto rest = std::string{'&'};
    rest += html_.substr(at_, longest_reference);
    std::string inner;
    auto used = read_entity(rest, inner);
    if (used < 2 || rest[used - 1] != ';' || inner == "<" || inner == ">")
      return;
    at_ += used - 1;
    decoded = std::move(inner);
  }

  void append_decoded(const std::string& decoded) {
    is_nfc_ = is_nfc_ && is_plainly_nfc(decoded);
    if (decoded == "\xC2\xA0"
        || (decoded.size() == 1 && is_html_space(decoded[0])))
      text_.space();
    else if (blank_kind(decoded) == 0)
      text_.visible(decoded);
    else if (blank_kind(decoded) == 1)
      text_.space();
  }

  /// 1 for a blank, 2 for an invisible mark at the front of `text`, else 0;
  /// sets its size.
  int blank_kind(std::string_view text) {
    auto byte = [&](std::size_t i) {
      return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    if (byte(0) == 0xC2) {
      blank_size_ = 2;
      return byte(1) == 0xA0 ? 1 : byte(1) == 0xAD ? 2 : 0;
    }
    blank_size_ = 3;
    switch (byte(0) << 16 | byte(1) << 8 | byte(2)) {
      case 0xE28082: // U+2002, 2003, 2009: blanks of a width
      case 0xE28083:
      case 0xE28089:
      case 0xE280A8: // U+2028, 2029: separators
      case 0xE280A9:
      case 0xE280AF: // U+202F: narrow no-break space
      case 0xE38080: // U+3000: ideographic space
        return 1;
      case 0xE2808B: // U+200B to 200F: zero width, directions
      case 0xE2808C:
      case 0xE2808D:
      case 0xE2808E:
      case 0xE2808F:
      case 0xE280AA: // U+202A to 202E, 2066 to 2069: directions
      case 0xE280AB:
      case 0xE280AC:
      case 0xE280AD:
      case 0xE280AE:
      case 0xE281A6:
      case 0xE281A7:
      case 0xE281A8:
      case 0xE281A9:
      case 0xE281A0: // U+2060: word joiner
      case 0xEFBBBF: // U+FEFF: byte order mark
        return 2;
      default: return 0;
    }
  }

  /// The longest named references have some 30 letters.
  static constexpr std::size_t longest_reference = 40;

  std::string_view html_;
  std::size_t at_ = 0;
  std::size_t blank_size_ = 0;
  page_text text_;
  const bare_tags& tags_ = bare_tags::all();
  bool keep_lines_;
  int keep_depth_ = 0;
  /// Whether all of the text so far is plainly in NFC.
  bool is_nfc_ = true;
};

} // namespace

bool has_markup(std::string_view html) {
  for (auto at = html.find('<'); at != html.npos; at = html.find('<', at + 1))
    if (at + 1 < html.size()
        && (is_letter(html[at + 1]) || html[at + 1] == '/'
            || html[at + 1] == '!'))
      return true;
  return false;
}

std::string html_to_text(std::string_view html) {
  // Only a text that has no markup at all keeps its line breaks.
  return html_reader(html, !has_markup(html)).read();
}

} // namespace jobfarm::text
