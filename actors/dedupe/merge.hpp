#pragma once

#include "messages/posting.hpp"

namespace jobfarm::dedupe {

/// Adds what `other` knows to `canonical`, which keeps its id and whatever it
/// says itself; unknown fields are filled, the longer description wins, all
/// sightings are kept, `first_seen` and `last_seen` span both.
void merge_into(job_posting& canonical, const job_posting& other);

} // namespace jobfarm::dedupe
