#pragma once

#include "messages/link.hpp"

#include <cstdint>
#include <map>
#include <vector>

namespace jobfarm::nodes::link_layer {

/// Leases that a session's worker was sent and has not named yet as its own.
/// A frame that got lost costs a second so, not a lease time: what `patience`
/// beats in a row do not name is sent again. One that is only late then comes
/// twice, which the worker notices.
class lease_receipts {
public:
  static constexpr std::int32_t patience = 4;

  void sent(link::lent_task one);

  /// The lease has come, as what it led to shows.
  void arrived(std::int64_t lease);

  /// A beat names all leases that the worker holds; returns what to send again.
  std::vector<link::lent_task> stated(const std::vector<std::int64_t>& held);

private:
  struct unconfirmed {
    link::lent_task what;
    std::int32_t beats = 0;
  };
  std::map<std::int64_t, unconfirmed> waiting_;
};

} // namespace jobfarm::nodes::link_layer
