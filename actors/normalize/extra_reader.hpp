#pragma once

#include "actors/normalize/place.hpp"
#include "actors/normalize/role_family.hpp"
#include "actors/normalize/salary.hpp"
#include "messages/json_text.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jobfarm::normalize {

/// The members of `raw_posting::extra` that normalising reads; what is missing
/// or of another type is empty.
struct extra_fields {
  /// Whether it is a JSON object at all.
  bool is_object = false;
  /// Whether `write_extra` would write its members as they stand: texts and
  /// lists of texts, of other names than those it writes.
  bool is_plain = false;
  std::string workplace_type;
  /// A flag that the source gives beside its fields.
  std::optional<bool> is_remote;
  /// ISO 3166-1 alpha-2.
  std::string country;
  std::string requisition_id;
  std::string language;
  std::string seniority;
  /// Where the source says that a remote worker may live.
  std::vector<std::string> remote_scope;
  /// What the source asks for in fields of its own.
  std::optional<double> experience_months;
  std::string experience_requirements;
  std::vector<std::string> skills;
  std::vector<pay_range> salary_ranges;
  std::vector<address> addresses;
};

/// Reads them; text that is no JSON object reads as empty.
extra_fields read_extra(const json_text& extra);

/// What normalising adds to `raw_posting::extra`.
struct extra_findings {
  /// Its ranges are `salary_ranges`; why none was taken, `salary_rejected`.
  const salary_finding& pay;
  /// `visa_sentence`: what speaks of sponsorship; may be empty.
  std::string_view visa_sentence;
  /// Its codes are `soc_code` and `isco_code`, where they are sure; may be
  /// null.
  const role_family* family = nullptr;
};

/// `extra`, which `fields` were read of, with what was found; no object counts
/// as an empty one. Members whose names were found are replaced.
json_text write_extra(json_text extra, const extra_fields& fields,
                      const extra_findings& found);

} // namespace jobfarm::normalize
