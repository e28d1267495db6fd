#pragma once

#include "actors/dedupe/decision.hpp"
#include "actors/dedupe/evidence.hpp"
#include "actors/dedupe/rule.hpp"
#include "actors/dedupe/short_list.hpp"
#include "actors/dedupe/sketch.hpp"

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

/// Which records are brought together. A score above the threshold T needs a
/// description of J > (T - 0.7) / 0.3, 0.5 at T = 0.85. Where companies are not
/// the same, title and text must be the more alike. So there are bands
///
///     near   of one company        24 x 3 rows: 0.96 at J = 0.5,
///                                  0.997 at 0.6, 0.9999 at 0.7
///     title  of one title          18 x 4 rows: 0.92 at J = 0.6,
///                                  0.9989 at 0.75
///     far    of any two records     3 x 7 rows: 0.86 at J = 0.9,
///                                  0.97 at 0.95; job texts that share no more
///                                  than phrases (J = 0.2) meet once in 26,000
///
/// A far band costs a key of its own, for a copy with both another company and
/// another title: there are few of either.
///
/// Heavily edited texts of one company are found by their titles as well: by
/// the set of its words, and by each set that leaves one word out; slips in the
/// company by the title and the company's first letters.
///
/// What more than `most_sharing` records have in common says little of each:
/// it brings none of them together. So which records are compared follows from
/// the whole set of them, whatever came first. What decides by itself is left
/// out of this: equal signatures by the plain rule, twins (`evidence`) by the
/// other.
struct candidate_plan {
  band_shape near{3, 24};
  band_shape title{4, 18};
  band_shape far{7, 3};
  /// True where the threshold is so low that no text is needed: then every
  /// company is one block.
  bool whole_company = false;
  /// True where an equal signature is a merge, whatever else is known.
  bool signatures_decide = false;
  /// Records that may have a key, a band or a mark, for it to mean anything. A
  /// block of no more entries is looked through one by one, some 10 us of work;
  /// for a larger one there is an index, 1.1 MB and 140 bytes an entry.
  std::size_t most_sharing = 2000;
  /// Entries of a block.
  std::size_t most_entries = 1u << 18;
};

/// Chooses the shapes for a threshold and a rule.
candidate_plan plan_candidates(double threshold, rule by);

/// The bands and marks of a record within a block: 0 stands for none. Cut to
/// 16 bits: those that are equal by chance are few and told apart when the
/// records are compared.
using lane = std::uint16_t;

/// Marks that an entry of a block has room for.
constexpr std::size_t company_marks = 16;
constexpr std::size_t title_marks = 1;

/// A record in a block: all records of one company, or of one title. It is
/// looked at by what it says there, so that a record costs one entry a block
/// and not one a band.
struct block_entry {
  /// Which block, over both kinds; 0 for none.
  std::uint64_t block = 0;
  /// Tells it apart from entries that it shares lanes with.
  facts known;
  /// As many as the plan has bands.
  short_list<lane, sketch_bins> bands;
  /// 0 behind the last one.
  short_list<lane, company_marks> marks;
};

/// What decides with which records a record is compared. Depends on nothing
/// but the record, so that an index of it may be partitioned by key and block.
struct fingerprint {
  /// Records with a link in common are one job, however many have it: each is
  /// compared with one other, at least. Sorted; none is there twice.
  short_list<std::uint64_t, 3> links;
  /// Records with a key in common are compared, whatever else they are. Sorted;
  /// none is there twice.
  short_list<std::uint64_t, sketch_bins + 1> keys;
  block_entry company;
  block_entry title;
};

/// `text` is that of the record's description.
fingerprint fingerprint_of(const evidence& record, const text_print& text,
                           const candidate_plan& plan);

/// True if two entries of one block are to be compared: a band in the same
/// place is equal, or a mark in any. Both point to `bands` bands and then
/// `marks` marks, `company_marks` or `title_marks` of them.
bool share_lane(const lane* a, const lane* b, std::size_t bands,
                std::size_t marks);

/// The first of so many `others` that is not told apart from `known`
/// (`differ`); `count` if none is.
std::size_t first_alike(const facts& known, const facts* others,
                        std::size_t count);

/// The lanes of an entry, bands first, as keys of their own; 0 for none.
std::vector<std::uint64_t> lane_keys(const block_entry& entry);

/// A fingerprint as keys alone, its links apart: records that share one are
/// compared. For an index that sorts them.
std::vector<std::uint64_t> keys_of(const fingerprint& record);

} // namespace jobfarm::dedupe
