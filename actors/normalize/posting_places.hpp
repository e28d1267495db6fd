#pragma once

#include "actors/normalize/extra_reader.hpp"
#include "messages/posting.hpp"

namespace jobfarm::normalize {

class gazetteer;

/// Sets the places of a posting and what follows from them; its address and
/// language are there. Returns the work mode that the places name.
work_mode read_places(const raw_posting& raw, const extra_fields& extra,
                      const gazetteer& world, job_posting& posting);

} // namespace jobfarm::normalize
