#include "actors/report/streamed_table.hpp"

#include "messages/json_writer.hpp"

#include <algorithm>
#include <cctype>

namespace jobfarm::report {

namespace {

/// Limits of Excel: links a sheet, characters a link.
constexpr std::size_t most_links = 65'530;
constexpr std::size_t longest_link = 2'079;

bool is_web_link(std::string_view url) {
  auto begins = [&](std::string_view head) {
    return url.substr(0, head.size()) == head;
  };
  return url.size() <= longest_link
         && (begins("https://") || begins("http://"));
}

/// The reference that stands for a character, in text as in attribute values
/// (XML 1.0, 2.4); empty for one that stands for itself.
constexpr std::string_view reference_of(char c) {
  switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\n': return "&#10;";
    case '\t': return "&#9;";
    default: return {};
  }
}

void append_xml(std::string& out, std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    auto reference = reference_of(text[at]);
    if (reference.empty())
      continue;
    out += text.substr(begin, at - begin);
    out += reference;
    begin = at + 1;
  }
  out += text.substr(begin);
}

bool is_hex(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

/// Percent-encodes what a URI cannot hold (RFC 3986 2); what is encoded stays.
void append_uri(std::string& out, std::string_view url) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  constexpr std::string_view no_uri = " \"<>[]^`{}|\\\n\t";
  std::string clean;
  for (std::size_t i = 0; i < url.size(); ++i) {
    auto is_escape =
        i + 2 < url.size() && is_hex(url[i + 1]) && is_hex(url[i + 2]);
    if (url[i] == '%' ? is_escape : no_uri.find(url[i]) == no_uri.npos) {
      clean += url[i];
      continue;
    }
    auto byte = static_cast<unsigned char>(url[i]);
    clean += {'%', hex[byte >> 4], hex[byte & 15]};
  }
  append_xml(out, clean);
}

void append_integer(std::string& out, std::size_t value) {
  json::append_number(out, static_cast<std::int64_t>(value));
}

/// Columns have one letter: there are fewer than 26.
char letter(std::size_t column) {
  return static_cast<char>('A' + column);
}
static_assert(row::width <= 26);

void begin_cell(std::string& out, std::size_t column, std::uint32_t row_number,
                int style) {
  out += "<c r=\"";
  out += letter(column);
  append_integer(out, row_number);
  if (style != 0) {
    out += "\" s=\"";
    append_integer(out, static_cast<std::size_t>(style));
  }
}

void append_number(std::string& out, double value) {
  out += "\"><v>";
  json::append_number(out, value);
  out += "</v></c>";
}

void append_text(std::string& out, std::string_view text) {
  auto is_space = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  out += "\" t=\"inlineStr\"><is><t";
  // Else a reader may drop it.
  if (is_space(text.front()) || is_space(text.back()))
    out += " xml:space=\"preserve\"";
  out += '>';
  append_xml(out, text);
  out += "</t></is></c>";
}

int style_of(const cell_styles& styles, cell_kind kind) {
  switch (kind) {
    case cell_kind::number: return styles.number;
    case cell_kind::score: return styles.score;
    case cell_kind::date: return styles.date;
    default: return 0;
  }
}

std::size_t link_column() {
  const auto& all = columns();
  auto found = std::find_if(all.begin(), all.end(), [](const column& one) {
    return one.kind == cell_kind::link;
  });
  return static_cast<std::size_t>(found - all.begin());
}

} // namespace

streamed_table::streamed_table(std::uint32_t first, std::size_t count,
                               const cell_styles& styles,
                               std::vector<const row*> rows)
    : first_(first),
      count_(count),
      styles_(styles),
      rows_(std::move(rows)),
      link_column_(link_column()) {
  for (std::size_t i = 0; i < rows_.size() && links_.size() < most_links; ++i)
    if (link_column_ < count_ && is_web_link((*rows_[i])[link_column_].text))
      links_.push_back(static_cast<std::uint32_t>(i));
}

