#pragma once

#include "actors/report/sheet_reader.hpp"
#include "actors/report/xml_reader.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Readers of the parts of a workbook, ECMA-376 part 1, 18.
namespace jobfarm::report {

/// True for formats of days, as far as the code tells.
bool is_date(const number_format& format);

/// `xl/workbook.xml`: which sheets there are.
class sheet_list : public xml_visitor {
public:
  void begin(std::string_view name, const xml_attributes& with) override;
  void text(std::string_view) override {
  }
  void end(std::string_view) override {
  }

  /// Empty if there is no such sheet.
  std::string_view id_of(std::string_view sheet) const;
  bool are_from_1904() const noexcept {
    return are_from_1904_;
  }

private:
  std::map<std::string, std::string, std::less<>> ids_;
  bool are_from_1904_ = false;
};

/// `xl/_rels/workbook.xml.rels`: where its parts are.
class part_names : public xml_visitor {
public:
  void begin(std::string_view name, const xml_attributes& with) override;
  void text(std::string_view) override {
  }
  void end(std::string_view) override {
  }

  /// Empty if there is no such part.
  std::string of_id(std::string_view id) const;
  /// By the end of its type, such as "/styles".
  std::string of_kind(std::string_view kind) const;

private:
  struct part {
    std::string id;
    std::string type;
    std::string name;
  };
  std::vector<part> parts_;
};

/// A cell as its sheet has it.
struct unread_cell {
  read_cell cell;
  std::uint32_t style = 0;
  /// Number of the text that is shared, from 0.
  std::optional<std::uint32_t> shared;
};

/// A sheet: its cells that are not empty.
class sheet_cells : public xml_visitor {
public:
  void begin(std::string_view name, const xml_attributes& with) override;
  void text(std::string_view piece) override;
  void end(std::string_view name) override;
  bool is_full() const override;

  std::vector<unread_cell> take() {
    return std::move(cells_);
  }

private:
  void begin_cell(const xml_attributes& with);
  void end_cell();

  std::vector<unread_cell> cells_;
  unread_cell now_;
  std::string type_;
  std::string value_;
  std::uint32_t row_ = 0;
  /// Of the next cell that does not say where it is.
  std::uint32_t column_ = 0;
  std::size_t text_bytes_ = 0;
  int phonetic_ = 0;
  bool is_value_ = false;
};

/// `xl/sharedStrings.xml`: gives `cells` those that they share.
class shared_texts : public xml_visitor {
public:
  explicit shared_texts(std::vector<unread_cell>& cells);

  bool are_wanted() const noexcept {
    return !wanted_.empty();
  }
  void begin(std::string_view name, const xml_attributes& with) override;
  void text(std::string_view piece) override;
  void end(std::string_view name) override;
  bool is_full() const override;

private:
  /// In the order of the texts.
  std::vector<unread_cell*> wanted_;
  std::size_t at_ = 0;
  std::uint32_t number_ = 0;
  std::string value_;
  std::size_t text_bytes_ = 0;
  int phonetic_ = 0;
  bool is_text_ = false;
};

/// `xl/styles.xml`: how cells of a style show numbers.
class number_styles : public xml_visitor {
public:
  void begin(std::string_view name, const xml_attributes& with) override;
  void text(std::string_view) override {
  }
  void end(std::string_view name) override;
  bool is_full() const override;

  number_format operator[](std::uint32_t style) const;

private:
  std::map<std::uint32_t, std::string> codes_;
  std::vector<std::uint32_t> styles_;
  bool are_of_cells_ = false;
};

} // namespace jobfarm::report
