#include "actors/report/line_report.hpp"
#include "actors/report/text_reports.hpp"
#include "messages/byte_sink.hpp"
#include "messages/json.hpp"

namespace jobfarm::report {

namespace {

class jsonl_report : public line_report {
public:
  using line_report::line_report;

  void append_lines(byte_sink& to,
                    const enriched_posting& posting) const override {
    if (posting.enrichment.level.empty())
      write_json(to, posting.posting);
    else
      write_json(to, posting);
    to.put('\n');
  }
};

} // namespace

expected<std::unique_ptr<report_writer>>
open_jsonl_report(const std::string& path) {
  auto file = part_file::open(path);
  if (!file)
    return file.error();
  return std::unique_ptr<report_writer>(new jsonl_report(*std::move(file)));
}

} // namespace jobfarm::report
