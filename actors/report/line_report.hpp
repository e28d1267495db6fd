#pragma once

#include "actors/report/part_file.hpp"
#include "actors/report/report_writer.hpp"
#include "messages/byte_sink.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace jobfarm::report {

/// A report in which every posting is lines of its own, which any thread can
/// make.
class line_report : public report_writer {
public:
  explicit line_report(part_file file) : file_(std::move(file)) {
  }

  /// Appends the lines of a posting. Any thread.
  virtual void append_lines(byte_sink& to,
                            const enriched_posting& posting) const = 0;

  /// Takes the lines that come next. Errors: store_failed.
  expected<void> add_lines(std::string_view lines) {
    return file_.write(lines);
  }

  expected<void> add(const enriched_posting& posting) final;
  expected<void> finish() final;

private:
  expected<void> write();

  part_file file_;
  std::string room_;
  byte_sink lines_{room_};
};

} // namespace jobfarm::report
