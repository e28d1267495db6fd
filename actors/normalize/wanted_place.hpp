#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::normalize {

/// A place that somebody looks for jobs at: a city, state, country, region
/// ("Western Europe") or scope ("EMEA").
class wanted_place {
public:
  /// `world` tells what the text names: "Germany", "Portland, OR". Null takes
  /// it by the letter alone: then "DE" is Germany, and "Germany" is not.
  explicit wanted_place(std::string_view text,
                        const gazetteer* world = nullptr);

  /// True if one of the posting's places is this one or lies in it. A scope
  /// or region is that of a posting, too, whose own scope has it in it or is a
  /// part of it: a remote job in EMEA may be done in DACH.
  bool is_of(const job_posting& posting) const;

  /// False if no place, region or scope is known by the text: only postings
  /// that say it by the letter are there.
  bool is_known() const {
    return !known_.empty() || !scope_.empty();
  }

private:
  bool is_named(std::string_view name) const;
  bool is_of_scope(std::string_view scope) const;
  bool holds(std::string_view city, std::string_view admin1,
             std::string_view country) const;

  std::string folded_;
  /// The places that the text names.
  std::vector<place> known_;
  /// The scope or region that it names instead.
  std::string scope_;
};

} // namespace jobfarm::normalize
