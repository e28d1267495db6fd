#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// The names that a board shows, 8 bytes each: a board may have a hundred
/// thousand. Names of one XXH3 hash are one; that of a name which is not shown
/// is among a million with a chance of one in 10^13.
class shown_names {
public:
  shown_names() = default;
  explicit shown_names(const std::vector<std::string>& names);

  void add(std::string_view name);

  /// To be called behind the last `add`.
  void end();

  /// Names that were added, repeated ones too.
  std::size_t size() const noexcept {
    return hashes_.size();
  }

  bool has(std::string_view name) const;

private:
  std::vector<std::uint64_t> hashes_;
};

} // namespace jobfarm::collect
