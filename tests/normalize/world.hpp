#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"

namespace jobfarm::normalize {

/// The gazetteer that was built with the tests.
inline const gazetteer& world() {
  static const auto all = *gazetteer::open(JOBFARM_GAZETTEER);
  return *all;
}

inline const normalizer& rules() {
  static const normalizer all(*gazetteer::open(JOBFARM_GAZETTEER));
  return all;
}

} // namespace jobfarm::normalize
