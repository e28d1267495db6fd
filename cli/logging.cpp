#include "cli/logging.hpp"

#include "actors/watch/farm_metrics.hpp"
#include "cli/console.hpp"
#include "cli/node_parts.hpp"

#include <algorithm>
#include <memory>

namespace jobfarm::cli {

watch::log_level log_level_of(const settings& given) {
  using watch::log_level;
  auto level =
      from_string<log_level>(given.text("log-level")).value_or(log_level::warn);
  if (given.flag("verbose"))
    level = std::min(level, log_level::info);
  return given.flag("debug") ? std::min(level, log_level::debug) : level;
}

void begin_log(const settings& given) {
  auto format = given.text("log-format");
  auto is_json =
      format == "json" || (format != "text" && !stderr_is_terminal());
  watch::start_log({log_level_of(given), is_json, given.text("name")});
}

void log_farm(const settings& given, nodes::farm_options& farm) {
  if (log_level_of(given) >= watch::log_level::warn)
    return;
  begin_log(given);
  farm.told = std::make_shared<watch::farm_metrics>(
      std::make_shared<watch::metrics>(), source_names());
}

} // namespace jobfarm::cli
