#pragma once

#include "actors/sources/source.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// The cards of a search fragment or page, in order; a card without title or
/// number is left out and counted in `unreadable`.
struct linkedin_cards {
  std::vector<raw_posting> postings;
  int unreadable = 0;
};
linkedin_cards read_linkedin_cards(std::string_view html);

/// A job page or fragment; nothing where it has no title of a job.
std::optional<raw_posting> read_linkedin_job(std::string_view html);

/// True if the page says that applications are no longer taken.
bool is_linkedin_job_closed(std::string_view html);

} // namespace jobfarm::sources
