#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <memory>
#include <string>

namespace jobfarm::normalize {

class gazetteer;

/// Makes one clean record of what a source said. Immutable: one instance
/// serves every thread.
class normalizer {
public:
  /// `places` is kept for the normaliser's life.
  explicit normalizer(std::shared_ptr<const gazetteer> places);

  /// Returns the posting, or why it cannot become one (its rejection reason):
  /// `bad_payload` without a title, or without both source_id and url.
  expected<job_posting> normalize(const raw_posting& raw) const;

  const gazetteer& places() const noexcept {
    return *places_;
  }

private:
  /// All that follows from the fields; the address is there.
  void fill(const raw_posting& raw, job_posting& posting) const;

  std::shared_ptr<const gazetteer> places_;
};

} // namespace jobfarm::normalize
