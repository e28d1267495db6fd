#pragma once

#include "messages/failure.hpp"

#include <string>
#include <string_view>

namespace jobfarm::cli {

class settings;

/// Prints `jobfarm: TEXT` on stderr.
void complain(std::string_view text);

/// Prints what failed, why, and with which code; returns the exit code that
/// the failure's class calls for (invalid_input: 2, internal: 70, else 1).
int complain(const failure& why);

/// Prints one line of talk on stderr unless `--quiet`.
void say(const settings& given, std::string_view text);

/// Writes data to stdout. Returns false if the reader has gone.
bool print(std::string_view text);

/// True if stderr is a terminal that takes control sequences.
bool stderr_is_terminal();

/// True if `stderr` may carry colour: a terminal, TERM is not dumb, neither
/// NO_COLOR nor `--no-color` is set.
bool stderr_has_colour(const settings& given);

} // namespace jobfarm::cli
