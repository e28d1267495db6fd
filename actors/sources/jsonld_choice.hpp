#pragma once

#include "messages/posting.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::sources {

/// What a page says of itself, for telling its own posting from others on it.
struct page_identity {
  /// Canonical addresses of the page: what was asked for, what it links to.
  std::vector<std::string> addresses;
  /// Title, heading, `og:title`; the heading first.
  std::vector<std::string> titles;
};

/// Returns which of several postings the page is about, or nothing if it is a
/// list. By address first: the only one whose url is the page's, or whose id
/// is a part of it. Else by words: the only one whose title and company the
/// page's own titles speak of, unless they speak of many jobs.
std::optional<std::size_t>
find_main_posting(const std::vector<raw_posting>& postings,
                  const page_identity& page);

} // namespace jobfarm::sources
