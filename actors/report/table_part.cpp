#include "actors/report/table_part.hpp"

#include "actors/report/table.hpp"

#include <algorithm>

namespace jobfarm::report {

namespace {

/// One attribute; neither names nor titles have anything to escape.
std::string attribute(std::string_view name, std::string_view value) {
  return ' ' + std::string{name} + "=\"" + std::string{value} + '"';
}

} // namespace

std::string table_range(std::size_t count, std::size_t rows) {
  return std::string{"A1:"} + static_cast<char>('A' + count - 1)
         + std::to_string(std::max<std::size_t>(rows, 1) + 1);
}

std::string table_part::path() const {
  return "xl/tables/table" + std::to_string(number) + ".xml";
}

piece_source table_part::content(std::size_t count, std::size_t rows) const {
  auto range = attribute("ref", table_range(count, rows));
  auto text = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
              "<table xmlns=\"http://schemas.openxmlformats.org/"
              "spreadsheetml/2006/main\""
              + attribute("id", std::to_string(number))
              + attribute("name", name) + attribute("displayName", name) + range
              + attribute("totalsRowShown", "0") + "><autoFilter" + range
              + "/><tableColumns" + attribute("count", std::to_string(count))
              + '>';
  for (std::size_t i = 0; i < count; ++i)
    text += "<tableColumn" + attribute("id", std::to_string(i + 1))
            + attribute("name", columns()[i].title) + "/>";
  return whole(text
               + "</tableColumns><tableStyleInfo name=\"TableStyleMedium2\" "
                 "showFirstColumn=\"0\" showLastColumn=\"0\" "
                 "showRowStripes=\"1\" showColumnStripes=\"0\"/></table>");
}

std::string table_part::announced_in(std::string content_types) const {
  content_types.insert(
      content_types.rfind("</Types>"),
      "<Override" + attribute("PartName", '/' + path())
          + attribute("ContentType",
                      "application/vnd.openxmlformats-officedocument."
                      "spreadsheetml.table+xml")
          + "/>");
  return content_types;
}

} // namespace jobfarm::report
