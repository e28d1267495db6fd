#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace jobfarm::text {

class folded_text;

} // namespace jobfarm::text

namespace jobfarm::normalize {

class gazetteer;

/// What became of several records.
struct normal_postings {
  /// A record that cannot become a posting, and why.
  struct misfit {
    /// Among the records.
    std::size_t index = 0;
    failure why;
  };

  /// Of the other records, in their order.
  std::vector<job_posting> postings;
  std::vector<misfit> misfits;
};

/// Sees the description of each posting that is made, while it is at hand:
/// `posting` is its number; `first` that of the one whose text it is, itself or
/// one seen before.
using text_visitor = std::function<void(std::size_t posting, std::size_t first,
                                        const text::folded_text& text)>;

/// Makes one clean record of what a source said. Immutable: one instance
/// serves every thread.
class normalizer {
public:
  /// Each step is done for so many postings before the next one is: its code
  /// and tables stay in the processor's first caches, the texts in the second.
  static constexpr std::size_t most_at_once = 32;

  /// `places` is kept for the normaliser's life.
  explicit normalizer(std::shared_ptr<const gazetteer> places);

  /// Why a record cannot become a posting (its rejection reason), if it cannot:
  /// `bad_payload` without a title, or without both source_id and url.
  static std::optional<failure> problem_of(const raw_posting& raw);

  /// Returns the posting, or its problem.
  expected<job_posting> normalize(const raw_posting& raw) const;

  /// The same for several; faster than one by one. Takes texts out of those
  /// that become postings.
  normal_postings normalize_all(std::vector<raw_posting>& raw,
                                const text_visitor& visit = {}) const;

  const gazetteer& places() const noexcept {
    return *places_;
  }

private:
  std::shared_ptr<const gazetteer> places_;
};

} // namespace jobfarm::normalize
