#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace jobfarm::normalize {

class gazetteer;

/// Makes one clean record of what a source said. Immutable: one instance
/// serves every thread.
class normalizer {
public:
  /// Each step is done for so many postings before the next one is: its code
  /// and tables stay in the processor's first caches, the texts in the second.
  static constexpr std::size_t most_at_once = 16;

  /// `places` is kept for the normaliser's life.
  explicit normalizer(std::shared_ptr<const gazetteer> places);

  /// Why a record cannot become a posting (its rejection reason), if it cannot:
  /// `bad_payload` without a title, or without both source_id and url.
  static std::optional<failure> problem_of(const raw_posting& raw);

  /// Returns the posting, or its problem.
  expected<job_posting> normalize(const raw_posting& raw) const;

  /// The same for each of several, in their order; faster than one by one.
  std::vector<expected<job_posting>>
  normalize_all(const std::vector<raw_posting>& raw) const;

  const gazetteer& places() const noexcept {
    return *places_;
  }

private:
  /// Makes `count` postings, or the reasons why there are none.
  void fill(const raw_posting* raw, expected<job_posting>* postings,
            std::size_t count) const;

  std::shared_ptr<const gazetteer> places_;
};

} // namespace jobfarm::normalize
