#pragma once

#include "actors/store/store.hpp"

#include <map>
#include <mutex>

namespace jobfarm::store {

/// A store that forgets everything with the object; for tests and filters.
class memory_store : public store {
public:
  expected<void> commit(const batch& changes) override;
  expected<std::optional<job_posting>>
  posting(std::string_view id, std::string_view likely = {}) const override;
  expected<std::optional<job_posting>>
  original(std::string_view id, std::string_view likely = {}) const override;
  expected<std::optional<std::string>>
  lookup(std::string_view key) const override;
  expected<void> scan_index(std::string_view prefix,
                            const visitor<index_entry>& visit) const override;
  expected<void>
  scan_postings(std::string_view query_id,
                const visitor<job_posting>& visit) const override;
  expected<std::vector<std::string>>
  found_after(std::string_view query_id, std::string_view after) const override;
  expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const override;
  expected<void>
  scan_rejections(std::string_view query_id,
                  const visitor<rejection>& visit) const override;
  expected<void> scan_tasks(std::string_view query_id, task_state state,
                            const visitor<task_record>& visit) const override;
  expected<std::optional<task_record>>
  task(std::string_view query_id, std::string_view task_id) const override;
  expected<std::optional<query_record>>
  query(std::string_view query_id) const override;
  expected<void>
  scan_queries(const visitor<query_record>& visit) const override;
  expected<void> scan_events(std::string_view query_id,
                             const visitor<event>& visit) const override;

private:
  template <class T>
  using by_key = std::map<std::string, T, std::less<>>;

  mutable std::mutex mutex_;
  by_key<job_posting> postings_;
  by_key<job_posting> originals_;
  by_key<bool> found_;
  by_key<std::string> index_;
  by_key<rejection> rejections_;
  by_key<task_record> tasks_;
  by_key<query_record> queries_;
  std::vector<event> events_;
};

} // namespace jobfarm::store
