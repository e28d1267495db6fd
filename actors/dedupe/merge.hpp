#pragma once

#include "messages/posting.hpp"

#include <vector>

namespace jobfarm::dedupe {

/// Adds what `other` knows to `canonical`, which keeps its id and whatever it
/// says itself; unknown fields are filled, of a place and of pay all at once;
/// a place of which more is known stands for it. Tags, places and members of
/// `extra` of both are kept, the longer description wins, all sightings are
/// kept, `first_seen` and `last_seen` span both.
void merge_into(job_posting& canonical, const job_posting& other);

/// A source record that was seen again, perhaps with other content: it says
/// what the newer of both sightings says (`last_seen`), spans both, and is
/// open. Neither is taken as the older one by the order of the arguments.
job_posting renewed(const job_posting& one, const job_posting& other);

/// True if nothing but its life changes when `known` is seen as `seen`.
bool says_the_same(const job_posting& known, const job_posting& seen);

/// Makes the one posting of a group from the records of it, at least one, the
/// one seen first in front: it gives the id, so that a better record that comes
/// later changes no id. Everything else comes from the best evidence, field by
/// field: the employer's own board before sites that copy, then the more
/// complete record, the more trustworthy, the one with the longer description,
/// and the smaller id; pay in fields before pay read from words; the longest
/// description. All sightings are kept, in the order in which they were seen;
/// the posting is closed when every record of it is.
job_posting canonical_of(const std::vector<const job_posting*>& records);
job_posting canonical_of(const std::vector<job_posting>& records);

/// Whose fields `canonical_of` takes first.
const job_posting& best_of(const std::vector<const job_posting*>& records);

/// True if `join` makes the posting of a group once `one`, which is open and
/// not the first of it, is in it: false if more must be known for that than
/// `member`, a record of the group. Then `canonical_of` tells.
bool can_join(const job_posting& canonical, const job_posting& member,
              const job_posting& one);

/// Adds a record that `can_join` its group.
void join(job_posting& canonical, const job_posting& one);

} // namespace jobfarm::dedupe
