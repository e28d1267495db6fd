#pragma once

#include "tests/simulation/dice.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::simulation {

/// What happened, as a hash and, on demand, as lines; and what must not have.
class trace {
public:
  explicit trace(bool keeps_lines) : keeps_lines_(keeps_lines) {
  }

  void note(time_point when, std::string_view what) {
    ++events_;
    auto at = std::chrono::duration_cast<std::chrono::microseconds>(
                  when.time_since_epoch())
                  .count();
    auto stamp = std::to_string(at) + ' ';
    mix(stamp);
    mix(what);
    if (keeps_lines_)
      lines_.push_back(stamp + std::string{what});
  }

  /// A promise is broken. Told once a text, 20 of them at most.
  void violated(time_point when, const std::string& what) {
    note(when, "VIOLATED " + what);
    if (violations_.size() < 20)
      violations_.push_back(what);
  }

  std::uint64_t hash() const noexcept {
    return hash_;
  }
  std::size_t events() const noexcept {
    return events_;
  }
  const std::vector<std::string>& violations() const noexcept {
    return violations_;
  }
  const std::vector<std::string>& lines() const noexcept {
    return lines_;
  }

private:
  /// FNV-1a.
  void mix(std::string_view text) {
    for (unsigned char c : text)
      hash_ = (hash_ ^ c) * 0x100000001b3ull;
  }

  bool keeps_lines_;
  std::uint64_t hash_ = 0xcbf29ce484222325ull;
  std::size_t events_ = 0;
  std::vector<std::string> violations_;
  std::vector<std::string> lines_;
};

} // namespace jobfarm::simulation
