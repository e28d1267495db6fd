#include "actors/report/text_reports.hpp"

#include "actors/report/part_file.hpp"
#include "messages/json.hpp"

namespace jobfarm::report {

namespace {

/// Lines are handed to the file in pieces of about this size.
constexpr std::size_t piece_bytes = 1u << 18;

class jsonl_report : public report_writer {
public:
  explicit jsonl_report(part_file file) : file_(std::move(file)) {
  }

  expected<void> add(const enriched_posting& posting) override {
    if (posting.enrichment.level.empty())
      append_json(buffer_, posting.posting);
    else
      append_json(buffer_, posting);
    buffer_ += '\n';
    return buffer_.size() < piece_bytes ? expected<void>{} : flush();
  }

  expected<void> finish() override {
    if (auto written = flush(); !written)
      return written;
    return file_.complete();
  }

private:
  expected<void> flush() {
    auto written = file_.write(buffer_);
    buffer_.clear();
    return written;
  }

  part_file file_;
  std::string buffer_;
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
