#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::watch {

enum class metric_kind { counter, gauge, histogram };

/// A metric as data: its name begins with `jobfarm_`, its unit is a base unit
/// at the end of the name, counters end with `_total`.
struct metric {
  std::string_view name;
  metric_kind kind = metric_kind::counter;
  std::string_view help;
};

/// Every metric of the farm, in one table.
const std::vector<metric>& all_metrics();

/// Numbers that tell how a node does, for Prometheus. Safe from any thread.
/// Labels are short words of a known set (source, code, stage): never an
/// address, an id, a name of a company. There are at most `most_series` of
/// them; what would be one more is counted in
/// `jobfarm_metrics_dropped_total` instead.
class metrics {
public:
  using labels = std::map<std::string, std::string>;

  explicit metrics(std::size_t most_series = 2000);
  ~metrics();

  /// All three do nothing for a name that is not in the table, or is of
  /// another kind.
  void count(std::string_view name, const labels& of, double by = 1);
  void set(std::string_view name, const labels& of, double value);
  void observe(std::string_view name, const labels& of, double value);

  /// Is run before each `text`, to set gauges that only somebody else knows.
  void before_reading(std::function<void(metrics&)> update);

  /// Prometheus text format 0.0.4.
  std::string text();

private:
  struct implementation;
  std::unique_ptr<implementation> held_;
};

/// `classic` text as OpenMetrics 1.0 has it: the lines about a counter name it
/// without `_total`, and the end is told.
std::string to_openmetrics(std::string_view classic);

} // namespace jobfarm::watch
