#pragma once

#include "messages/failure.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace jobfarm::cli {

class settings;

/// Prints `jobfarm: TEXT` on stderr.
void complain(std::string_view text);

/// Prints what failed, why, and with which code; returns the exit code that
/// the failure's class calls for (invalid_input: 2, internal: 70, else 1).
int complain(const failure& why);

/// A command line that asks for what there is not: code invalid_input.
inline failure usage(std::string text) {
  return fail(errc::invalid_input, std::move(text));
}

/// Prints `line N: TEXT` on stderr: one line of a filter's input is bad.
void complain_of_line(std::size_t number, std::string_view text);

/// Prints one line of talk on stderr unless `--quiet`.
void say(const settings& given, std::string_view text);

/// Writes data to stdout at once. Returns false if it cannot be written: the
/// reader has gone, the disk is full. `finish` tells of it.
bool print(std::string_view text);

/// Prints one datum as a line: VALUE, or {"NAME":"VALUE"} with `--json`.
void print_value(const settings& given, std::string_view name,
                 std::string_view value);

/// True until `print` has failed.
bool can_print();

/// The exit code of a run that ended with `code`. Where data could not be
/// written it says why, and the code is another; a reader that has gone has
/// what it wanted.
int finish(int code);

/// Occupies those of stdin, stdout and stderr that were closed, so that no
/// file of ours is opened in their place.
void hold_standard_streams();

/// True if stderr is a terminal that takes control sequences.
bool stderr_is_terminal();

/// How something does; its colour never says more than its word.
enum class tone { good, fair, bad };

/// True if the stream may carry colour: with `--color=always`, or on a terminal
/// that is not dumb where NO_COLOR, `--no-color` and `--color=never` are not.
bool has_colour(const settings& given, int stream);

/// `text` in the colour of `how`, or as it is.
std::string painted(std::string text, tone how, bool has_colour);

} // namespace jobfarm::cli
