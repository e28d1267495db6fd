#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

class settings;

/// Exit codes of every command.
enum exit_code : int {
  exit_done = 0,
  exit_no = 1,          ///< a plain "no"
  exit_usage = 2,       ///< wrong usage or invalid input
  exit_partial = 3,     ///< some sources failed, the rest was kept
  exit_nothing = 4,     ///< nothing could be collected
  exit_unreachable = 5, ///< no cluster answers
  exit_forbidden = 6,
  exit_defect = 70,
  exit_interrupted = 130,
};

/// What the value of an option is; checked before a command runs.
enum class value_kind {
  flag,     ///< no value
  text,     ///< any text
  list,     ///< repeatable, commas separate
  count,    ///< a whole number, 0 or more
  number,   ///< a decimal number, 0 or more
  duration, ///< 30s 5m 2h 7d
  level,    ///< how much is logged: trace, debug ...
  file,     ///< a path, `-` for the standard stream
};

/// One option of a command: `--name VALUE`, `JOBFARM_NAME`, `name = ...` in
/// the configuration file.
struct option {
  std::string_view name;
  value_kind kind = value_kind::flag;
  /// What help calls the value: "FILE".
  std::string_view placeholder;
  std::string_view help;
  /// Value when nobody gives one; empty for none.
  std::string_view fallback = {};
  /// Options that only make sense on the command line (no env, no file).
  bool command_line_only = false;
  /// Says what is wrong with a value of the right kind, if anything is; null
  /// where all are good. Commands and `config check` ask it alike.
  std::optional<std::string> (*problem)(const option&,
                                        std::string_view value) = nullptr;
};

/// One command as data; `cli/registry.cpp` lists them all.
struct command {
  std::string_view name;
  /// One line for the overview.
  std::string_view summary;
  /// What follows the name, besides options.
  std::string_view operands;
  /// Most operands it takes; negative for any number.
  int max_operands = 0;
  std::vector<option> options;
  std::vector<std::string_view> examples;
  /// Does the work; returns an exit code.
  int (*run)(const settings&) = nullptr;
  /// What else its help says, whole lines; null for nothing.
  std::string (*more_help)() = nullptr;
};

/// Every command, in the order of the overview.
const std::vector<const command*>& all_commands();

/// The command named `name` exactly, or null.
const command* find_command(std::string_view name);

/// Options that every command takes.
const std::vector<option>& common_options();

} // namespace jobfarm::cli
