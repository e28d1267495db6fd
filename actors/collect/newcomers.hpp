#pragma once

#include "actors/collect/record_table.hpp"
#include "actors/dedupe/candidates.hpp"
#include "actors/dedupe/text_print.hpp"
#include "messages/posting.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// Postings that came together: none is moved, all go together.
using shared_page = std::shared_ptr<const std::vector<job_posting>>;

/// The prints of their descriptions, in their order; none where nobody has made
/// them.
using page_prints = std::vector<dedupe::text_print>;

/// What is worked out of records before they are placed. Each step is done for
/// some of them at once: its code is fetched once for all.
class newcomers {
public:
  /// Records that are read at once.
  static constexpr std::size_t most = 16;

  struct newcomer {
    record_table::shared_evidence made;
    dedupe::fingerprint print;
  };

  explicit newcomers(const dedupe::candidate_plan& plan);

  /// Reads `most` records of a page from number `begin` on, or those that are
  /// left; not those that `is_known` (posting to bool) tells.
  template <class IsKnown>
  void read(shared_page page, const page_prints& texts, std::size_t begin,
            IsKnown is_known) {
    clear();
    page_ = std::move(page);
    const auto end = std::min(begin + most, page_->size());
    for (auto at = begin; at < end; ++at)
      if (const auto& one = (*page_)[at]; !is_known(one))
        add(one, at < texts.size() ? &texts[at] : nullptr);
    read_all();
  }

  /// What was read of a posting; reads it alone if it was not. Valid until the
  /// next call.
  const newcomer& of(const job_posting& posting);

  /// Those that were read, in their order.
  const newcomer* begin() const noexcept {
    return made_.data();
  }
  const newcomer* end() const noexcept {
    return begin() + count_;
  }

  /// Lets go of the page.
  void clear();

private:
  void add(const job_posting& posting, const dedupe::text_print* text);
  void read_all();

  const dedupe::candidate_plan plan_;
  dedupe::recent_prints prints_;
  /// So that no other posting comes to stand where one of these stands.
  shared_page page_;
  std::size_t count_ = 0;
  std::array<const job_posting*, most> postings_{};
  std::array<const dedupe::text_print*, most> texts_{};
  /// Those that did not come with the page.
  std::array<dedupe::text_print, most> own_texts_{};
  std::array<newcomer, most> made_;
  newcomer alone_;
};

} // namespace jobfarm::collect
