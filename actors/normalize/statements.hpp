#pragma once

#include "messages/posting.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace jobfarm::text {
class folded_text;
class phrase_scanner;
} // namespace jobfarm::text

/// What a posting's plain text states in sentences.
namespace jobfarm::normalize {

/// Years of experience that are asked for; half years from months.
struct experience_range {
  std::optional<double> min;
  std::optional<double> max;
};

/// The first demand for experience: "3-5 years of ... experience", "at least
/// 1.5+ years", "6 months to 1 year". Ages of companies and warranties are
/// none. Numbers in digits or words, in the main languages of job sites.
experience_range experience_in(const text::folded_text& text);
experience_range experience_in(std::string_view text);

/// Whether the employer sponsors a visa, with the sentence that says so.
/// Equal-opportunity lists and the need to be authorised to work say nothing.
struct visa_statement {
  visa_sponsorship sponsorship = visa_sponsorship::unknown;
  std::string sentence;
};
visa_statement visa_in(const text::folded_text& text);
visa_statement visa_in(std::string_view text);

/// What `experience_in` and `visa_in` look for, so that a text may be sifted
/// for them.
const text::phrase_scanner& experience_phrases();
const text::phrase_scanner& visa_phrases();

/// BCP 47 language of a text by the first 800 bytes of what it says; empty
/// where that is not sure.
std::string language_of(const text::folded_text& text);
std::string language_of(std::string_view text);

} // namespace jobfarm::normalize
