#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace jobfarm::cli {

/// A regular file that is read at any place, as often as needed.
class placed_file {
public:
  /// Takes over a descriptor.
  explicit placed_file(int descriptor) : descriptor_(descriptor) {
  }
  ~placed_file();
  placed_file(const placed_file&) = delete;
  placed_file& operator=(const placed_file&) = delete;

  /// A second descriptor of what is open already; null if that is no regular
  /// file, or there are too many.
  static std::shared_ptr<const placed_file> of(int descriptor);

  /// What is written goes behind all that was written before. False with
  /// `errno` set.
  bool append(std::string_view bytes) const;

  /// Returns fewer bytes where the file ends; with `errno` set, where it cannot
  /// be read.
  std::string read(std::uint64_t begin, std::size_t size) const;

private:
  int descriptor_;
};

} // namespace jobfarm::cli
