#include "actors/report/stderr_capture.hpp"

#include <cstdio>
#include <sstream>
#include <string_view>

#include <sys/mman.h>
#include <unistd.h>

namespace jobfarm::report {

namespace {

std::string content_of(int file) {
  std::string text;
  char part[4096];
  ::lseek(file, 0, SEEK_SET);
  for (ssize_t got; (got = ::read(file, part, sizeof part)) > 0;)
    text.append(part, static_cast<std::size_t>(got));
  return text;
}

} // namespace

stderr_capture::stderr_capture() {
  std::fflush(stderr);
  held_ = ::memfd_create("stderr", MFD_CLOEXEC);
  original_ = held_ < 0 ? -1 : ::dup(STDERR_FILENO);
  if (original_ >= 0)
    ::dup2(held_, STDERR_FILENO);
}

stderr_capture::~stderr_capture() {
  if (original_ >= 0) {
    std::fflush(stderr);
    ::dup2(original_, STDERR_FILENO);
    ::close(original_);
    auto others = without_library_lines(content_of(held_));
    std::fwrite(others.data(), 1, others.size(), stderr);
  }
  if (held_ >= 0)
    ::close(held_);
}

std::string without_library_lines(const std::string& text) {
  constexpr std::string_view mark = "[ERROR]";
  std::string kept;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);)
    if (line.compare(0, mark.size(), mark) != 0)
      kept += line + '\n';
  return kept;
}

} // namespace jobfarm::report
