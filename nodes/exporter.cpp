#include "nodes/exporter.hpp"

#include "actors/report/line_report.hpp"
#include "actors/store/found_reader.hpp"
#include "messages/byte_sink.hpp"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
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

/// Some postings of the result that stand one behind the other.
struct part {
  std::size_t number = 0;
  std::vector<std::string> ids;
};

/// Gives out the ids of a result part by part. Any thread.
class part_source {
public:
  part_source(const store::store& disk, const std::string& query_id)
      : found_(disk, query_id) {
  }

  /// No ids at the end; at most so many.
  expected<part> next(std::size_t most) {
    std::lock_guard lock(mutex_);
    auto ids = found_.next(most);
    if (!ids)
      return ids.error();
    return part{parts_++, *std::move(ids)};
  }

private:
  std::mutex mutex_;
  store::found_reader found_;
  std::size_t parts_ = 0;
};

/// What a thread has made of a part, which goes into the reports in its turn.
class made_part {
public:
  explicit made_part(const writers& all) {
    for (const auto& one : all)
      if (auto* report = dynamic_cast<report::line_report*>(one.get()))
        lines_.emplace_back(*report);
      else
        others_.push_back(one.get());
  }

  /// Where the next posting is read to.
  enriched_posting& next() noexcept {
    return next_;
  }

  /// Adds what was read there.
  void add() {
    ++count_;
    bytes_ += next_.posting.description.size();
    for (auto& each : lines_)
      each.report.append_lines(each.text, next_);
    if (others_.empty())
      return;
    if (kept_.size() < count_)
      kept_.emplace_back();
    std::swap(kept_[count_ - 1], next_);
  }

  std::size_t count() const noexcept {
    return count_;
  }

  /// True where what was added should be written before there is more.
  bool is_large() const noexcept {
    auto bytes = bytes_;
    for (const auto& each : lines_)
      bytes += each.text.size();
    return bytes >= most_bytes;
  }

  /// Writes what was added, and forgets it.
  expected<void> write() {
    const auto was_large = is_large();
    auto written = write_all();
    count_ = 0;
    bytes_ = 0;
    for (auto& each : lines_)
      each.text.cut(0);
    if (was_large)
      give_room_back();
    return written;
  }

private:
  /// Some twenty times what common postings come to.
  static constexpr std::size_t most_bytes = 4u << 20;

  struct lines {
    explicit lines(report::line_report& to) : report(to) {
    }
    report::line_report& report;
    std::string room;
    byte_sink text{room};
  };

  expected<void> write_all() {
    for (auto& each : lines_)
      if (auto added = each.report.add_lines(each.text.view()); !added)
        return added;
    for (auto* report : others_)
      for (std::size_t i = 0; i < count_; ++i)
        if (auto added = report->add(kept_[i]); !added)
          return added;
    return {};
  }

  /// The next parts are hardly as large again.
  void give_room_back() {
    kept_ = {};
    next_ = {};
    for (auto& each : lines_)
      std::string{}.swap(each.room);
  }

  std::deque<lines> lines_;
  std::vector<report::report_writer*> others_;
  enriched_posting next_;
  /// The first `count_`; the others have their room already.
  std::vector<enriched_posting> kept_;
  std::size_t count_ = 0;
  /// Of the descriptions, which are nearly all there is of a large posting.
  std::size_t bytes_ = 0;
};

/// Each of two threads reads a part, scores it and makes its lines: a posting
/// never leaves its processor. A part whose turn has not come is set aside, and
/// whoever ends the one before writes it too. One that gets large waits for its
/// turn, and goes on when what it has is written.
class shared_work {
public:
  shared_work(const store::store& disk, const std::string& query_id,
              writers& all, const enrich::fit_model* model,
              const export_order& order)
      : disk_(disk), source_(disk, query_id), model_(model), order_(order) {
    for (std::size_t i = 0; i < most_parts; ++i)
      free_.push_back(std::make_unique<made_part>(all));
  }

