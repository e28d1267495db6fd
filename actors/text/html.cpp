#include "actors/text/html.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/entity_reader.hpp"
#include "actors/text/html_elements.hpp"
#include "actors/text/page_text.hpp"
#include "actors/text/utf8.hpp"
#include "messages/byte_block.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace jobfarm::text {

namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_html_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/// Which bytes of a group may be something else than text: white space, begins
/// of tags, references, and of blank and invisible characters. Single blanks
/// are text. Reads one byte more.
std::uint64_t stops_in(const char* group) {
  auto stops = block::group_bits_at(group, [](const char* from) {
    auto bytes = block::load(from);
    auto behind = block::load(from + 1);
    return block::between(bytes, 0, ' ' - 1) | block::equal(bytes, '<')
           | block::equal(bytes, '&')
           | (block::equal(bytes, ' ') & block::equal(behind, ' '));
  });
  if (!block::is_ascii_group(group))
    stops |= block::group_bits(group, [](block::bytes b) {
      return block::equal(b, 0xC2) | block::between(b, 0xE2, 0xE3)
             | block::equal(b, 0xEF);
    });
  return stops;
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
      : html_(html), text_(html.size()), keep_lines_(keep_lines) {
  }

  std::string read() {
    while (at_ < html_.size()) {
      auto c = html_[at_];
      if (c == '<' && read_markup())
        continue;
      if (is_html_space(c)) {
        read_space(c);
        ++at_;
      } else {
        read_text();
      }
    }
    return text_.take();
  }

private:
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
    if (how <= flow::item) {
      constexpr std::array<int, 4> breaks = {0, 1, 2, 1};
      text_.block(breaks[static_cast<std::size_t>(how)],
                  how == flow::item && !closing);
      return;
    }
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
    auto begin = at_;
    auto flush = [&] { read_run(html_.substr(begin, at_ - begin)); };
    // The first character may be a `<` that opened nothing.
    do {
      auto c = html_[at_];
      if (are_plain[static_cast<unsigned char>(c)]) {
        at_ = next_stop(at_ + 1);
      } else if (is_html_space(c)) {
        flush();
        read_space(c);
        begin = ++at_;
      } else if (c == '&') {
        flush();
        read_reference();
        begin = at_;
      } else if (auto kind = blank_kind(html_.substr(at_, 3))) {
        flush();
        if (kind == 1)
          text_.space();
        at_ += blank_size_;
        begin = at_;
      } else {
        at_ = next_stop(at_ + 1);
      }
    } while (at_ < html_.size() && html_[at_] != '<');
    flush();
  }

  /// Text that may end with a blank.
  void read_run(std::string_view run) {
    if (run.empty())
      return;
    auto is_blank = run.back() == ' ';
    text_.visible(run.substr(0, run.size() - is_blank));
    if (is_blank)
      text_.space();
  }

  /// The first place from `at` on that may be something else than text.
  std::size_t next_stop(std::size_t at) {
    for (; at < html_.size(); at = group_ + block::group_size) {
      if (at - group_ >= block::group_size)
        read_group(at);
      if (auto stops = stops_ >> (at - group_))
        return at + static_cast<std::size_t>(__builtin_ctzll(stops));
    }
    return html_.size();
  }

  /// Zeros behind the end of the text are stops.
  void read_group(std::size_t at) {
    group_ = at;
    std::array<char, block::group_size + 1> last;
    const auto* group = html_.data() + at;
    if (at + last.size() > html_.size()) {
      last = {};
      html_.copy(last.data(), last.size(), at);
      group = last.data();
    }
    stops_ = stops_in(group);
  }

  void read_space(char c) {
    if (c == '\n' && (keep_lines_ || keep_depth_ > 0))
      text_.hard_line();
    else
      text_.space();
  }

  void read_reference() {
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
  bool keep_lines_;
  int keep_depth_ = 0;
  /// Where the group begins that was read last; none was yet.
  std::size_t group_ = std::size_t{0} - block::group_size;
  std::uint64_t stops_ = 0;
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
  return nfc(html_reader(html, !has_markup(html)).read());
}

} // namespace jobfarm::text
