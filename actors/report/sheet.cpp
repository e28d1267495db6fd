#include "actors/report/sheet.hpp"

#include <algorithm>
#include <array>

namespace jobfarm::report {

namespace {

/// Characters of the widest column.
constexpr std::size_t most_width = 60;

lxw_format* make(lxw_workbook* book, const char* number_format) {
  auto* format = workbook_add_format(book);
  if (number_format)
    format_set_num_format(format, number_format);
  return format;
}

lxw_format* coloured(lxw_workbook* book, lxw_color_t text, lxw_color_t fill) {
  auto* format = make(book, nullptr);
  format_set_font_color(format, text);
  format_set_bg_color(format, fill);
  return format;
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
      }));
}

/// Width of a column: the 95th percentile of its texts, within reason.
double width_of(std::size_t index, const std::vector<const row*>& rows) {
  const auto& head = columns()[index];
  if (head.kind == cell_kind::link)
    return 11;
  if (head.kind != cell_kind::text)
    return std::max(12.0, static_cast<double>(head.title.size()) + 3);
  std::array<std::size_t, most_width + 1> of_length{};
  for (const auto* one : rows)
    ++of_length[std::min(characters((*one)[index].text), most_width)];
  std::size_t usual = 0;
  for (auto below = of_length[0];
       below <= rows.size() * 95 / 100 && usual < most_width;
       below += of_length[usual])
    ++usual;
  auto wanted = std::max(usual, head.title.size() + 3);
  return static_cast<double>(std::min(wanted + 1, most_width));
}

lxw_col_t column_index(std::string_view title) {
  const auto& all = columns();
  auto found = std::find_if(all.begin(), all.end(), [&](const column& one) {
    return one.title == title;
  });
  return static_cast<lxw_col_t>(found - all.begin());
}

/// Fit is a bar, from none to all; quality goes from red to green.
void colour_scores(sheet& to, lxw_row_t first, lxw_row_t last,
                   std::size_t count) {
  lxw_conditional_format bar{};
  bar.type = LXW_CONDITIONAL_DATA_BAR;
  bar.bar_color = 0x9DC3E6;
  bar.min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  bar.max_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER;
  bar.max_value = 1;
  auto fit = column_index("ML Score");
  worksheet_conditional_format_range(to.get(), first, fit, last, fit, &bar);
  auto quality = column_index("Quality");
  if (quality >= count)
    return;
  lxw_conditional_format scale{};
  scale.type = LXW_CONDITIONAL_3_COLOR_SCALE;
  scale.min_color = 0xF8C9C4;
  scale.mid_color = 0xFFF2CC;
  scale.max_color = 0xC6E7C8;
  worksheet_conditional_format_range(to.get(), first, quality, last, quality,
                                     &scale);
}

void colour_remote(sheet& to, const formats& look, lxw_row_t first,
                   lxw_row_t last) {
  auto col = column_index("Remote");
  const std::pair<const char*, lxw_format*> rules[] = {{"remote", look.good},
                                                       {"hybrid", look.fair}};
  for (const auto& [word, format] : rules) {
    lxw_conditional_format rule{};
    rule.type = LXW_CONDITIONAL_TYPE_TEXT;
    rule.criteria = LXW_CONDITIONAL_CRITERIA_TEXT_CONTAINING;
    rule.value_string = const_cast<char*>(word);
    rule.format = format;
    worksheet_conditional_format_range(to.get(), first, col, last, col, &rule);
  }
}

} // namespace

formats::formats(lxw_workbook* book)
    : title(make(book, nullptr)),
      label(make(book, nullptr)),
      header(coloured(book, LXW_COLOR_WHITE, 0x1F4E79)),
      money(make(book, "#,##0")),
      score(make(book, "0.00")),
      percent(make(book, "0%")),
      date(make(book, "yyyy-mm-dd")),
      link(make(book, nullptr)),
      warning(coloured(book, 0x9C0006, 0xFFC7CE)),
      good(coloured(book, 0x1E6B2E, 0xD5F0DA)),
      fair(coloured(book, 0x7F6000, 0xFFF2CC)) {
  format_set_bold(title);
  format_set_font_size(title, 14);
  format_set_bold(label);
  format_set_bold(header);
  format_set_font_color(link, 0x0563C1);
  format_set_underline(link, LXW_UNDERLINE_SINGLE);
}

sheet::sheet(lxw_workbook* book, const std::string& name)
    : name_(name), sheet_(workbook_add_worksheet(book, name.c_str())) {
  worksheet_set_landscape(sheet_);
  worksheet_fit_to_pages(sheet_, 1, 0);
  worksheet_set_footer(sheet_, "&L&A&RPage &P of &N");
}

void sheet::note(lxw_error error) {
  failed_ = failed_ || error != LXW_NO_ERROR;
}

void sheet::text(lxw_row_t row, lxw_col_t col, const std::string& value,
                 lxw_format* format) {
  note(worksheet_write_string(sheet_, row, col, value.c_str(), format));
}

void sheet::number(lxw_row_t row, lxw_col_t col, double value,
                   lxw_format* format) {
  note(worksheet_write_number(sheet_, row, col, value, format));
}

void sheet::truth(lxw_row_t row, lxw_col_t col, bool value,
                  lxw_format* format) {
  note(worksheet_write_boolean(sheet_, row, col, value, format));
}

void sheet::formula(lxw_row_t row, lxw_col_t col, const std::string& text) {
  note(
      worksheet_write_formula_str(sheet_, row, col, text.c_str(), nullptr, ""));
}

void sheet::width(lxw_col_t col, double characters) {
  worksheet_set_column(sheet_, col, col, characters, nullptr);
}

cell_styles formats::numbers() const {
  return {lxw_format_get_xf_index(money), lxw_format_get_xf_index(score),
          lxw_format_get_xf_index(date), lxw_format_get_xf_index(link)};
}

void write_frame(sheet& to, const formats& look, lxw_row_t first,
                 std::size_t count, const std::vector<const row*>& rows) {
  const auto& all = columns();
  for (std::size_t i = 0; i < count; ++i) {
    auto col = static_cast<lxw_col_t>(i);
    to.width(col, width_of(i, rows));
    to.text(first, col, std::string{all[i].title}, look.header);
  }
  auto last_col = static_cast<lxw_col_t>(count - 1);
  auto last =
      first + static_cast<lxw_row_t>(std::max<std::size_t>(rows.size(), 1));
  worksheet_autofilter(to.get(), first, 0, last, last_col);
  worksheet_freeze_panes(to.get(), first + 1, 1);
  worksheet_repeat_rows(to.get(), first, first);
  colour_scores(to, first + 1, last, count);
  colour_remote(to, look, first + 1, last);
}

std::string sheet_name(std::string_view wanted) {
  std::string name;
  for (char c : wanted.substr(0, 31))
    name += std::string_view{"[]:*?/\\"}.find(c) == std::string_view::npos
                ? c
                : '-';
  return name;
}

} // namespace jobfarm::report
