#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// What could be read of a block that is not strict JSON.
struct tolerant_reading {
  /// Each value of the block, in order, rewritten as strict JSON.
  std::vector<std::string> values;
  /// Why reading stopped before the end of a value; empty if it did not.
  std::string problem;
};

/// Rewrites what templates and hand editing leave in JSON-LD blocks as strict
/// JSON: comments and CDATA marks around and inside, raw control characters
/// and unescaped quotes in strings, single quotes, bare keys, missing and
/// trailing commas, `undefined`, NaN and empty values, `&quot;` for quotes,
/// several values in a row, text after the last. A value that is cut off is a
/// problem, never completed. Any bytes; linear in time; depth at most 64.
tolerant_reading read_tolerantly(std::string_view block);

} // namespace jobfarm::sources
