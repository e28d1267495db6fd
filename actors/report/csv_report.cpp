#include "actors/report/line_report.hpp"
#include "actors/report/table.hpp"
#include "actors/report/text_reports.hpp"
#include "actors/text/time.hpp"
#include "messages/byte_sink.hpp"
#include "messages/json_writer.hpp"

namespace jobfarm::report {

namespace {

/// RFC 4180 2.5-2.7; a leading =, +, -, @ or tab would be a formula to a
/// spreadsheet and is prefixed with an apostrophe.
void append_field(std::string& out, std::string_view text) {
  auto is_formula =
      !text.empty() && std::string_view{"=+-@\t\r"}.find(text[0]) != text.npos;
  if (!is_formula && text.find_first_of("\",\r\n") == text.npos) {
    out += text;
    return;
  }
  out += '"';
  if (is_formula)
    out += '\'';
  for (char c : text) {
    if (c == '"')
      out += '"';
    out += c;
  }
  out += '"';
}

void append_cell(std::string& out, const column& of, const cell& value) {
  if (!value.number) {
    append_field(out, value.text);
    return;
  }
  if (of.kind == cell_kind::date)
    out += text::format_utc(
               static_cast<std::int64_t>((*value.number - 25569) * 86400))
               .substr(0, 10);
  else
    json::append_number(out, *value.number);
}

std::string header() {
  std::string line = "\xEF\xBB\xBF";
  for (const auto& one : columns()) {
    if (&one != &columns().front())
      line += ',';
    append_field(line, one.title);
  }
  return line + "\r\n";
}

class csv_report : public line_report {
public:
  using line_report::line_report;

  void append_lines(byte_sink& to,
                    const enriched_posting& posting) const override {
    row made(posting);
    std::string line;
    for (std::size_t i = 0; i < row::width; ++i) {
      if (i > 0)
        line += ',';
      append_cell(line, columns()[i], made[i]);
    }
    to.write(line += "\r\n");
  }
};

} // namespace

expected<std::unique_ptr<report_writer>>
open_csv_report(const std::string& path) {
  auto file = part_file::open(path);
  if (!file)
    return file.error();
  auto report = std::make_unique<csv_report>(*std::move(file));
  if (auto written = report->add_lines(header()); !written)
    return written.error();
  return std::unique_ptr<report_writer>(std::move(report));
}

} // namespace jobfarm::report
