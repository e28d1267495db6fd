#pragma once

#include "actors/dedupe/text_print.hpp"
#include "actors/dedupe/title_core.hpp"
#include "messages/posting.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace jobfarm::dedupe {

/// Upper bound of the ratio of two texts in constant time: code points counted
/// in 32 classes. Two records of one text have equal counts.
struct letter_counts {
  std::array<std::uint8_t, 32> in_class{};
  /// Code points; no bound is given where a class overflows.
  std::uint32_t length = 0;
  bool overflow = false;
};

letter_counts count_letters(std::string_view text);
double ratio_bound(const letter_counts& a, const letter_counts& b);

/// A known place, as hashes; 0 is unknown.
struct place_key {
  std::uint64_t country = 0;
  std::uint64_t admin1 = 0;
  std::uint64_t city = 0;
};

/// What one source record says, as far as telling duplicates needs it: small
/// enough to be kept for a million records. Never changes after it was made.
struct evidence {
  std::string id;
  std::string first_seen;
  std::string title;
  std::string company;
  title_core core;
  letter_counts title_letters;
  letter_counts core_letters;
  letter_counts company_letters;
  /// Signatures, under which equal postings meet: two that have one in common
  /// are the same job unless a rule says otherwise. Of the canonical url; of
  /// title_normalized and company_normalized; of company_normalized and the
  /// letters of the description. These and all hashes below are 0 where what
  /// they are made of is not known.
  std::uint64_t url_signature = 0;
  std::uint64_t title_signature = 0;
  std::uint64_t text_signature = 0;
  std::uint64_t company_key = 0;
  std::uint64_t board_key = 0;
  std::uint64_t requisition = 0;
  /// Equal for records of one title and company between which no known
  /// difference can lie, and which differ from any third one alike; 0 where
  /// title or company is not known.
  std::uint64_t twin = 0;
  place_key place;
  std::vector<place_key> places;
  jobfarm::seniority seniority = seniority::unknown;
  /// 3-grams of the description, as often as they come, and the sum of their
  /// hashes.
  std::uint32_t shingle_count = 0;
  std::uint64_t shingle_sum = 0;
};

/// `text` is that of the posting's description.
evidence evidence_of(const job_posting& posting, const text_print& text);

/// True if two postings give the same evidence.
bool have_same_evidence(const job_posting& a, const job_posting& b);

/// The order in which records of one group are looked at: first seen first,
/// then by id, and records of one id by what they say. Records that are equal
/// here cannot be told apart.
bool is_before(const evidence& a, const evidence& b);

} // namespace jobfarm::dedupe
