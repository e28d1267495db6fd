#pragma once

#include "actors/store/leveldb_database.hpp"
#include "actors/store/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::store {

/// Which postings a query found is a list for each batch, in no order: an entry
/// for each posting would be the greater part of what the database has to sort
/// in. Lists are put in order when they are read.

/// Adds the lists of a batch, numbered from `number` on, which goes on behind
/// them.
void put_found(leveldb_changes& to, const std::vector<found_entry>& found,
               std::uint64_t& number);

/// As `store::found_after`: reads all lists of the query, holds twice as many
/// ids as it gives.
expected<std::vector<std::string>> found_after(const leveldb_database& in,
                                               std::string_view query_id,
                                               std::string_view after);

} // namespace jobfarm::store
