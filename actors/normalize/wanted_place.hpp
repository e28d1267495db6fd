#pragma once

#include "actors/normalize/gazetteer.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// A place that somebody looks for jobs at: a city, state, country, region
/// ("Western Europe") or scope ("EMEA").
class wanted_place {
public:
  /// `world` tells what the text names: "Germany", "Portland, OR". Null takes
  /// it by the letter alone: then "DE" is Germany, and "Germany" is not.
  explicit wanted_place(std::string_view text,
                        const gazetteer* world = nullptr);

  /// True if one of the posting's places is this one or lies in it.
  bool is_of(const job_posting& posting) const;

private:
  bool is_named(std::string_view name) const;
  bool holds(std::string_view city, std::string_view admin1,
             std::string_view country) const;

  std::string folded_;
  /// Without a country where the text is not known.
  place known_;
};

} // namespace jobfarm::normalize
