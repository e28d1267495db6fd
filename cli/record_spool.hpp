#pragma once

#include "cli/line_filter.hpp"
#include "messages/expected.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// A heap of records that are read back by number: what a filter must see again
/// but has no memory for. They are in a nameless temporary file, which is in
/// `TMPDIR`, or /tmp, and is gone with the object; those that stand in an input
/// file as they are stay there.
class record_spool {
public:
  /// Errors: store_failed.
  static expected<record_spool> open();

  /// Adds a record; the first is number 0. Errors: store_failed (disk full).
  expected<void> add(std::string_view record);
  /// The same for a record that stands at `place`, if that can be read again.
  expected<void> add(std::string_view record, const line_place& place);
  /// Errors: store_failed; invalid_input where an input file was changed.
  expected<std::string> read(std::size_t number) const;

private:
  struct entry {
    std::uint64_t begin;
    std::uint32_t size;
    /// Of `files_`.
    std::uint32_t file;
    /// Hash of a record in an input file.
    std::uint32_t check;
  };

  explicit record_spool(std::shared_ptr<const placed_file> file)
      : files_{std::move(file)} {
  }
  expected<void> flush();

  /// The temporary one, then those of the input.
  std::vector<std::shared_ptr<const placed_file>> files_;
  std::string unwritten_;
  std::uint64_t written_ = 0;
  std::vector<entry> entries_;
};

} // namespace jobfarm::cli
