#pragma once

#include "actors/watch/fail_points.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::nodes::link_layer {

/// What faults do to frames at one place: loses, doubles and delays them, and
/// lets them overtake each other. Without socket, thread or clock. A frame that
/// is only delayed is not overtaken by those of its connection behind it. Frames
/// that carry orders about faults pass untouched, so that faults can be cleared.
class frame_faults {
public:
  using time_point = std::chrono::steady_clock::time_point;
  /// Connection and bytes.
  using frame = std::pair<std::string, std::string>;

  /// `point` is `link.send` or `link.receive`; `faults` may be null.
  frame_faults(std::shared_ptr<watch::fail_points> faults, std::string point)
      : faults_(std::move(faults)), point_(std::move(point)) {
  }

  /// A frame comes by; returns what goes on now, in order.
  std::vector<frame> pass(const std::string& connection, std::string bytes,
                          time_point now);

  /// What has waited long enough.
  std::vector<frame> due(time_point now);

  bool holds_any() const noexcept {
    return !held_.empty();
  }

private:
  struct held_frame {
    std::string bytes;
    time_point until;
    /// Let go by the next frame that passes.
    bool is_aside = false;
  };
  using queue = std::deque<held_frame>;

  static void hold(queue& waiting, const watch::strike& what,
                   std::string bytes, time_point now);
  static void release(const std::string& connection, queue& from, time_point now,
               std::vector<frame>& into);

  std::shared_ptr<watch::fail_points> faults_;
  std::string point_;
  /// By connection.
  std::map<std::string, queue> held_;
};

} // namespace jobfarm::nodes::link_layer
