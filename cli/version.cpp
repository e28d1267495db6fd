#include "cli/version.hpp"

namespace jobfarm::cli {

std::string version_line() {
  return "jobfarm " JOBFARM_VERSION "\n";
}

} // namespace jobfarm::cli
