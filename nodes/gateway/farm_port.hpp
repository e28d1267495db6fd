#pragma once

#include "messages/expected.hpp"
#include "messages/ledger.hpp"
#include "messages/operations.hpp"
#include "messages/posting.hpp"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::nodes::gateway {

/// Where a query stands, in the words of the API.
enum class query_phase : std::uint8_t {
  running,
  complete,
  partial,
  cancelled,
  interrupted, ///< not ended, but nobody works on it
};

} // namespace jobfarm::nodes::gateway

template <>
struct jobfarm::enum_names<jobfarm::nodes::gateway::query_phase> {
  static constexpr auto last =
      jobfarm::nodes::gateway::query_phase::interrupted;
  static constexpr std::string_view names[] = {"running", "complete", "partial",
                                               "cancelled", "interrupted"};
};

namespace jobfarm::nodes::gateway {

/// A query with its newest progress.
struct query_view {
  query_record record;
  query_phase phase = query_phase::running;

  bool has_ended() const noexcept {
    return phase != query_phase::running;
  }
};

/// A condition for taking traffic.
struct readiness_check {
  std::string name;
  bool is_met = false;
  std::string reason;
};

/// Gives the next postings of a result, at most so many; fewer only at the end.
/// One thread at a time; the farm lives longer.
using result_source =
    std::function<expected<std::vector<job_posting>>(std::size_t most)>;

/// All that the gateway wants of a farm, whether it runs in this process or
/// is a cluster's coordinator. Calls may block on actors and disk, and come
/// from several threads at the same time.
class farm_port {
public:
  virtual ~farm_port() = default;

  /// Plans and stores a query under its `query_id`; it runs from then on. A
  /// query that is there already is left alone: submitting twice makes one.
  /// Errors: invalid_input, store_failed, node_lost.
  virtual expected<void> submit(const job_query& query) = 0;

  /// At most `limit` queries, newest first, after the query `after` (from the
  /// start if empty). Errors: not_found if there is no query `after`.
  virtual expected<std::vector<query_view>> queries(const std::string& after,
                                                    std::size_t limit) = 0;

  /// Errors: not_found.
  virtual expected<query_view> query(const std::string& query_id) = 0;

  /// Ends a query early; what was collected stays. Errors: not_found.
  virtual expected<void> cancel(const std::string& query_id) = 0;

  /// Reads a query's result, by id, from behind `after`. Postings that are
  /// added meanwhile do not repeat others. Errors: not_found, store_failed.
  virtual expected<result_source> results(const std::string& query_id,
                                          const std::string& after) = 0;

  /// Events of a query, oldest first, from number `first` on (0 the oldest).
  virtual expected<std::vector<event>>
  events(const std::string& query_id, std::size_t first, std::size_t limit) = 0;

  virtual expected<std::vector<source_status>> sources() = 0;
  virtual expected<std::vector<node_status>> nodes() = 0;

  /// Takes no new work on a node, finishes what is in hand, hands the rest
  /// back. Returns at once with the node as it is. Errors: not_found.
  virtual expected<node_status> drain(const std::string& node_id) = 0;

  /// Errors: not_found.
  virtual expected<query_audit> audit(const std::string& query_id) = 0;
  virtual expected<job_posting> posting(const std::string& posting_id) = 0;

  /// Tasks that were given up, of one query or (empty) of all, behind the place
  /// `after` (see `watch::place_of`).
  virtual expected<std::vector<dead_letter>>
  dead_letters(const std::string& query_id, const std::string& after,
               std::size_t limit) = 0;

  /// Has a task that was given up tried again, as if it were new; a query that
  /// had ended goes on. Errors: not_found.
  virtual expected<void> retry_dead(const std::string& task_id) = 0;

  /// Takes a task off the list of those given up, with the reason; it stays
  /// given up. Errors: not_found.
  virtual expected<void> drop_dead(const std::string& task_id,
                                   const std::string& reason) = 0;

  /// What must hold before traffic may come. Answers within milliseconds.
  virtual std::vector<readiness_check> readiness() = 0;
};

} // namespace jobfarm::nodes::gateway