void streamed_table::append_link_cell(std::string& out, std::size_t index,
                                      std::string_view url) const {
  auto is_link = !links_.empty() && index <= links_.back() && is_web_link(url);
  begin_cell(out, link_column_, first_ + static_cast<std::uint32_t>(index),
             is_link ? styles_.link : 0);
  append_text(out, is_link ? "open" : url);
}

void streamed_table::append_row(std::string& out, std::size_t index) const {
  auto number = first_ + static_cast<std::uint32_t>(index);
  out += "<row r=\"";
  append_integer(out, number);
  out += "\">";
  for (std::size_t i = 0; i < count_; ++i) {
    auto value = (*rows_[index])[i];
    if (value.number) {
      begin_cell(out, i, number, style_of(styles_, columns()[i].kind));
      append_number(out, *value.number);
    } else if (value.text.empty()) {
      continue;
    } else if (i == link_column_) {
      append_link_cell(out, index, value.text);
    } else {
      begin_cell(out, i, number, 0);
      append_text(out, value.text);
    }
  }
  out += "</row>";
}

void streamed_table::append_hyperlink(std::string& out, std::size_t i) const {
  out += "<hyperlink ref=\"";
  out += letter(link_column_);
  append_integer(out, first_ + links_[i]);
  out += "\" r:id=\"rId";
  append_integer(out, i + 1);
  auto url = url_of_link(i);
  if (auto mark = url.find('#'); mark != url.npos) {
    out += "\" location=\"";
    append_uri(out, url.substr(mark + 1));
  }
  out += "\"/>";
}

void streamed_table::append_relationship(std::string& out,
                                         std::size_t i) const {
  auto url = url_of_link(i);
  out += "<Relationship Id=\"rId";
  append_integer(out, i + 1);
  out += "\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
         "relationships/hyperlink\" TargetMode=\"External\" Target=\"";
  append_uri(out, url.substr(0, url.find('#')));
  out += "\"/>";
}

std::string_view streamed_table::url_of_link(std::size_t i) const {
  return (*rows_[links_[i]])[link_column_].text;
}

std::string streamed_table::dimension() const {
  auto last = first_ + static_cast<std::uint32_t>(rows_.size()) - 1;
  return "<dimension ref=\"A1:" + std::string(1, letter(count_ - 1))
         + std::to_string(last) + "\"/>";
}

piece_source streamed_table::links() const {
  if (links_.empty())
    return whole({});
  return joined({whole("<hyperlinks>"),
                 counted(links_.size(),
                         [this](std::string& out, std::size_t i) {
                           append_hyperlink(out, i);
                         }),
                 whole("</hyperlinks>")});
}

piece_source streamed_table::sheet_of(const std::string& frame) const {
  auto extent_at = frame.find("<dimension ");
  auto extent_end = frame.find("/>", extent_at) + 2;
  auto rows_at = frame.find("</sheetData>");
  auto links_at = frame.find("<pageMargins ");
  return joined(
      {whole(frame.substr(0, extent_at) + dimension()
             + frame.substr(extent_end, rows_at - extent_end)),
       counted(rows_.size(),
               [this](std::string& out, std::size_t i) { append_row(out, i); }),
       whole(frame.substr(rows_at, links_at - rows_at)), links(),
       whole(frame.substr(links_at))});
}

piece_source streamed_table::relationships() const {
  // ECMA-376 part 2, 9.3.
  return joined(
      {whole("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
             "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/"
             "2006/relationships\">"),
       counted(links_.size(),
               [this](std::string& out, std::size_t i) {
                 append_relationship(out, i);
               }),
       whole("</Relationships>")});
}

std::uint64_t streamed_table::most_bytes() const {
  // What stands around a value: tags, references, a link's relationship.
  constexpr std::uint64_t around_a_row = row::width * 64 + 320;
  // "&" of a text takes five bytes; a link is written twice.
  constexpr std::uint64_t longest_escape = 6;
  std::uint64_t bytes = 0;
  for (const auto* one : rows_)
    bytes += around_a_row + longest_escape * 2 * one->text_bytes();
  return bytes;
}

} // namespace jobfarm::report
