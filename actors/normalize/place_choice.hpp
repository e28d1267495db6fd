#pragma once

#include "actors/normalize/place_evidence.hpp"
#include "actors/normalize/place_reader.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::normalize {

/// What stands around a name, for telling places of one name apart.
class place_context {
public:
  /// A country that the source states: it decides.
  void state(std::string_view country);
  /// A country that another place of the posting is in.
  void see(std::string_view country);
  /// A state ("US/California") that another place of the posting is in.
  void see_admin1(std::string_view country, std::string_view admin1);
  /// What suggests a country, and names none.
  void weigh(const country_evidence& evidence) {
    evidence_ = evidence;
  }
  /// Countries of a scope ("EMEA") become likelier.
  void see_scope(std::string_view scope);

  /// How much more likely a place is for it, in doublings of population.
  double weight(const gazetteer_place& one) const;

  bool has_seen(std::string_view country) const;
  bool has_seen_any() const {
    return !seen_.empty();
  }

private:
  std::string stated_;
  std::map<std::string, int, std::less<>> seen_;
  std::map<std::string, int, std::less<>> admin1s_;
  country_evidence evidence_;
  std::string scope_;
};

/// The best reading of a name: its `place_key` and as it was written. Nothing
/// if nobody can tell: "Georgia" alone, "CA" alone. Population is asked last.
std::optional<gazetteer_place> choose_place(const place_candidates& all,
                                            std::string_view key,
                                            std::string_view spelling,
                                            const place_context& context);

/// Whether a place of the name in another country is likely enough that
/// evidence of the country could tell for it.
bool is_close_choice(const place_candidates& all, const gazetteer_place& chosen,
                     const place_context& context);

/// True if `outer` (a state or country) holds `inner`, or they are one.
bool holds_place(const gazetteer_place& outer, const gazetteer_place& inner);

} // namespace jobfarm::normalize
