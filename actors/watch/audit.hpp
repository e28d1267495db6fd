#pragma once

#include "actors/store/store.hpp"
#include "messages/operations.hpp"

#include <optional>
#include <string>

namespace jobfarm::watch {

/// Balances what the sources handed out for a query against what became of it,
/// from the ledger's tasks: done tasks must account for every record of their
/// payloads, and every posting of the result must be there. Linear in the
/// query's tasks and postings; blocks. Errors: not_found, store_failed.
expected<query_audit> audit_query(const store::store& disk,
                                  const std::string& query_id);

/// The posting itself: its sightings tell when and where each source record
/// was seen that became it. Errors: not_found, store_failed.
expected<job_posting> audit_posting(const store::store& disk,
                                    const std::string& posting_id);

/// Where a dead letter stands among all, for `dead_letters`.
std::string place_of(const dead_letter& one);

/// At most `limit` tasks that were given up, of one query or (empty) of all,
/// behind the place `after`, in the store's order: whether there still is one at
/// that place does not matter. Errors: store_failed.
expected<std::vector<dead_letter>> dead_letters(const store::store& disk,
                                                const std::string& query_id,
                                                const std::string& after,
                                                std::size_t limit);

/// One of them. Linear in the tasks that were given up. Errors: not_found,
/// store_failed.
expected<dead_letter> find_dead_letter(const store::store& disk,
                                       const std::string& task_id);

} // namespace jobfarm::watch
