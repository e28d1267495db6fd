#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// A script of type `application/ld+json`, unread.
struct jsonld_block {
  std::string_view text;
  /// The page ends inside it.
  bool is_cut_off = false;
};

/// What a page says of itself outside its JSON-LD, in some kilobytes at most.
/// Empty where it does not.
struct page_facts {
  /// Of `<link rel="canonical">` and `og:url`, as written.
  std::string canonical;
  std::string og_url;
  /// Texts on one line: `<title>`, the first `<h1>`, `og:title`.
  std::string title;
  std::string heading;
  std::string og_title;
};

/// What a page holds that can tell of job postings.
struct jsonld_page {
  std::vector<jsonld_block> blocks;
  page_facts facts;
  /// There were more blocks than are ever read.
  bool has_more_blocks = false;
};

/// Finds the JSON-LD blocks and the facts of a page in one pass. The type is
/// compared trimmed, in lower case and without parameters (RFC 2045 5.1). A
/// payload that is JSON itself is one block. Any bytes; linear; the result
/// holds views of `payload`.
jsonld_page extract_jsonld(std::string_view payload);

} // namespace jobfarm::sources
