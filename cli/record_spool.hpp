#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// A heap of records in a nameless temporary file, read back by number: what a
/// filter must see again but has no memory for. The file is in `TMPDIR`, or
/// /tmp, and is gone with the object.
class record_spool {
public:
  /// Errors: store_failed.
  static expected<record_spool> open();

  record_spool(record_spool&& other) noexcept;
  record_spool& operator=(record_spool&&) = delete;
  ~record_spool();

  /// Adds a record; the first is number 0. Errors: store_failed (disk full).
  expected<void> add(std::string_view record);
  std::size_t size() const noexcept {
    return ends_.size();
  }
  /// Errors: store_failed.
  expected<std::string> read(std::size_t number) const;

private:
  explicit record_spool(int file) : file_(file) {
  }
  expected<void> flush();

  int file_;
  std::string unwritten_;
  std::uint64_t written_ = 0;
  std::vector<std::uint64_t> ends_;
};

} // namespace jobfarm::cli
