#pragma once

#include "messages/expected.hpp"

#include <cstdint>
#include <functional>
#include <string>

namespace jobfarm::normalize {

struct import_counts {
  std::uint64_t places = 0;
  std::uint64_t bad_lines = 0;
};

/// Makes a gazetteer at `out` of everything in `base` and the populated places
/// of a GeoNames dump (19 tab-separated columns, feature class P). `tell` gets
/// a line for each of the first ten lines that are none and one each 100,000
/// places. Errors: invalid_input, store_failed.
expected<import_counts>
import_geonames(const std::string& dump, const std::string& base,
                const std::string& out,
                const std::function<void(const std::string&)>& tell);

} // namespace jobfarm::normalize
