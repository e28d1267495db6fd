#include "nodes/exporter.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace jobfarm::nodes {

namespace {

using writers = std::vector<std::unique_ptr<report::report_writer>>;

expected<writers> open_all(const export_order& order) {
  writers all;
  for (const auto& path : order.paths) {
    auto one = report::open_report(path, order.options);
    if (!one)
      return one.error();
    all.push_back(*std::move(one));
  }
  return all;
}

/// Scores and writes postings beside the thread that reads them, in the order
/// in which they come.
class batch_writer {
public:
  batch_writer(writers& all, const enrich::fit_model* model,
               const export_order& order)
      : all_(all), model_(model), order_(order), thread_([this] { run(); }) {
  }
  ~batch_writer() {
    stop();
  }

  /// Fails with what went wrong with earlier ones.
  expected<void> add(job_posting&& one) {
    batch_.postings[batch_.used++].posting = std::move(one);
    return batch_.used < batch_size ? expected<void>{} : hand_over();
  }

  /// Writes what is left.
  expected<void> finish() {
    if (auto done = hand_over(); !done)
      return done;
    stop();
    return written_;
  }

private:
  /// Worth waking a thread; 600 KB of common postings.
  static constexpr std::size_t batch_size = 64;

  /// Its first postings are in use; the room of all is used again.
  struct batch {
    std::vector<enriched_posting> postings =
        std::vector<enriched_posting>(batch_size);
    std::size_t used = 0;
  };

  expected<void> hand_over() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return handed_.used == 0; });
    std::swap(handed_, batch_);
    changed_.notify_one();
    return written_;
  }

  void stop() {
    if (!thread_.joinable())
      return;
    {
      std::lock_guard lock(mutex_);
      is_over_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }

  /// What was handed over is this thread's until it is empty again.
  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [this] { return is_over_ || handed_.used > 0; });
      if (handed_.used == 0)
        return;
      lock.unlock();
      auto done = write();
      lock.lock();
      handed_.used = 0;
      if (written_)
        written_ = std::move(done);
      changed_.notify_one();
    }
  }

  expected<void> write() {
    for (std::size_t i = 0; i < handed_.used; ++i) {
      auto& one = handed_.postings[i];
      if (model_)
        one.enrichment = model_->score(one.posting, order_.as_of);
      for (auto& writer : all_)
        if (auto added = writer->add(one); !added)
          return added;
    }
    return {};
  }

  writers& all_;
  const enrich::fit_model* model_;
  const export_order& order_;
  batch batch_;
  std::mutex mutex_;
  std::condition_variable changed_;
  batch handed_;
  expected<void> written_;
  bool is_over_ = false;
  // Last, so that it finds all of the others.
  std::thread thread_;
};

} // namespace

expected<std::int64_t> export_query(const store::store& disk,
                                    const std::string& query_id,
                                    const export_order& order) {
  auto all = open_all(order);
  if (!all)
    return all.error();
  enrich::fit_model model(order.profile);
  auto is_scored = order.level != enrich_level::none;
  if (is_scored) {
    auto observed = disk.scan_postings(query_id, [&](const job_posting& one) {
      model.observe(one);
      return true;
    });
    if (!observed)
      return observed.error();
  }
  std::int64_t count = 0;
  expected<void> added;
  batch_writer writer(*all, is_scored ? &model : nullptr, order);
  auto scanned = disk.scan_postings(query_id, [&](job_posting&& one) {
    if (order.limit > 0 && count == order.limit)
      return false;
    ++count;
    added = writer.add(std::move(one));
    return added.has_value();
  });
  if (scanned && added)
    added = writer.finish();
  if (!scanned)
    return scanned.error();
  if (!added)
    return added.error();
  for (auto& one : *all)
    if (auto finished = one->finish(); !finished)
      return finished.error();
  return count;
}

} // namespace jobfarm::nodes
