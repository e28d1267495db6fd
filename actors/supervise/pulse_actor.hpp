#pragma once

#include "actors/interfaces.hpp"

#include <caf/all.hpp>

#include <chrono>
#include <functional>
#include <set>
#include <vector>

namespace jobfarm {

struct pulse_config {
  /// Who is to be alive now; each answers `atom::pulse`.
  std::function<std::vector<caf::actor>()> whom;
  std::chrono::milliseconds beat{5000};
  /// Who has not answered for so long hangs: far beyond the largest page.
  std::chrono::milliseconds patience{30'000};
};

/// Finds actors that hang, which no supervisor hears of: asks each for its
/// pulse and kills who does not answer, so that the supervisor starts another.
/// One that never leaves its handler is killed when it does.
class pulse_state {
public:
  static inline const char* name = "pulse";

  explicit pulse_state(caf::event_based_actor* self) : self_(self) {
  }

  void start(pulse_config config);
  void beat();

private:
  void ask(const caf::actor& one);

  caf::event_based_actor* self_;
  pulse_config config_;
  /// Those whose answers are awaited.
  std::set<caf::actor_addr> asked_;
};

caf::behavior pulse(caf::stateful_actor<pulse_state>* self,
                    pulse_config config);

} // namespace jobfarm
