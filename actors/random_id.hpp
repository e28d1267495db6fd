#pragma once

#include <cstdio>
#include <random>
#include <string>

namespace jobfarm {

/// 32 random hex digits: what a query or a run of a process is known by. No
/// secret.
inline std::string random_id() {
  std::random_device random;
  std::string id;
  for (int i = 0; i < 4; ++i) {
    char part[9];
    std::snprintf(part, sizeof part, "%08x", random());
    id += part;
  }
  return id;
}

} // namespace jobfarm
