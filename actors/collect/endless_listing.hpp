#pragma once

#include "actors/sources/source.hpp"
#include "messages/task.hpp"

#include <optional>
#include <string>

/// Listings that would never end.
namespace jobfarm::collect {

/// Ends a listing whose server goes on without end, by mistake or on purpose:
/// one that asks for the same page again, shows the same records as on the
/// page before, or has gone on for ten thousand pages. Takes the next page out
/// of `page`, and gives the reason; nothing where it goes on, with a note of
/// what this page shows.
std::optional<std::string> end_endless(const task& asked,
                                       sources::parsed_page& page);

} // namespace jobfarm::collect
