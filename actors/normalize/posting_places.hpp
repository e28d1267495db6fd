#pragma once

#include "actors/normalize/extra_reader.hpp"
#include "messages/posting.hpp"

namespace jobfarm::normalize {

class gazetteer;

/// What the places of a posting say besides.
struct workplace_hints {
  /// The work mode that they name.
  work_mode mode = work_mode::unknown;
  /// Whether a remote worker may live anywhere in the posting's country, by a
  /// field of the source.
  bool is_open_to_country = false;
};

/// Sets the places of a posting and what follows from them; its address and
/// language are there.
workplace_hints set_places(const raw_posting& raw, const extra_fields& extra,
                           const gazetteer& world, job_posting& posting);

} // namespace jobfarm::normalize
