#pragma once

#include "cli/settings.hpp"

#include <string>

namespace jobfarm::cli {

/// Directory of the running program.
std::string program_dir();

/// A file that comes with jobfarm (`gazetteer.bin`, `boards.csv`): in
/// `$JOBFARM_SHARE`, beside the program (`../share/jobfarm`), or in the build
/// and source tree. Empty if it is nowhere.
std::string find_shared_file(const std::string& name);

/// `--data-dir`, else `$XDG_DATA_HOME/jobfarm`, else `~/.local/share/jobfarm`.
std::string data_dir(const settings& given);

/// The gazetteer to use: one that was imported into the data directory, else
/// the one that comes with jobfarm. Empty if there is none.
std::string gazetteer_file(const settings& given);

/// Makes a directory and its parents. Errors: invalid_input with the reason.
expected<void> make_directories(const std::string& path);

} // namespace jobfarm::cli
