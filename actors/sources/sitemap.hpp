#pragma once

#include "messages/expected.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

/// Sitemaps (sitemaps.org, protocol 0.9): XML lists of pages or of other
/// sitemaps, XML compressed with gzip, and plain lists of addresses. Feeds
/// (RSS, Atom), which the protocol also names, are not read.
namespace jobfarm::sources {

/// What the protocol allows one file to hold, decompressed.
inline constexpr std::size_t most_sitemap_bytes = 50u << 20;

struct sitemap_entry {
  std::string address;
  /// `lastmod` as written; empty if it does not say.
  std::string modified_at;
};

struct sitemap {
  /// True for an index: `entries` are sitemaps, else pages.
  bool is_index = false;
  /// As written, in order, no more than were asked for.
  std::vector<sitemap_entry> entries;
  /// It has more of them, or ends in the middle.
  bool is_cut = false;
};

/// Reads at most `most_addresses` of an XML sitemap, or of a text one if
/// `is_text`, from the file's bytes as they came. Any bytes; linear. Errors:
/// too_large, bad_payload (gzip); schema_changed if it is no sitemap.
expected<sitemap> read_sitemap(std::string_view bytes, bool is_text,
                               std::size_t most_addresses);

/// True if an address is, by its words, that of a job's own page or of a list
/// of such: its host, one of its folders, or the beginning of its name says
/// "job", "careers", "stelle" and the like.
bool is_job_address(std::string_view url);

/// The same for the address of a sitemap: "sitemap-jobs-1.xml.gz".
bool is_job_sitemap(std::string_view url);

} // namespace jobfarm::sources
