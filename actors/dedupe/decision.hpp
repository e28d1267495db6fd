#pragma once

#include "actors/dedupe/evidence.hpp"
#include "actors/dedupe/rule.hpp"
#include "actors/dedupe/shingles.hpp"
#include "actors/dedupe/similarity.hpp"

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

namespace jobfarm::dedupe {

struct decision_options {
  dedupe::rule rule = rule::location;
  /// A score above this is a duplicate; 0..1.
  double threshold = 0.85;
};

/// What was found of two records, and what follows.
struct decision {
  bool merge = false;
  /// In words, never empty.
  std::string_view reason;
  /// Set unless the pair was dismissed by bounds alone.
  likeness alike;
  bool is_measured = false;
  /// `url`, `title`, `text`: the signatures that both have.
  std::vector<std::string_view> signatures;
  /// How strong the edge is, for the order of merging: the score, more for
  /// equal signatures.
  double strength = 0;
};

/// Gives the overlap of both descriptions; asked only where it matters.
using overlap_reader = std::function<overlap()>;

/// Records that have this in common are one job by that alone: the twin, or by
/// the plain rule the signature of title and company. 0 for none.
std::uint64_t sure_key(const evidence& record, rule by);

/// Eight bytes of a record that tell most pairs apart at a glance. 0 stands for
/// what is not known, or takes more than this to judge.
struct facts {
  std::uint16_t country = 0;
  std::uint16_t admin1 = 0;
  std::uint16_t city = 0;
  std::uint16_t seniority = 0;
};

facts facts_of(const evidence& record, rule by);

/// True only where `known_difference` has a reason too.
bool differ(const facts& a, const facts& b);

/// What settles most pairs that facts leave open, without their evidence: those
/// of ads that one company has many times. Hashes; 0 stands for what is not
/// known.
struct outline {
  std::uint64_t sure = 0;
  std::uint64_t board = 0;
  std::uint64_t requisition = 0;
  /// A bit for each city that is named, which other cities may have too.
  std::uint64_t cities = 0;
  /// Cut: those that differ are different, others may be the same.
  std::uint32_t country = 0;
  std::uint32_t city = 0;
};

outline outline_of(const evidence& record, rule by);

/// True only where two records are one job for sure (`sure_key`), or
/// `known_difference` has a reason.
bool is_settled(const outline& a, const outline& b);

/// Decides whether two records are one job; `a` is the one seen first
/// (`is_before`). `seed`: an equal signature, or a score above the threshold
/// (section 5 of the record contract). `location`: the same for records that
/// nothing known tells apart, their titles read as `title_core`, and a text
/// that was cut or wrapped counted by what the shorter one keeps.
///
/// With `measure_all` the likeness is worked out for every pair. Where an
/// overlap of `most` or less would not be enough, `descriptions` is not asked.
decision decide(const evidence& a, const evidence& b,
                const decision_options& options,
                const overlap_reader& descriptions, bool measure_all = false,
                const overlap& most = {1, 1});

/// Why two records are different jobs although they look alike, or empty. The
/// order of the two does not matter. `seed` knows no reason.
std::string_view known_difference(const evidence& a, const evidence& b,
                                  rule by);

} // namespace jobfarm::dedupe
