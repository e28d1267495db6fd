#include "actors/report/text_reports.hpp"

#include "actors/report/part_file.hpp"
#include "messages/json.hpp"

namespace jobfarm::report {

namespace {

class jsonl_report : public report_writer {
public:
  explicit jsonl_report(part_file file) : file_(std::move(file)) {
  }

  expected<void> add(const enriched_posting& posting) override {
    line_.clear();
    if (posting.enrichment.level.empty())
      append_json(line_, posting.posting);
    else
      append_json(line_, posting);
    line_ += '\n';
    return file_.write(line_);
  }

  expected<void> finish() override {
    return file_.complete();
  }

private:
  part_file file_;
  std::string line_;
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
