#pragma once

#include "actors/fetch/page_cache.hpp"
#include "messages/expected.hpp"

#include <functional>

namespace jobfarm::fetch {

/// Told why pages are missed that were kept, or are not kept.
using cache_trouble = std::function<void(const failure&)>;

/// Pages on disk, many a file: `directory/N.pages` holds them one behind the
/// other, `directory/N.index` says where each is (`page_segment`). A segment
/// grows to a 32nd of `most_bytes`, then the next one begins; when more than
/// `most_bytes` are stored, whole segments go, that first which was not used
/// for longest. What earlier runs left counts as used in the order in which it
/// was written, and the last segment is grown further.
///
/// A page that is torn, spoilt or of another key with the same hash is a miss.
/// A segment that cannot be read or grown is passed over, and the next one
/// grows. `on_trouble` is told the first such thing of all, on any thread.
/// Nothing is synced: what a power failure takes is fetched again. Errors:
/// store_failed, where `directory` cannot be made or written to.
expected<std::shared_ptr<page_cache>>
open_file_page_cache(const std::string& directory, std::size_t most_bytes,
                     cache_trouble on_trouble = {});

} // namespace jobfarm::fetch
