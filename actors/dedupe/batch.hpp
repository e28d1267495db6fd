#pragma once

#include "actors/dedupe/candidates.hpp"
#include "actors/dedupe/clusters.hpp"
#include "actors/dedupe/decision.hpp"
#include "actors/dedupe/description_reader.hpp"
#include "messages/expected.hpp"

#include <deque>
#include <functional>
#include <vector>

namespace jobfarm::dedupe {

/// Finds the groups of a whole set of postings at once. Keeps evidence and
/// keys of each posting, about 1.1 kB, and asks for descriptions again where
/// two postings have to be compared.
class batch {
public:
  explicit batch(decision_options options);
  batch(decision_options options, const candidate_plan& plan);

  /// Takes the next posting; they are numbered from 0 as they come.
  void add(const job_posting& posting);

  /// Gives the shingles of a posting's description. Errors end the work.
  using text_reader =
      std::function<expected<shingle_set>(std::uint32_t number)>;
  /// Told of each pair that was compared; `a` was seen first.
  using pair_visitor = std::function<void(const evidence& a, const evidence& b,
                                          const decision& made)>;

  /// Returns the groups as numbers of postings: members in the order in which
  /// they were seen, groups by the posting that came first. Call once.
  expected<std::vector<std::vector<std::uint32_t>>>
  groups(const text_reader& read, const pair_visitor& visit = {});

private:
  struct pair {
    std::uint32_t a;
    std::uint32_t b;
  };

  std::vector<pair> candidate_pairs(bool all_pairs);
  expected<std::vector<merge_edge>> decide_pairs(const std::vector<pair>& pairs,
                                                 const text_reader& read,
                                                 const pair_visitor& visit);
  void rank_records(std::vector<merge_edge>& edges);
  std::vector<std::vector<std::uint32_t>>
  with_singles(std::vector<std::vector<std::uint32_t>> groups) const;
  expected<void> tell_merges(const std::vector<merge_edge>& edges,
                             const std::vector<merge_edge>& refused,
                             const text_reader& read,
                             const pair_visitor& visit) const;

  decision_options options_;
  candidate_plan plan_;
  description_reader reader_;
  std::deque<evidence> records_;
  std::vector<facts> facts_;
  std::deque<shingle_outline> outlines_;
  /// See `sure_key`.
  std::vector<std::uint64_t> sure_;
  /// Keys of all records one after the other, cut to 32 bits: those that meet
  /// by chance are few and told apart when compared.
  std::deque<std::uint32_t> keys_;
  std::vector<std::uint8_t> key_counts_;
  /// The records that edges connect, in the order of `is_before`.
  std::vector<std::uint32_t> order_;
};

} // namespace jobfarm::dedupe
