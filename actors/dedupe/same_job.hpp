#pragma once

#include "messages/posting.hpp"

#include <string_view>

namespace jobfarm::dedupe {

/// Which knowledge a merge takes into account.
enum class rule {
  seed,     ///< signatures and score alone
  location, ///< and never what is known to be another job
};

/// Why two postings are different jobs although they look alike, or empty:
/// different known country or city, different requisition ids on one board,
/// different seniority. `seed` knows no reason.
std::string_view known_difference(const job_posting& a, const job_posting& b,
                                  rule by);

} // namespace jobfarm::dedupe
