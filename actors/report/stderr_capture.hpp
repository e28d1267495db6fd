#pragma once

#include <string>

namespace jobfarm::report {

/// Holds back what the process writes to standard error, for the time of one
/// call into a library that prints its failures there by itself. What others
/// wrote in that time comes out when the capture ends. Does nothing if the
/// system has no memory file to spare.
class stderr_capture {
public:
  stderr_capture();
  ~stderr_capture();
  stderr_capture(const stderr_capture&) = delete;
  stderr_capture& operator=(const stderr_capture&) = delete;

private:
  int held_ = -1;
  int original_ = -1;
};

/// The lines of `text` without those that libxlsxwriter prints: they begin
/// with `[ERROR]`.
std::string without_library_lines(const std::string& text);

} // namespace jobfarm::report
