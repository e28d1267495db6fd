#include "cli/scenario_options.hpp"

namespace jobfarm::cli {

expected<nodes::scenario> scenario_of(const settings& given) {
  nodes::scenario what;
  if (given.has("scenario")) {
    auto read = nodes::read_scenario(given.text("scenario"), what);
    if (!read)
      return read.error();
    what = *std::move(read);
  }
  if (auto seed = given.count("seed"))
    what.seed = static_cast<std::uint64_t>(*seed);
  if (auto postings = given.count("postings"))
    what.postings = static_cast<std::uint64_t>(*postings);
  return what;
}

} // namespace jobfarm::cli
