#pragma once

#include "cli/settings.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// What a command line asks for.
struct request {
  enum class kind { run, help, version, overview } what = kind::run;
  settings given;
};

/// Reads the words after the program's name and layers environment, file and
/// defaults under them. Options may stand before or after the command; `--`
/// ends them; `-h` and `--help` win over every mistake.
/// Errors: invalid_input, with the nearest known word.
expected<request> read_command_line(const std::vector<std::string>& words);

} // namespace jobfarm::cli
