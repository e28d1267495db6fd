#pragma once

#include <cstdint>

namespace jobfarm::nodes::link_layer {

/// What a session's worker waits for, as its coordinator counts it. The count
/// goes wrong when a pull or a lease gets lost or comes twice; what the worker
/// states with every beat puts it right. Leases and pulls on their way make a
/// statement wrong for a moment, so it counts once `patience` of them in a row
/// agree.
class credit_account {
public:
  static constexpr std::int32_t patience = 8;

  /// The worker has room for `more`; returns for how many to ask.
  std::uint32_t pulled(std::uint32_t more);

  /// It is lent `tasks`.
  void lent(std::uint32_t tasks);

  /// It waits for `credit` tasks in all; returns for how many more to ask.
  std::uint32_t stated(std::uint32_t credit);

private:
  /// Asked for and not lent.
  std::int64_t owed_ = 0;
  /// Of those, what the worker does not wait for.
  std::int64_t surplus_ = 0;
  /// The least by which the last statements were above, or below, the count.
  std::int64_t off_ = 0;
  std::int32_t agreeing_ = 0;
};

} // namespace jobfarm::nodes::link_layer
