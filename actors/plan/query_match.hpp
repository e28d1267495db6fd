#pragma once

#include "actors/normalize/wanted_place.hpp"
#include "messages/posting.hpp"
#include "messages/query.hpp"

#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

namespace jobfarm::plan {

/// Whether a posting is one that a query asks for. Boards hold whatever the
/// company offers, so every posting is stored and this decides which belong to
/// the query's result. What a posting does not say excludes it only from
/// `remote_only` and `locations`, where showing it would be a guess.
class query_match {
public:
  /// `as_of` is seconds since 1970, for `posted_within_s`; `world` may be null
  /// (see `normalize::wanted_place`).
  query_match(const job_query& query, std::int64_t as_of,
              const normalize::gazetteer* world);

  bool operator()(const job_posting& posting) const;

  /// False if it asks for every posting.
  bool is_selective() const;

private:
  bool has_words(const job_posting& posting) const;
  bool is_of_company(const job_posting& posting) const;
  bool is_at_place(const job_posting& posting) const;
  bool pays_enough(const job_posting& posting) const;
  bool is_recent(const job_posting& posting) const;

  job_query query_;
  std::vector<std::string> words_;
  std::unordered_set<std::string> companies_;
  std::vector<normalize::wanted_place> places_;
  std::int64_t as_of_;
};

} // namespace jobfarm::plan
