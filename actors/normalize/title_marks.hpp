#pragma once

#include <string>
#include <string_view>

/// Parts of a title that say by themselves that they are not the title's.
namespace jobfarm::normalize {

/// A part in lower-case ASCII, single blanks between its words.
std::string folded_part(std::string_view part);

/// True for "m/f/d", "H/F", "all genders", "gn".
bool is_gender_mark(std::string_view part);

/// True for "REQ-7622", "#12345", "R0012345", "Job ID: 998877", "2024-12345".
/// Years, standards ("ISO 27001") and products ("D365") are none.
bool is_requisition(std::string_view part);

/// True if a folded part is either of these, a workload ("80-100%"), working
/// hours, a call ("Urgent") or money ("$5,000 Sign-On Bonus").
bool is_title_mark(std::string_view folded);

} // namespace jobfarm::normalize
