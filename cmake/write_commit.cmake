# Writes OUT: the commit of the tree SOURCE, and whether it was changed since.
# Run at each build; the file is only touched where it says something else.
execute_process(
  COMMAND git -C ${SOURCE} describe --always --abbrev=40 --match= --dirty
  OUTPUT_VARIABLE commit OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
file(CONFIGURE OUTPUT ${OUT} @ONLY CONTENT [[
#include "cli/version.hpp"

std::string_view jobfarm::cli::commit() {
  return "@commit@";
}
]])
