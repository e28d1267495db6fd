#pragma once

#include "actors/normalize/wanted_place.hpp"
#include "messages/posting.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::enrich {

/// Who looks for what.
struct profile {
  /// Words of the wanted job: "technical program manager kubernetes".
  std::string text;
  std::vector<normalize::wanted_place> locations;
  bool remote_only = false;
  /// Least pay a year, USD.
  std::optional<double> salary_usd_min;
};

/// How well postings fit a profile: BM25F (Robertson and Zaragoza 2009) of the
/// profile's terms over title, skills and text, with recency, location and
/// salary. `observe` every posting of the set first, then `score` each.
///
/// The score is the weighted mean of those parts that the profile asks for;
/// each part is 0 to 1, and one that the posting says nothing about counts a
/// half. All parts are in the enrichment, with the fields that they were read
/// from and the share of the score that those cover, its confidence: so a
/// score can be explained.
class fit_model {
public:
  explicit fit_model(profile wanted);

  void observe(const job_posting& posting);

  /// Fills level `basic`: ml_score, its parts, keyword_matches. `as_of` is
  /// seconds since 1970. No ml_score if the profile asks for nothing.
  enrichment score(const job_posting& posting, std::int64_t as_of) const;

private:
  /// Title, skills and tags, description.
  static constexpr std::size_t fields = 3;
  struct term_counts {
    /// [term][field]
    std::vector<std::array<std::int32_t, fields>> found;
    std::array<std::int32_t, fields> length{};
  };

  term_counts count(const job_posting& posting) const;
  double idf(std::size_t term) const;
  double text_part(const term_counts& counts) const;

  profile wanted_;
  std::vector<std::string> terms_;
  std::vector<std::int64_t> documents_with_;
  std::array<std::int64_t, fields> total_length_{};
  std::int64_t documents_ = 0;
};

/// 1 where the posting is at a wanted place, 0 where it is elsewhere, nothing
/// where either side does not say. Remote work without a scope fits any place.
std::optional<double> location_part(const profile& wanted,
                                    const job_posting& posting);

} // namespace jobfarm::enrich
