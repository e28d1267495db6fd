#pragma once

#include "messages/enum_names.hpp"

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <variant>

namespace jobfarm::watch {

enum class log_level : std::uint8_t { trace, debug, info, warn, error, off };

} // namespace jobfarm::watch

template <>
struct jobfarm::enum_names<jobfarm::watch::log_level> {
  static constexpr auto last = jobfarm::watch::log_level::off;
  static constexpr std::string_view names[] = {"trace", "debug", "info",
                                               "warn",  "error", "off"};
};

namespace jobfarm::watch {

/// A member of a log line: `query_id`, `task_id`, `source`, `code`, `attempt`,
/// `duration_ms`, `request_id`, `actor` ... Empty texts are left out.
struct log_field {
  std::string_view name;
  std::variant<std::string_view, std::int64_t, double> value;
};

struct log_options {
  log_level level = log_level::warn;
  /// JSON lines, for machines; else words, for a terminal.
  bool is_json = true;
  /// Name of this node, in every line.
  std::string node;
};

/// Begins to log to stderr. Until then nothing is logged.
void start_log(const log_options& options);

/// Changes the level while running.
void set_log_level(log_level level);

bool is_logged(log_level level);

/// Writes one line. `event` is a stable name that can be searched; `message`
/// is for people. Bytes that are no UTF-8 are replaced, control characters
/// escaped: one call is one line, whatever it holds. Any thread.
void log(log_level level, std::string_view event, std::string_view message,
         std::initializer_list<log_field> fields = {});

/// The line that `log` writes, without its end; `ts` is RFC 3339.
std::string log_line(const log_options& options, std::string_view ts,
                     log_level level, std::string_view event,
                     std::string_view message,
                     std::initializer_list<log_field> fields);

} // namespace jobfarm::watch
