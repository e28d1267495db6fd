#pragma once

#include "cli/settings.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// What a value is in TOML.
enum class file_value { text, number, flag, texts, other };

/// One `key = value` of a configuration file. Keys of tables are joined with
/// dots: `sources.lever.enabled`.
struct file_entry {
  std::string key;
  std::vector<std::string> values;
  std::string origin;
  file_value kind = file_value::text;
};

/// Reads a TOML file. Errors: invalid_input with line and column.
expected<std::vector<file_entry>> read_config_file(const std::string& path);

/// The files that are read when `--config` is not given, strongest first.
std::vector<std::string> default_config_files();

/// Offers what `entries` say to `into`: options of `chosen` and common ones by
/// name (`-` as `_`), and everything under `sources.` and `recovery.`. Errors:
/// invalid_input for a key nobody knows, with the nearest one, and for values
/// that do not fit.
expected<void> apply_config(const std::vector<file_entry>& entries,
                            settings& into);

} // namespace jobfarm::cli
