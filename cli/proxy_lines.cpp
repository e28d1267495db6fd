#include "cli/proxy_lines.hpp"

namespace jobfarm::cli {

std::string proxy_lines(const std::vector<proxy_status>& proxies,
                        const std::string& node) {
  std::string lines;
  for (const auto& one : proxies) {
    lines += (node.empty() ? "" : node + "  ") + "proxy " + one.url + "  tier "
             + std::to_string(one.tier) + "  " + one.state + "  "
             + std::to_string(one.requests) + " requests  "
             + std::to_string(one.bytes) + " bytes  "
             + std::to_string(one.failures) + " failed  "
             + std::to_string(one.bans) + " walled  "
             + std::to_string(static_cast<std::int64_t>(one.latency_ms))
             + " ms";
    if (!one.last_error.empty())
      lines += "  (last: " + one.last_error + ')';
    lines += '\n';
  }
  return lines;
}

} // namespace jobfarm::cli
