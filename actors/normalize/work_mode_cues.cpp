#include "actors/normalize/work_mode_cues.hpp"

#include "actors/normalize/work_mode_context.hpp"

namespace jobfarm::normalize {

namespace {

using c = place_cue;

/// Folded; in the main languages of job sites.
constexpr text::phrase_group<place_cue> cues[] = {
#include "actors/normalize/data/work_mode_cues.inc"
};

} // namespace

const text::phrase_table<place_cue>& cue_table() {
  static const text::phrase_table<place_cue> made(cues, hyphens);
  return made;
}

} // namespace jobfarm::normalize
