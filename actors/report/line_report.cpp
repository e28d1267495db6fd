#include "actors/report/line_report.hpp"

namespace jobfarm::report {

expected<void> line_report::add(const enriched_posting& posting) {
  append_lines(lines_, posting);
  return lines_.size() < part_file::large ? expected<void>{} : write();
}

expected<void> line_report::finish() {
  auto written = write();
  return written ? file_.complete() : written;
}

expected<void> line_report::write() {
  auto written = file_.write(lines_.view());
  lines_.cut(0);
  return written;
}

} // namespace jobfarm::report
