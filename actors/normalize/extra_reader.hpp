#pragma once

#include "actors/normalize/place.hpp"
#include "actors/normalize/salary.hpp"
#include "messages/json_text.hpp"

#include <string>
#include <vector>

namespace jobfarm::normalize {

/// The members of `raw_posting::extra` that normalising reads; what is missing
/// or of another type is empty.
struct extra_fields {
  std::string workplace_type;
  /// ISO 3166-1 alpha-2.
  std::string country;
  std::string requisition_id;
  std::string language;
  std::string seniority;
  std::vector<std::string> remote_scope;
  std::vector<pay_range> salary_ranges;
  std::vector<address> addresses;
};

/// Reads them; text that is no JSON object reads as empty.
extra_fields read_extra(const json_text& extra);

/// `extra` with the ranges of pay that were found (`salary_ranges`) or why none
/// was taken (`salary_rejected`), and the sentence that speaks of sponsorship
/// (`visa_sentence`), where there is one.
json_text write_extra(const json_text& extra, const salary_finding& pay,
                      std::string_view visa_sentence);

} // namespace jobfarm::normalize
