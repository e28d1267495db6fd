#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::sources {

/// One tag of a page.
struct page_tag {
  /// Lower case.
  std::string name;
  bool is_end = false;
  /// The text between name and `>`.
  std::string_view attributes;
  /// Where the tag begins and where the text after it does.
  std::size_t begin = 0;
  std::size_t end = 0;
  /// Of `script` and `style`: all up to the end tag, unread.
  std::string_view raw_text;
  /// The page ends before the end tag of `raw_text`.
  bool is_cut_off = false;
};

/// Walks the tags of a page in order, without building a tree. Comments are
/// passed over, scripts and styles come as one tag with their text. Any
/// bytes; linear in time. Holds a view: the page outlives it.
class tag_reader {
public:
  explicit tag_reader(std::string_view html, std::size_t from = 0)
      : html_(html), pos_(from) {
  }

  /// The next tag, or nothing at the end.
  std::optional<page_tag> next();

  /// Goes on at `pos`, which is not before the last tag's end.
  void skip_to(std::size_t pos) {
    pos_ = pos;
  }

private:
  bool skip_comment();
  std::optional<page_tag> read_tag();
  void read_raw_text(page_tag& tag);

  std::string_view html_;
  std::size_t pos_;
  bool has_comment_ends_ = true;
};

/// The value of `name` (lower case) among a tag's attributes with entities
/// decoded, or nothing if it is not there.
std::optional<std::string> attribute(const page_tag& tag,
                                     std::string_view name);

/// True if the tag's class list has `name`, or with `is_prefix` one that
/// begins with it.
bool has_class(const page_tag& tag, std::string_view name,
               bool is_prefix = false);

/// What is between a start tag and its end tag, at most `max_bytes`.
std::string_view inner_html(std::string_view html, const page_tag& tag,
                            std::size_t max_bytes = 4096);

/// The text of a fragment of a page on one line.
std::string one_line(std::string_view html);

} // namespace jobfarm::sources
