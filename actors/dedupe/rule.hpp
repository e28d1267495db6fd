#pragma once

namespace jobfarm::dedupe {

/// Which knowledge a merge takes into account.
enum class rule {
  seed,     ///< signatures and score alone
  location, ///< and never what is known to be another job
};

} // namespace jobfarm::dedupe
