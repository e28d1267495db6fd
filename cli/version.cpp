#include "cli/version.hpp"

namespace jobfarm::cli {

std::string version_text() {
  return JOBFARM_VERSION;
}

std::string version_line() {
  return "jobfarm " JOBFARM_VERSION "\n";
}

} // namespace jobfarm::cli
