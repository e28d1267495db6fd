#pragma once

#include "actors/plan/planner.hpp"
#include "actors/watch/source_health.hpp"
#include "nodes/farm.hpp"
#include "nodes/gateway/farm_port.hpp"
#include "nodes/handed_out.hpp"

#include <map>
#include <mutex>
#include <string>

namespace jobfarm::nodes::gateway {

struct local_farm_options {
  /// Sources as the farm was told of them.
  plan::source_settings_map sources;
  std::string node_id = "local";
  std::string version;
  std::string role = "all";
  /// Hears what the farm's actors do; may be null.
  std::shared_ptr<const watch::source_health> health = {};
};

/// The farm of this process as the gateway sees it: one node of role `all`.
class local_farm : public farm_port {
public:
  local_farm(farm& inside, local_farm_options options);

  /// Goes on with every stored query that has neither ended nor been
  /// cancelled; returns how many those were. Errors: store_failed.
  expected<std::size_t> resume_all();

  expected<void> submit(const job_query& query) override;
  expected<std::vector<query_view>> queries(const std::string& after,
                                            std::size_t limit) override;
  expected<query_view> query(const std::string& query_id) override;
  expected<void> cancel(const std::string& query_id) override;
  expected<result_source> results(const std::string& query_id,
                                  const std::string& after) override;
  expected<std::vector<event>> events(const std::string& query_id,
                                      std::size_t first,
                                      std::size_t limit) override;
  expected<std::vector<source_status>> sources() override;
  expected<std::vector<node_status>> nodes() override;
  expected<node_status> drain(const std::string& node_id) override;
  expected<query_audit> audit(const std::string& query_id) override;
  expected<job_posting> posting(const std::string& posting_id) override;
  expected<std::vector<dead_letter>> dead_letters(const std::string& query_id,
                                                  const std::string& after,
                                                  std::size_t limit) override;
  expected<void> retry_dead(const std::string& task_id) override;
  expected<void> drop_dead(const std::string& task_id,
                           const std::string& reason) override;
  std::vector<readiness_check> readiness() override;

private:
  expected<query_view> view_of(query_record record);
  /// As `last_handed_out`.
  expected<std::string> last_of(const query_record& of,
                                const plan::query_match& match);
  node_status self() const;

  farm& farm_;
  local_farm_options options_;
  std::string started_at_;
  std::mutex mutex_;
  /// Of ended queries with a limit: a page need not count those before it.
  std::map<std::string, std::string> last_ids_;
};

} // namespace jobfarm::nodes::gateway
