#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::sources {

/// A place in a JSON-LD block, and what can be told from the characters around
/// it. Positions past the end read as NUL. Holds a view: the block outlives it.
class jsonld_cursor {
public:
  explicit jsonld_cursor(std::string_view block) : in_(block) {
  }

  std::size_t pos() const noexcept {
    return pos_;
  }
  std::size_t size() const noexcept {
    return in_.size();
  }
  bool done() const noexcept {
    return pos_ >= in_.size();
  }
  void move_to(std::size_t pos) noexcept {
    pos_ = pos < in_.size() ? pos : in_.size();
  }
  void advance(std::size_t n = 1) noexcept {
    move_to(pos_ + n);
  }

  char peek(std::size_t ahead = 0) const noexcept {
    return at(pos_ + ahead);
  }
  char at(std::size_t pos) const noexcept {
    return pos < in_.size() ? in_[pos] : '\0';
  }
  bool starts(std::string_view text, std::size_t pos) const noexcept {
    return pos <= in_.size() && in_.compare(pos, text.size(), text) == 0;
  }
  std::string_view slice(std::size_t from, std::size_t to) const {
    return in_.substr(from, to - from);
  }

  /// Position of the first of `any` from here on, or the end.
  std::size_t find_any(std::string_view any) const noexcept;
  /// Position of `text` from here on, or `npos`.
  std::size_t find(std::string_view text) const noexcept {
    return in_.find(text, pos_);
  }

  /// Moves over white space, comments and the marks that scripts are wrapped
  /// in (byte order mark, CDATA, `<!--`, `;`). Linear over a whole block.
  void skip_space();

  /// First position from `pos` on that is no white space.
  std::size_t past_space(std::size_t pos) const noexcept;
  /// True if the name of a member and its colon are at `pos`.
  bool is_key_at(std::size_t pos) const noexcept;
  /// The value of `\uXXXX` at `pos`, or -1.
  int code_unit_at(std::size_t pos) const noexcept;

private:
  /// The next place of a pattern; looked up again only once it is behind us,
  /// so that asking at every position stays linear.
  struct next_place {
    std::size_t place = 0;
    bool known = false;
  };

  bool skip_mark();
  void skip_html_comment();
  void skip_line_comment();

  std::string_view in_;
  std::size_t pos_ = 0;
  next_place comment_end_;
  next_place opening_;
};

/// True for a letter, digit or other character of a bare name.
bool is_jsonld_word(char c) noexcept;

/// True for JSON's four white space characters, form feed and vertical tab.
bool is_jsonld_space(char c) noexcept;

/// True for a hexadecimal digit.
bool is_hex_digit(char c) noexcept;

} // namespace jobfarm::sources
