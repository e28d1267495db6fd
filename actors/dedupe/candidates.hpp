#pragma once

#include "actors/dedupe/evidence.hpp"
#include "actors/dedupe/shingles.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace jobfarm::dedupe {

/// How MinHash bands are cut. A pair with Jaccard index J shares a band with
/// probability 1 - (1 - J^rows)^bands (Leskovec, Rajaraman, Ullman: Mining of
/// Massive Datasets, 3.4).
struct band_shape {
  std::size_t rows;
  std::size_t bands;
};

/// Which keys bring records together. A score above the threshold T needs a
/// description of J > (T - 0.7) / 0.3, 0.5 at T = 0.85. Where companies are not
/// the same, title and text must be the more alike. So there are bands
///
///     near   of one company        24 x 3 rows: 0.96 at J = 0.5,
///                                  0.997 at 0.6, 0.9999 at 0.7
///     title  of one title          18 x 4 rows: 0.92 at J = 0.6,
///                                  0.9989 at 0.75
///     far    of any two records     9 x 8 rows: 0.955 at J = 0.85,
///                                  0.994 at 0.9; job texts that share no more
///                                  than phrases (J = 0.2) meet once in 40,000
///
/// Heavily edited texts of one company are found by their titles as well: by
/// the set of its words, and by each set that leaves one word out; slips in the
/// company by the title and the company's first letters.
struct candidate_plan {
  band_shape near{3, 24};
  band_shape title{4, 18};
  band_shape far{8, 9};
  /// True where the threshold is so low that no text is needed: then every
  /// company is one block.
  bool whole_company = false;
};

/// Chooses the shapes for a threshold.
candidate_plan plan_candidates(double threshold);

/// The keys of a record: two records are compared if they share one. In no
/// particular order, none twice. Depends on nothing but the record, so that
/// the index may be partitioned by key.
std::vector<std::uint64_t> candidate_keys(const evidence& record,
                                          const shingle_set& shingles,
                                          const candidate_plan& plan);

} // namespace jobfarm::dedupe
