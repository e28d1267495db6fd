#pragma once

#include "cli/settings.hpp"
#include "messages/event.hpp"
#include "messages/query.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace jobfarm::cli {

/// `--progress`, of commands that show it.
option progress_option();

/// Shows how far a query has come, on stderr: a few lines that redraw
/// themselves on a terminal, a line every 10 s elsewhere or beside a log,
/// nothing if quiet; or as `--progress` says.
class progress_display {
public:
  explicit progress_display(const settings& given);
  ~progress_display();

  /// Whether there is something to show again.
  bool is_due();
  void show(const query_progress& progress);
  /// How far the query came in the end, for programs; people get a summary.
  void show_end(const query_progress& progress);
  /// Takes the lines off the terminal.
  void clear();

private:
  using clock = std::chrono::steady_clock;
  enum class form { none, plain, bar, json };

  static form form_of(const settings& given);

  form form_;
  int drawn_lines_ = 0;
  std::optional<clock::time_point> last_;
};

/// The lines of a display: the total, then the busiest sources, at most
/// `most_lines`, each cut at `width` columns. An ETA is only shown when enough
/// is known (5 s and 3 % in).
std::vector<std::string> progress_lines(const query_progress& progress,
                                        std::size_t most_lines,
                                        std::size_t width);

/// A table with a status for every source of a query, worst first.
std::string summary_table(const query_progress& progress,
                          const collection_result& result,
                          bool has_colour = false);

} // namespace jobfarm::cli
