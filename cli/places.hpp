#pragma once

#include "actors/normalize/wanted_place.hpp"
#include "cli/settings.hpp"

#include <string>
#include <vector>

namespace jobfarm::cli {

/// `$HOME`, else the directory of the account: services may have no variable.
std::string home_dir();

/// Directory of the running program.
std::string program_dir();

/// A file that comes with jobfarm (`gazetteer.bin`, `boards.csv`): in
/// `$JOBFARM_SHARE`, beside the program (`../share/jobfarm`), or in the build
/// and source tree. Empty if it is nowhere.
std::string find_shared_file(const std::string& name);

/// `--data-dir`, else `$XDG_DATA_HOME/jobfarm`, else `~/.local/share/jobfarm`.
std::string data_dir(const settings& given);

/// The gazetteer to use: one that was imported into the data directory, else
/// the one that comes with jobfarm. Errors: invalid_input if there is none.
expected<std::string> gazetteer_file(const settings& given);

/// Opens that gazetteer. Errors: invalid_input if it is not sound, too.
expected<std::shared_ptr<const normalize::gazetteer>>
open_gazetteer(const settings& given);

/// What `names` of places are. Errors: as `open_gazetteer`.
expected<std::vector<normalize::wanted_place>>
wanted_places(const settings& given, const std::vector<std::string>& names);

/// Those of `names` of which no place, region or scope is known.
std::vector<std::string> unknown_places(const settings& given,
                                        const std::vector<std::string>& names);

/// Makes a directory and its parents. Errors: invalid_input with the reason.
expected<void> make_directories(const std::string& path);

} // namespace jobfarm::cli
