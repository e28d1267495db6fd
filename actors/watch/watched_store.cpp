#include "actors/watch/watched_store.hpp"

#include <chrono>
#include <thread>

namespace jobfarm::watch {

namespace {

using store::batch;
using store::index_entry;
using store::visitor;

class watched_store : public store::store {
public:
  watched_store(std::unique_ptr<store> inside, std::shared_ptr<probe> told,
                std::shared_ptr<fail_points> faults)
      : inside_(std::move(inside)),
        told_(std::move(told)),
        faults_(std::move(faults)) {
  }

  expected<void> commit(const batch& changes) override {
    auto begin = std::chrono::steady_clock::now();
    auto done = commit_inside(changes);
    auto took = std::chrono::steady_clock::now() - begin;
    if (told_)
      told_->on_commit(std::chrono::duration<double>(took).count(),
                       done.has_value());
    return done;
  }

  expected<std::optional<job_posting>>
  posting(std::string_view id, std::string_view likely) const override {
    return inside_->posting(id, likely);
  }
  expected<std::optional<job_posting>>
  original(std::string_view id, std::string_view likely) const override {
    return inside_->original(id, likely);
  }
  expected<std::optional<std::string>>
  lookup(std::string_view key) const override {
    return inside_->lookup(key);
  }
  expected<void> scan_index(std::string_view prefix,
                            const visitor<index_entry>& visit) const override {
    return inside_->scan_index(prefix, visit);
  }
  expected<void>
  scan_postings(std::string_view query_id,
                const visitor<job_posting>& visit) const override {
    return inside_->scan_postings(query_id, visit);
  }
  expected<std::vector<std::string>>
  found_after(std::string_view query_id,
              std::string_view after) const override {
    return inside_->found_after(query_id, after);
  }
  expected<void>
  read_postings(const std::vector<std::string>& ids, job_posting& one,
                const std::function<bool()>& visit) const override {
    return inside_->read_postings(ids, one, visit);
  }
  expected<void>
  scan_rejections(std::string_view query_id,
                  const visitor<rejection>& visit) const override {
    return inside_->scan_rejections(query_id, visit);
  }
  expected<void> scan_tasks(std::string_view query_id, task_state state,
                            const visitor<task_record>& visit) const override {
    return inside_->scan_tasks(query_id, state, visit);
  }
  expected<std::optional<task_record>>
  task(std::string_view query_id, std::string_view task_id) const override {
    return inside_->task(query_id, task_id);
  }
  expected<std::optional<query_record>>
  query(std::string_view query_id) const override {
    return inside_->query(query_id);
  }
  expected<void>
  scan_queries(const visitor<query_record>& visit) const override {
    return inside_->scan_queries(visit);
  }
  expected<void> scan_events(std::string_view query_id,
                             const visitor<event>& visit) const override {
    return inside_->scan_events(query_id, visit);
  }

private:
  expected<void> commit_inside(const batch& changes) {
    auto struck = faults_ ? faults_->pass("store.commit") : std::nullopt;
    if (struck && struck->effect == fault_effect::delay)
      std::this_thread::sleep_for(struck->delay);
    if (struck && struck->effect == fault_effect::fail)
      return fail(errc::store_failed, "commit: a fault was injected");
    return inside_->commit(changes);
  }

  std::unique_ptr<store> inside_;
  std::shared_ptr<probe> told_;
  std::shared_ptr<fail_points> faults_;
};

} // namespace

std::unique_ptr<store::store>
make_watched_store(std::unique_ptr<store::store> inside,
                   std::shared_ptr<probe> told,
                   std::shared_ptr<fail_points> faults) {
  return std::make_unique<watched_store>(std::move(inside), std::move(told),
                                         std::move(faults));
}

} // namespace jobfarm::watch
