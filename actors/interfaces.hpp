#pragma once

#include "actors/farm_messages.hpp"
#include "actors/store/store.hpp"
#include "messages/ledger.hpp"
#include "messages/query.hpp"

#include <caf/all.hpp>

#include <string>
#include <vector>

/// Who says what to whom: every typed interface of the farm, one alias an
/// actor, one comment a message.
namespace jobfarm {

namespace atom {

using done = caf::atom_constant<caf::atom("done")>;
using cancel = caf::atom_constant<caf::atom("cancel")>;
using drain = caf::atom_constant<caf::atom("drain")>;
using drop = caf::atom_constant<caf::atom("drop")>;
using pulse = caf::atom_constant<caf::atom("pulse")>;
using retry = caf::atom_constant<caf::atom("retry")>;
using flush = caf::atom_constant<caf::atom("flush")>;
using subscribe = caf::atom_constant<caf::atom("subscribe")>;
using progress = caf::atom_constant<caf::atom("progress")>;
using tick = caf::atom_constant<caf::atom("tick")>;
using wait = caf::atom_constant<caf::atom("wait")>;
using wake = caf::atom_constant<caf::atom("wake")>;

} // namespace atom

} // namespace jobfarm

CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::work_request)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::browser_news)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::work_granted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::work_renewal)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::pages_read)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::lease_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::host_rest)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::raw_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::normal_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::finished_task)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::settled_tasks)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::task_name)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::query_accepted)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::store::shared_batch)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::job_query)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::query_record)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::query_progress)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::collection_result)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(jobfarm::task)
CAF_ALLOW_UNSAFE_MESSAGE_TYPE(std::vector<jobfarm::task>)

namespace jobfarm {

// -- interfaces ---------------------------------------------------------------

/// Runs tasks: fetch, read, normalise; asks for more while it has credit.
using collector_actor = caf::typed_actor<
    // Work lent by the FRONTIER.
    caf::reacts_to<work_granted>,
    // From the FRONTIER: what is not on its way yet waits as well.
    caf::reacts_to<host_rest>,
    // Whether it is at work: not answered by one that hangs.
    caf::replies_to<atom::pulse>::with<atom::done>,
    // Asks for no more work; leaves when what it has is acknowledged.
    caf::reacts_to<atom::drain>,
    // INTERNAL: renews the leases of what is in hand.
    caf::reacts_to<atom::tick>,
    // INTERNAL: a fault that kept it from working is over.
    caf::reacts_to<atom::wake>,
    // INTERNAL: a page that a fault made late is to be asked for.
    caf::reacts_to<lease_query>>;

/// Where a COLLECTOR asks for work: the FRONTIER, or the UPLINK to it.
using work_source_actor = caf::typed_actor<
    caf::reacts_to<work_request>,
    // What has not ended within a lease time is lent to others, unless this
    // comes before.
    caf::reacts_to<work_renewal>>;

/// Where a COLLECTOR hands in what it has done: INGEST, or the UPLINK to it.
using outcome_sink_actor =
    caf::typed_actor<caf::replies_to<finished_task>::with<atom::done>>;

/// Turns what sources said into postings. Stateless; any number may run.
using normalizer_actor =
    caf::typed_actor<caf::replies_to<raw_batch>::with<normal_batch>>;

/// Plans queries and keeps track of them until they end.
using planner_actor = caf::typed_actor<
    // Plans and stores a query. Errors: invalid_input, store_failed.
    caf::replies_to<job_query>::with<query_accepted>,
    // Goes on with a stored query that has not ended.
    caf::replies_to<query_record>::with<query_accepted>,
    // From the FRONTIER: some tasks more are settled.
    caf::reacts_to<settled_tasks>,
    caf::replies_to<atom::progress, std::string>::with<query_progress>,
    // Answered when the query has ended.
    caf::replies_to<atom::wait, std::string>::with<collection_result>,
    // Ends a query early; what was collected stays.
    caf::reacts_to<atom::cancel, std::string>,
    // INTERNAL: the time that a query was given is over.
    caf::reacts_to<atom::wake, std::string>,
    // INTERNAL: goes on counting the end of a query, or writes it once more.
    caf::reacts_to<atom::tick, std::string>,
    // Takes a task back from the dead letters; a query that had ended goes on.
    // Errors: not_found, store_failed.
    caf::replies_to<atom::retry, task_name>::with<atom::done>,
    // Takes a task off the dead letters, with the reason; it stays given up.
    // Errors: not_found, store_failed.
    caf::replies_to<atom::drop, task_name, std::string>::with<atom::done>>;

/// Dedupes outcomes and commits each with all that follows from it.
using ingest_actor = caf::typed_actor<
    // Acknowledged when on disk; the worker keeps it until then.
    caf::replies_to<finished_task>::with<atom::done>,
    // From the FRONTIER, at first and whenever it changes.
    caf::reacts_to<browser_news>,
    // From the FRONTIER: the back-off of a host that refuses.
    caf::reacts_to<host_rest>,
    // INTERNAL: hands what has come together to the STORE.
    caf::reacts_to<atom::flush>>;

/// Lends tasks to workers within the budgets of their hosts.
using frontier_actor = caf::typed_actor<
    // A worker has room; it gets `work_granted` as soon as there is work.
    caf::reacts_to<work_request>,
    // A worker is still at it.
    caf::reacts_to<work_renewal>,
    // From INGEST: the hosts' answers were good, and they have come.
    caf::reacts_to<pages_read>,
    // Whether a lease has neither ended nor run out.
    caf::replies_to<lease_query>::with<bool>,
    // New tasks of a query, already on disk.
    caf::reacts_to<std::vector<task>>,
    // A task of the dead letters that is to be tried again.
    caf::reacts_to<atom::retry, task>,
    // From INGEST: leases have ended. Passed on to the PLANNER, with the numbers
    // of next tasks that are new.
    caf::reacts_to<settled_tasks>,
    // Who wants to know what settles.
    caf::reacts_to<atom::subscribe, planner_actor>,
    // Who decides about failures, and so has to know of browsers.
    caf::reacts_to<atom::subscribe, ingest_actor>,
    // Forgets the waiting tasks of a query; tells how many there were.
    caf::replies_to<atom::cancel, std::string>::with<std::size_t>,
    // From the PLANNER: a query has ended, nothing of it need be known.
    caf::reacts_to<atom::drop, std::string>,
    // INTERNAL: a delay, a pause or a lease has run out.
    caf::reacts_to<atom::tick>>;

/// Owns the disk: commits batches in the order they come.
using store_actor = caf::typed_actor<
    // Durable when answered. Errors: store_failed.
    caf::replies_to<store::shared_batch>::with<atom::done>>;

} // namespace jobfarm
