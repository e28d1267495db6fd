#pragma once

#include "messages/failure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// What a fail point does when it strikes.
enum class fault_effect : std::uint8_t {
  fail,      ///< the operation fails with `code`
  delay,     ///< it takes `delay_ms` longer
  drop,      ///< a frame is lost
  duplicate, ///< a frame comes twice
  reorder,   ///< a frame is overtaken by the next one
  kill,      ///< the actor, or the whole node, ends
  hang,      ///< the actor does nothing for `delay_ms`, for ever if that is 0
  jump,      ///< a clock goes `delay_ms` forward
};
template <>
struct enum_names<fault_effect> {
  static constexpr auto last = fault_effect::jump;
  static constexpr std::string_view names[] = {
      "fail", "delay", "drop", "duplicate", "reorder", "kill", "hang", "jump"};
};

/// A fault that is armed: at which point, what, how often.
struct armed_fault {
  /// 1 the first; one sequence for a whole cluster.
  std::int64_t id = 0;
  /// One of `all_fail_points`.
  std::string point;
  fault_effect effect = fault_effect::fail;
  errc code = errc::internal;
  std::int64_t delay_ms = 0;
  /// Of the times that the point is passed, this share, 0 to 1.
  double probability = 1;
  /// Strikes at most so often, 0 for ever.
  std::int64_t times = 0;
  /// Of a random sequence of its own: the same seed strikes the same passes.
  std::uint64_t seed = 1;
  /// How often the point was passed, and how often it struck.
  std::int64_t passed = 0;
  std::int64_t struck = 0;
  /// The worker that it is for; empty for the node that was asked.
  std::string node;

  static constexpr std::string_view record_name = "armed_fault";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"id", self.id}, field{"point", self.point},
                 field{"effect", self.effect}, field{"code", self.code},
                 field{"delay_ms", self.delay_ms},
                 field{"probability", self.probability},
                 field{"times", self.times}, field{"seed", self.seed},
                 field{"passed", self.passed}, field{"struck", self.struck},
                 nullable{"node", self.node});
  }
};

namespace link {

/// What a coordinator wants done with a worker's faults: one armed, or those of
/// an id taken away, all of them for 0.
struct fault_order {
  bool is_clear = false;
  armed_fault fault;

  static constexpr std::string_view record_name = "fault_order";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"is_clear", self.is_clear}, field{"fault", self.fault});
  }
};

/// The faults of a worker, in answer to an order or of its own accord.
struct fault_report {
  std::vector<armed_fault> armed;
  /// Why the order was not carried out.
  std::optional<failure> refused;

  static constexpr std::string_view record_name = "fault_report";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"armed", self.armed}, field{"refused", self.refused});
  }
};

} // namespace link
} // namespace jobfarm
