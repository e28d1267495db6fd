#pragma once

#include "actors/fetch/page_cache.hpp"
#include "messages/expected.hpp"

namespace jobfarm::fetch {

/// Pages on disk, in a LevelDB of their own at `directory`. Keys: `p/KEY` the
/// page (`encode_page`), `o/NUMBER` its key and size in order of storing. When
/// more than `most_bytes` are stored the oldest go. Nothing is synced: what a
/// power failure takes is fetched again. Errors: store_failed; a directory that
/// was spoilt is made anew.
expected<std::shared_ptr<page_cache>>
open_leveldb_page_cache(const std::string& directory, std::size_t most_bytes);

} // namespace jobfarm::fetch