  /// How many postings were written.
  expected<std::int64_t> run() {
    // How many the parts before have is known in turn only.
    std::thread beside;
    if (order_.limit == 0)
      beside = second_thread();
    work();
    if (beside.joinable())
      beside.join();
    if (!written_)
      return written_.error();
    return count_;
  }

private:
  using room = std::unique_ptr<made_part>;

  /// Worth a turn; some 200 KB of lines of common postings, which stay near the
  /// processor until they are written.
  static constexpr std::size_t part_size = 32;
  /// One that each thread works on, and two that wait for their turn.
  static constexpr std::size_t most_parts = 4;

  /// None where the system has no more: one does all the work as well.
  std::thread second_thread() {
    try {
      return std::thread([this] { work(); });
    } catch (const std::system_error&) {
      return {};
    }
  }

  void work() {
    while (auto made = take_room()) {
      auto next = source_.next(most_of_next());
      if (!next)
        return fail_with(next.error());
      if (next->ids.empty())
        return;
      if (auto done = read(*next, *made); !done)
        return fail_with(done.error());
      hand_in(next->number, std::move(made));
    }
  }

  std::size_t most_of_next() const {
    if (order_.limit == 0)
      return part_size;
    return std::min(part_size, static_cast<std::size_t>(order_.limit - count_));
  }

  expected<void> read(const part& of, made_part& made) {
    auto& one = made.next();
    return disk_.read_postings(of.ids, one.posting, [&] {
      if (order_.match && !order_.match(one.posting))
        return true;
      if (model_)
        one.enrichment = model_->score(one.posting, order_.as_of);
      made.add();
      return !made.is_large() || write_early(of.number, made);
    });
  }

  /// Writes what there is of a part that is not read to its end, when it is its
  /// turn. False once something went wrong.
  bool write_early(std::size_t number, made_part& made) {
    std::unique_lock lock(mutex_);
    changed_.wait(
        lock, [&] { return (turn_ == number && !is_writing_) || !written_; });
    if (!written_)
      return false;
    is_writing_ = true;
    write_unlocked(made, lock);
    is_writing_ = false;
    return written_.has_value();
  }

  /// Nobody else writes meanwhile.
  void write_unlocked(made_part& made, std::unique_lock<std::mutex>& lock) {
    lock.unlock();
    const auto count = made.count();
    auto done = made.write();
    lock.lock();
    count_ += static_cast<std::int64_t>(count);
    note(std::move(done));
  }

  /// Null once something went wrong. While all wait for their turn, the part
  /// whose turn it is is with the other thread.
  room take_room() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !free_.empty() || !written_; });
    if (!written_)
      return nullptr;
    auto one = std::move(free_.back());
    free_.pop_back();
    return one;
  }

  void hand_in(std::size_t number, room made) {
    std::unique_lock lock(mutex_);
    made_.emplace(number, std::move(made));
    if (std::exchange(is_writing_, true))
      return;
    while (written_ && !made_.empty() && made_.begin()->first == turn_) {
      auto next = std::move(made_.extract(made_.begin()).mapped());
      write_unlocked(*next, lock);
      ++turn_;
      free_.push_back(std::move(next));
    }
    is_writing_ = false;
    changed_.notify_all();
  }

  void fail_with(failure why) {
    std::lock_guard lock(mutex_);
    note(std::move(why));
  }

  /// The first failure stays. With the lock.
  void note(expected<void> done) {
    if (written_)
      written_ = std::move(done);
    changed_.notify_all();
  }

  const store::store& disk_;
  part_source source_;
  const enrich::fit_model* model_;
  const export_order& order_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<room> free_;
  /// Parts that wait for their turn, by their number.
  std::map<std::size_t, room> made_;
  std::size_t turn_ = 0;
  bool is_writing_ = false;
  std::int64_t count_ = 0;
  /// The first failure, once there is one.
  expected<void> written_;
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
  auto count =
      shared_work{disk, query_id, *all, is_scored ? &model : nullptr, order}
          .run();
  if (!count)
    return count;
  for (auto& one : *all)
    if (auto finished = one->finish(); !finished)
      return finished.error();
  return count;
}

} // namespace jobfarm::nodes
