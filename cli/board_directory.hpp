#pragma once

#include "messages/expected.hpp"
#include "messages/query.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

/// Reads a board directory: CSV with the columns ats, token, company (RFC
/// 4180; a header row, blank lines and `#` comments are skipped). `name` is
/// for messages. Errors: invalid_input with the line and what is wrong.
expected<std::vector<board>> parse_boards(std::string_view csv,
                                          const std::string& name);

/// Reads such a file. Errors: invalid_input.
expected<std::vector<board>> read_boards(const std::string& path);

/// `boards` as CSV, sorted, without repeats.
std::string format_boards(std::vector<board> boards);

/// The directory that comes with jobfarm: beside the program or in the source
/// tree. Empty if it is not there.
std::string bundled_boards_file();

/// The user's own directory, in the data directory.
std::string user_boards_file(const std::string& data_dir);

} // namespace jobfarm::cli
