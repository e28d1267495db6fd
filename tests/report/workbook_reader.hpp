#pragma once

#include <catch2/catch.hpp>
#include <pugixml.hpp>
#include <zip.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace jobfarm::test {

/// Reads a workbook back: parts of the zip as XML, sheets by name, cells by
/// their reference. Fails the test if the zip or a part is not sound.
class workbook_reader {
public:
  explicit workbook_reader(const std::string& path) {
    int code = 0;
    archive_.reset(zip_open(path.c_str(), ZIP_RDONLY | ZIP_CHECKCONS, &code));
    REQUIRE(archive_);
    auto book = part("xl/workbook.xml");
    int number = 0;
    for (auto sheet : book->child("workbook").child("sheets").children("sheet"))
      sheets_[sheet.attribute("name").value()] = ++number;
  }

  std::vector<std::string> sheet_names() const {
    std::vector<std::string> names;
    for (const auto& [name, number] : sheets_)
      names.push_back(name);
    return names;
  }

  bool has_sheet(const std::string& name) const {
    return sheets_.count(name) != 0;
  }

  pugi::xml_node sheet(const std::string& name) {
    REQUIRE(has_sheet(name));
    auto& document = documents_[name];
    if (!document)
      document = part("xl/worksheets/sheet" + std::to_string(sheets_.at(name))
                      + ".xml");
    return document->child("worksheet");
  }

  /// The cell's node, e.g. "B3"; null if it is empty.
  pugi::xml_node cell(const std::string& name, const std::string& reference) {
    for (auto row : sheet(name).child("sheetData").children("row"))
      for (auto one : row.children("c"))
        if (reference == one.attribute("r").value())
          return one;
    return {};
  }

  /// Its text, inline or number.
  std::string text(const std::string& name, const std::string& reference) {
    auto node = cell(name, reference);
    if (auto inner = node.child("is").child("t"))
      return inner.text().get();
    return node.child("v").text().get();
  }

  std::size_t formulas(const std::string& name) {
    std::size_t count = 0;
    for (auto row : sheet(name).child("sheetData").children("row"))
      for (auto one : row.children("c"))
        count += static_cast<bool>(one.child("f"));
    return count;
  }

  std::unique_ptr<pugi::xml_document> part(const std::string& name) {
    std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file(
        zip_fopen(archive_.get(), name.c_str(), 0), &zip_fclose);
    INFO(name);
    REQUIRE(file);
    std::string bytes;
    char chunk[4096];
    for (;;) {
      auto got = zip_fread(file.get(), chunk, sizeof chunk);
      if (got <= 0)
        break;
      bytes.append(chunk, static_cast<std::size_t>(got));
    }
    auto document = std::make_unique<pugi::xml_document>();
    auto parsed = document->load_buffer(bytes.data(), bytes.size());
    INFO(parsed.description());
    REQUIRE(parsed);
    return document;
  }

private:
  struct closer {
    void operator()(zip_t* archive) const {
      zip_discard(archive);
    }
  };
  std::unique_ptr<zip_t, closer> archive_;
  std::map<std::string, int> sheets_;
  std::map<std::string, std::unique_ptr<pugi::xml_document>> documents_;
};

} // namespace jobfarm::test
