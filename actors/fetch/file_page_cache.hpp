#pragma once

#include "actors/fetch/page_cache.hpp"
#include "messages/expected.hpp"

namespace jobfarm::fetch {

/// Pages on disk, a file each: `directory/HH/HASH`, where HASH is the XXH3 of
/// the key in 32 hexadecimal digits and HH its first two. A file holds 8 bytes
/// of XXH3 over the rest, the key behind its length (4 bytes, little-endian),
/// and the page (`append_page`). It is written beside and renamed; a file that
/// is torn, spoilt or of another key with the same hash is a miss. When more
/// than `most_bytes` are stored, the files go that were not used for longest;
/// what earlier runs left is counted at the first `put`, by age of the files.
/// Nothing is synced: what a power failure takes is fetched again. Errors:
/// store_failed, where `directory` cannot be made or written to.
expected<std::shared_ptr<page_cache>>
open_file_page_cache(const std::string& directory, std::size_t most_bytes);

} // namespace jobfarm::fetch
