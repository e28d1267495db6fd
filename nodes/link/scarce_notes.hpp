#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace jobfarm::nodes::link_layer {

/// Lets a few lines pass at once and one a second after that: who is refused
/// tries again and again, and must not fill the log.
class scarce_notes {
public:
  using time_point = std::chrono::steady_clock::time_point;

  /// The line to write now, with how many were left out before it; nothing if
  /// this one is left out too.
  std::optional<std::string> pass(const std::string& text, time_point now) {
    constexpr std::chrono::seconds pause{1};
    constexpr int burst = 20;
    full_at_ = std::max(full_at_, now);
    if (full_at_ - now > pause * (burst - 1)) {
      ++left_out_;
      return std::nullopt;
    }
    full_at_ += pause;
    auto missing = std::exchange(left_out_, 0);
    return missing == 0 ? text
                        : text + " (" + std::to_string(missing)
                              + " lines before it were left out)";
  }

private:
  /// When the bucket is full again (ITU-T I.371's leaky bucket).
  time_point full_at_{};
  std::size_t left_out_ = 0;
};

} // namespace jobfarm::nodes::link_layer
