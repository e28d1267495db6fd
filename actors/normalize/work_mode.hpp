#pragma once

#include "messages/posting.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::text {
class folded_text;
class phrase_scanner;
} // namespace jobfarm::text

namespace jobfarm::normalize {

/// What the fields of a posting say about where the work is done.
struct work_mode_hints {
  /// `workplaceType` and the like, in any language.
  std::string_view workplace;
  /// The source's remote flag.
  std::optional<bool> remote;
  /// What the location text says (`mode_in_location`).
  work_mode in_location = work_mode::unknown;
  std::string_view title;
  /// May be null.
  const std::vector<std::string>* tags = nullptr;
};

/// Decides by the strongest hint: workplace type, location text, the flag,
/// title, tags. `mode_in_description` is for what they leave open.
work_mode work_mode_of(const work_mode_hints& hints);

/// The mode that a workplace label names: "On-site", "Télétravail", "In sede".
work_mode mode_of_label(std::string_view label);

/// The mode that a location text names beside its places.
work_mode mode_in_location(std::string_view location);

/// The mode that sentences of a description state. Remote sensing, hybrid
/// clouds and onsite gyms state none; remote work that is refused is on site.
work_mode mode_in_description(const text::folded_text& text);
work_mode mode_in_description(std::string_view text);

/// What `mode_in_description` looks for, so that a text may be sifted for it.
const text::phrase_scanner& work_mode_phrases();

} // namespace jobfarm::normalize
