#pragma once

#include "actors/text/phrase_table.hpp"

#include <cstddef>
#include <vector>

// The phrases of descriptions that tell, or help to tell, where the work is
// done.
namespace jobfarm::normalize {

/// What a phrase says of the place of work.
enum class place_cue {
  hybrid, ///< states it by itself
  remote,
  onsite,
  hybrid_word, ///< states it with a word for the job, or as all of a line
  remote_word,
  onsite_word,
  remote_abroad, ///< states it beside a word for work in its language
  onsite_abroad,
  refused,       ///< "nicht möglich": right behind a word for remote
  not_given,     ///< "no se ofrece": shortly before one
  unwanted,      ///< "do not apply if": before one in its sentence
  hybrid_line,   ///< states it as all of a line only: clouds are hybrid too
  home_possible, ///< home is allowed: some of it, if not all is said
  no_remote,     ///< states that it is not remote
  label,         ///< "work location:": what follows on the line is the mode
  home,          ///< a word for home, to be read with a number of days
  office,        ///< the same for the office
  workplace,     ///< "depot": an office that may open for part of the week
  part_of_week,  ///< "Tuesday", "twice a week": near a place, not all of it
  every_day,     ///< near a place: all of the week
  mixture,       ///< "a mix of": before home and the office
  days
};

struct cue_hit {
  place_cue kind;
  std::size_t begin;
  std::size_t end;
};

/// Every cue in the main languages of job sites, folded.
const text::phrase_table<place_cue>& cue_table();

/// The cues of one text, in order of begins.
using cue_hits = std::vector<cue_hit>;

} // namespace jobfarm::normalize
