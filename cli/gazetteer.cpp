#include "cli/commands.hpp"

#include "actors/normalize/gazetteer_import.hpp"
#include "cli/console.hpp"
#include "cli/places.hpp"

namespace jobfarm::cli {

namespace {

int run_gazetteer(const settings& given) {
  if (given.operands.size() != 2 || given.operands[0] != "import")
    return complain(
        fail(errc::invalid_input, "gazetteer import takes one FILE"));
  auto dir = data_dir(given);
  if (auto made = make_directories(dir); !made)
    return complain(made.error());
  auto out = dir + "/gazetteer.bin";
  auto done = normalize::import_geonames(
      given.operands[1], find_shared_file("gazetteer.bin"), out,
      [&](const std::string& line) { say(given, line); });
  if (!done)
    return complain(done.error());
  say(given,
      "imported " + std::to_string(done->places) + " places to " + out
          + (done->bad_lines == 0 ? ""
                                  : "; " + std::to_string(done->bad_lines)
                                        + " lines were no places"));
  return done->bad_lines == 0 ? exit_done : exit_usage;
}

} // namespace

const command gazetteer_command = {
    "gazetteer",
    "Take in a full GeoNames dump, for small places",
    "import FILE",
    2,
    {},
    {"jobfarm gazetteer import cities500.txt"},
    run_gazetteer,
};

} // namespace jobfarm::cli
