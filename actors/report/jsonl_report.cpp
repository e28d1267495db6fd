#include "actors/report/text_reports.hpp"

#include "actors/report/part_file.hpp"
#include "messages/byte_sink.hpp"
#include "messages/json.hpp"

namespace jobfarm::report {

namespace {

class jsonl_report : public report_writer {
public:
  explicit jsonl_report(part_file file) : file_(std::move(file)) {
  }

  expected<void> add(const enriched_posting& posting) override {
    if (posting.enrichment.level.empty())
      write_json(lines_, posting.posting);
    else
      write_json(lines_, posting);
    lines_.put('\n');
    // Whole pages: half of one costs the system more than the copy.
    const auto whole = lines_.size() / part_file::large * part_file::large;
    return whole == 0 ? expected<void>{} : write(whole);
  }

  expected<void> finish() override {
    auto written = write(lines_.size());
    return written ? file_.complete() : written;
  }

private:
  expected<void> write(std::size_t size) {
    auto written = file_.write(lines_.view().substr(0, size));
    lines_.cut_front(size);
    return written;
  }

  part_file file_;
  std::string room_;
  byte_sink lines_{room_};
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
