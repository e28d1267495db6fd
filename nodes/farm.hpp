#pragma once

#include "actors/fetch/browser_session.hpp"
#include "actors/fetch/proxy_pool.hpp"
#include "actors/plan/planner.hpp"
#include "actors/plan/query_match.hpp"
#include "actors/store/store.hpp"
#include "actors/supervise/recovery.hpp"
#include "actors/watch/fail_points.hpp"
#include "actors/watch/probe.hpp"
#include "messages/expected.hpp"
#include "messages/ledger.hpp"
#include "messages/operations.hpp"
#include "nodes/fault_desk.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm::nodes {

struct farm_options {
  /// Where the store lives; made if it is not there.
  std::string store_dir;
  /// Where fetched pages are kept, to be asked for by condition the next
  /// time; empty for in memory only.
  std::string page_cache_dir;
  std::string gazetteer_file;
  /// Collectors.
  std::size_t workers = 3;
  plan::source_settings_map sources;
  supervise::recovery_policy recovery;
  /// Names and addresses that may be fetched although they are private.
  std::vector<std::string> allowed_hosts;
  std::chrono::seconds request_timeout{60};
  /// Through which everything goes; empty for direct.
  std::vector<fetch::proxy_server> proxies;
  /// See `fetch::identity_options`.
  std::vector<std::string> user_agents;
  /// For pages that are loaded by browsers.
  fetch::browser_options browser;
  /// Hears what the actors do; may be null.
  std::shared_ptr<watch::probe> told;
  /// Hears once of what the store has and cannot read; may be null. Any thread.
  std::function<void(const failure&)> note_damage;
  /// Faults that may be injected; null for none.
  std::shared_ptr<watch::fail_points> faults;
  /// `name=value` of credentials that sources ask for, read from files.
  std::vector<std::pair<std::string, std::string>> credentials;
};

/// Where workers of other processes come in.
struct link_options {
  /// `tcp://ADDRESS:PORT`; port 0 takes a free one.
  std::string listen = "tcp://127.0.0.1:7411";
  /// The coordinator's own pair, see `jobfarm keys new`.
  std::string key_file;
  /// Workers that may come, see `jobfarm keys allow`.
  std::string allow_file;
  std::string program_version;
  /// One line for the operator.
  std::function<void(const std::string&)> note = [](const std::string&) {};
  /// Of the link itself, and of workers; may be null.
  std::shared_ptr<watch::fail_points> faults = {};
  std::shared_ptr<fault_desk> desk = {};
};

/// A whole farm inside this process, or with `open_link` the coordinator of
/// one that spans many: ROOT supervises STORE, INGEST, FRONTIER,
/// PLANNER, the FETCHER, COLLECTORs and NORMALIZERs. All calls may block and
/// may come from several threads at the same time.
class farm {
public:
  /// Errors: invalid_input or store_failed, with what to do.
  static expected<std::unique_ptr<farm>> start(farm_options options);

  /// Stops every actor, waits for them, closes the store.
  ~farm();

  /// Both return the query's id once it is on disk.
  expected<std::string> submit(const job_query& query);
  expected<std::string> resume(const query_record& stored);

  expected<query_progress> progress(const std::string& query_id);

  /// The result if the query ends within `patience`, nothing if it goes on.
  /// Errors: why an actor of the farm has ended (store_failed: disk full ...).
  expected<std::optional<collection_result>>
  wait(const std::string& query_id, std::chrono::milliseconds patience);

  void cancel(const std::string& query_id);

  /// Writes events to the store, in the order of calls. Errors: store_failed.
  expected<void> note(std::vector<event> events);

  /// Takes a dead letter back: its task is tried again as if it were new.
  /// Errors: not_found, store_failed.
  expected<void> retry_dead(const std::string& query_id,
                            const std::string& task_id);
  /// Takes a dead letter off the list for good. Errors: as above.
  expected<void> drop_dead(const std::string& query_id,
                           const std::string& task_id,
                           const std::string& reason);

  /// COLLECTORs finish what they have in hand and take nothing more; what
  /// waits stays in the ledger.
  void drain();
  /// COLLECTORs that have not left yet, and whether they are about to.
  std::size_t workers() const;
  bool is_draining() const;

  /// Lets workers of other processes in, over the data link. Resume what is to
  /// be resumed before: what workers still hold of it comes at once. Errors:
  /// invalid_input (address in use, keys).
  expected<void> open_link(const link_options& options);
  /// What workers dial; empty without a link.
  std::string link_address() const;
  /// The workers of other processes, those that left or were lost too.
  std::vector<node_status> remote_nodes() const;
  /// Asks one of them to finish what it has and leave. Errors: not_found.
  expected<void> drain(const std::string& worker);

  /// Why an actor of the farm has ended, if one has that should not or does so
  /// within `patience`.
  std::optional<failure> lost(std::chrono::milliseconds patience = {}) const;

  const store::store& disk() const;

  /// Tells which postings a query asks for; recent is what was so when it was
  /// submitted.
  plan::query_match match_of(const job_query& query) const;

  /// What has become of each proxy so far.
  std::vector<proxy_status> proxies() const;

private:
  struct actors;
  explicit farm(std::unique_ptr<actors> running);

  std::unique_ptr<actors> running_;
};

} // namespace jobfarm::nodes
