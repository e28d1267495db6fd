#include "actors/report/sheet_xml.hpp"

#include "actors/report/table.hpp"

#include <algorithm>
#include <charconv>

namespace jobfarm::report {

namespace {

/// More than anyone types.
constexpr std::size_t most_cells = 500'000;
constexpr std::size_t most_text_bytes = 64u << 20;
constexpr std::uint32_t most_columns = 16'384;
/// Excel has no more styles than that.
constexpr std::size_t most_styles = 65'536;

template <class Number>
std::optional<Number> number_of(std::string_view text) {
  Number number{};
  auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size())
    return std::nullopt;
  return number;
}

/// "AB12" is column 27.
std::optional<std::uint32_t> column_of(std::string_view reference) {
  std::uint32_t column = 0;
  for (char c : reference) {
    if (c < 'A' || c > 'Z')
      break;
    column = column * 26 + static_cast<std::uint32_t>(c - 'A' + 1);
    if (column > most_columns)
      return std::nullopt;
  }
  if (column == 0)
    return std::nullopt;
  return column - 1;
}

bool has_end(std::string_view text, std::string_view end) {
  return text.size() >= end.size()
         && text.substr(text.size() - end.size()) == end;
}

} // namespace

bool is_date(const number_format& format) {
  // 18.8.30: the days and times that every workbook has.
  if (format.code.empty())
    return format.id >= 14 && format.id <= 22;
  auto is_quoted = false;
  for (char c : format.code) {
    if (c == '"')
      is_quoted = !is_quoted;
    else if (!is_quoted && (c == 'd' || c == 'D' || c == 'y' || c == 'Y'))
      return true;
  }
  return false;
}

void sheet_list::begin(std::string_view name, const xml_attributes& with) {
  if (name == "sheet")
    ids_.emplace(with["name"], with["id"]);
  else if (name == "workbookPr")
    are_from_1904_ = with["date1904"] == "1" || with["date1904"] == "true";
}

std::string_view sheet_list::id_of(std::string_view sheet) const {
  auto found = ids_.find(sheet);
  return found == ids_.end() ? std::string_view{} : found->second;
}

void part_names::begin(std::string_view name, const xml_attributes& with) {
  if (name != "Relationship")
    return;
  auto target = with["Target"];
  auto is_absolute = !target.empty() && target.front() == '/';
  parts_.push_back({std::string{with["Id"]}, std::string{with["Type"]},
                    is_absolute ? std::string{target.substr(1)}
                                : "xl/" + std::string{target}});
}

std::string part_names::of_id(std::string_view id) const {
  for (const auto& one : parts_)
    if (!id.empty() && one.id == id)
      return one.name;
  return {};
}

std::string part_names::of_kind(std::string_view kind) const {
  for (const auto& one : parts_)
    if (has_end(one.type, kind))
      return one.name;
  return {};
}

void sheet_cells::begin(std::string_view name, const xml_attributes& with) {
  if (name == "row") {
    row_ = number_of<std::uint32_t>(with["r"]).value_or(row_ + 1);
    column_ = 0;
  } else if (name == "c") {
    begin_cell(with);
  } else if (name == "f") {
    now_.cell.is_formula = true;
  } else if (name == "rPh") {
    ++phonetic_;
  } else if (name == "v" || name == "t") {
    is_value_ = phonetic_ == 0;
  }
}

void sheet_cells::begin_cell(const xml_attributes& with) {
  column_ = column_of(with["r"]).value_or(column_);
  now_ = {};
  now_.cell.row = row_;
  now_.cell.column = column_++;
  now_.style = number_of<std::uint32_t>(with["s"]).value_or(0);
  type_ = with["t"];
  value_.clear();
}

void sheet_cells::text(std::string_view piece) {
  if (!is_value_)
    return;
  value_ += piece;
  text_bytes_ += piece.size();
}

void sheet_cells::end(std::string_view name) {
  if (name == "rPh")
    --phonetic_;
  else if (name == "v" || name == "t")
    is_value_ = false;
  else if (name == "c")
    end_cell();
}

/// 18.18.11: what the value is.
void sheet_cells::end_cell() {
  auto& cell = now_.cell;
  if (value_.empty() || (type_ == "e" && cell.is_formula))
    return;
  if (type_ == "s")
    now_.shared = number_of<std::uint32_t>(value_);
  else if (type_ == "b")
    cell.truth = value_ == "1";
  else if (type_.empty() || type_ == "n")
    cell.number = number_of<double>(value_);
  else if (type_ == "d")
    cell.number = excel_day(value_.substr(0, 10) + "T00:00:00Z");
  if (!now_.shared && !cell.truth && !cell.number)
    cell.text = value_;
  cells_.push_back(now_);
}

bool sheet_cells::is_full() const {
  return cells_.size() > most_cells || text_bytes_ > most_text_bytes;
}

shared_texts::shared_texts(std::vector<unread_cell>& cells) {
  for (auto& one : cells)
    if (one.shared)
      wanted_.push_back(&one);
  std::stable_sort(wanted_.begin(), wanted_.end(),
                   [](const unread_cell* a, const unread_cell* b) {
                     return *a->shared < *b->shared;
                   });
}

void shared_texts::begin(std::string_view name, const xml_attributes&) {
  if (name == "si")
    value_.clear();
  else if (name == "rPh")
    ++phonetic_;
  else if (name == "t")
    is_text_ = phonetic_ == 0;
}

void shared_texts::text(std::string_view piece) {
  auto is_wanted =
      is_text_ && at_ < wanted_.size() && *wanted_[at_]->shared == number_;
  if (!is_wanted || is_full())
    return;
  value_ += piece;
  text_bytes_ += piece.size();
}

void shared_texts::end(std::string_view name) {
  if (name == "t")
    is_text_ = false;
  else if (name == "rPh")
    --phonetic_;
  if (name != "si")
    return;
  for (; at_ < wanted_.size() && *wanted_[at_]->shared == number_ && !is_full();
       ++at_) {
    wanted_[at_]->cell.text = value_;
    text_bytes_ += value_.size();
  }
  ++number_;
}

bool shared_texts::is_full() const {
  return text_bytes_ > most_text_bytes;
}

void number_styles::begin(std::string_view name, const xml_attributes& with) {
  auto id = number_of<std::uint32_t>(with["numFmtId"]).value_or(0);
  if (name == "numFmt")
    codes_[id] = with["formatCode"];
  else if (name == "cellXfs")
    are_of_cells_ = true;
  else if (name == "xf" && are_of_cells_)
    styles_.push_back(id);
}

void number_styles::end(std::string_view name) {
  if (name == "cellXfs")
    are_of_cells_ = false;
}

bool number_styles::is_full() const {
  return styles_.size() > most_styles || codes_.size() > most_styles;
}

number_format number_styles::operator[](std::uint32_t style) const {
  // libxlsxwriter cuts longer ones.
  constexpr std::size_t longest_code = 127;
  // 18.8.30: from there on they are a workbook's own.
  constexpr std::uint32_t first_own = 164;
  auto id = style < styles_.size() ? styles_[style] : 0;
  number_format format;
  if (auto found = codes_.find(id); found != codes_.end()) {
    if (found->second.size() <= longest_code && found->second != "General")
      format.code = found->second;
  } else if (id < first_own) {
    format.id = static_cast<std::uint8_t>(id);
  }
  return format;
}

} // namespace jobfarm::report
