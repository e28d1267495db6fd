#pragma once

#include "cli/placed_file.hpp"
#include "cli/settings.hpp"
#include "messages/json.hpp"

#include <cstdint>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::cli {

/// Where the bytes of a line can be read again.
struct line_place {
  /// Null for a pipe or a terminal.
  std::shared_ptr<const placed_file> file;
  std::uint64_t begin = 0;
};

/// Reads lines of stdin or a file, however long, with bounded memory.
class line_reader {
public:
  /// Opens `path`, `-` or empty for stdin. Errors: invalid_input.
  static expected<line_reader> open(const std::string& path);

  /// Moves to the next line; false at the end, or where `status` is a failure.
  /// Lines over `max_line_bytes` come as empty with `too_long()` set; a byte
  /// order mark at the beginning is left out.
  bool next();
  /// invalid_input if the input cannot be read: a directory, a broken disk.
  const expected<void>& status() const {
    return status_;
  }
  std::string_view line() const {
    return line_;
  }
  line_place place() const {
    return {placed_, line_begin_};
  }
  std::size_t number() const {
    return number_;
  }
  bool too_long() const {
    return too_long_;
  }

  static constexpr std::size_t max_line_bytes = 64u << 20;

private:
  struct closer {
    void operator()(std::FILE* file) const;
  };
  line_reader(std::FILE* file, std::string path);

  bool fill();
  bool read_line();

  std::unique_ptr<std::FILE, closer> file_;
  std::string path_;
  expected<void> status_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  std::shared_ptr<const placed_file> placed_;
  /// Where in the file the buffer ends.
  std::uint64_t buffer_end_ = 0;
  std::uint64_t line_begin_ = 0;
  std::string_view line_;
  std::string joined_;
  std::size_t number_ = 0;
  bool too_long_ = false;
};

/// Collects output and hands it to stdout in large pieces.
class output {
public:
  ~output();
  std::string& buffer() {
    return buffer_;
  }
  /// Call after each record; false if it cannot be written any more.
  bool line_done();
  bool flush();

private:
  std::string buffer_;
};

/// Runs `work` on each line of the operands (files) or stdin, until nobody
/// reads the output. A line for which `work` fails is told as `line N: why` on
/// stderr and skipped. Returns the exit code: 0, or 2 if any line was bad.
/// Errors: invalid_input for an input that cannot be read.
expected<int>
filter_lines(const settings& given,
             const std::function<expected<void>(std::string_view)>& work);

/// `filter_lines` for work that reads lines again.
expected<int> filter_placed_lines(
    const settings& given,
    const std::function<expected<void>(std::string_view, const line_place&)>&
        work);

/// `filter_lines` for records of one type.
template <class Record>
expected<int>
filter_records(const settings& given,
               const std::function<expected<void>(Record&&)>& work) {
  return filter_lines(given, [&](std::string_view line) -> expected<void> {
    auto record = from_json<Record>(line);
    if (!record)
      return record.error();
    return work(*std::move(record));
  });
}

/// Reads all of stdin or `path`, at most `max_bytes`. Errors: invalid_input,
/// too_large.
expected<std::string> read_all(const std::string& path,
                               std::size_t max_bytes = 256u << 20);

} // namespace jobfarm::cli
