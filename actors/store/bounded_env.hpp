#pragma once

#include <leveldb/env.h>

#include <memory>

namespace jobfarm::store {

/// The system's environment for LevelDB, except that tables are read by
/// `pread` instead of being mapped: what is kept of them in memory is the
/// block cache, bounded by its size, where mapped files grow with the store.
/// Each open table holds one file descriptor, see `max_open_files`. And that
/// what is written reaches the system in large pieces, at the latest when it is
/// synced: for databases that sync whatever they must not lose. May be used by
/// several databases, and must outlive them.
std::unique_ptr<leveldb::Env> make_bounded_env();

} // namespace jobfarm::store
