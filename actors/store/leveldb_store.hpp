#pragma once

#include "actors/store/store.hpp"

#include <functional>
#include <memory>
#include <string>

namespace jobfarm::store {

/// Opens the embedded store in `directory`, making it if it is not there.
///
/// Layout: LevelDB with these keys (`/` separates; ids hold none of it):
///     m/schema                     version of this layout, decimal
///     m/next                       the next NUMBER, decimal
///     p/ID                         posting_row: last_seen and closed_at of a
///                                  posting, the places of its description
///                                  and of its body
///     o/ID                         original of a record in a group, the same
///     f/QUERY/NUMBER               the ids of postings that the query found,
///                                  those of a batch, see `found_lists.hpp`
///     x/KEY                        secondary index, value as given
///     r/QUERY/SOURCE/SOURCE_ID     rejection, msgpack
///     t/QUERY/TASK                 task_record, msgpack, after a byte for its
///                                  state
///     q/QUERY                      query_record, msgpack
///     e/QUERY/NUMBER               event, msgpack, in order of commit
///
/// Beside it the file `texts` (see `text_file`): the descriptions as they are,
/// each once for all records that have it at about the same time (see
/// `recent_texts`); and the bodies, the rest of each posting in msgpack. They
/// are nearly all of a store and hardly ever change: the database would copy
/// them several times over, and a posting seen again costs a row.
///
/// A batch is one synced write, after one of its new texts. One process may
/// have a store open. Errors: invalid_input with what to do, for a directory
/// that cannot be used, is in use, is corrupt, or was written by another
/// version of the layout.
///
/// `damaged` hears once of each text that is found to be damaged, from any
/// thread: the posting is left out by scans, and can be written again.
expected<std::unique_ptr<store>>
open_leveldb_store(const std::string& directory,
                   std::function<void(const failure&)> damaged = {});

} // namespace jobfarm::store
