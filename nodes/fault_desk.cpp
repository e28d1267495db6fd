#include "nodes/fault_desk.hpp"

#include "messages/msgpack.hpp"

#include <algorithm>

namespace jobfarm::nodes {

namespace {

constexpr std::chrono::seconds patience{5};

std::string name_of(const std::string& worker) {
  return "worker " + worker;
}

} // namespace

expected<void> fault_desk::order(const std::string& worker,
                                 link::fault_order what) {
  link::frame message;
  message.type = link::frame_type::fault_order;
  message.body.data = pack(what);
  std::unique_lock lock(mutex_);
  auto id = ++last_order_;
  message.id = id;
  answers_[id];
  lock.unlock();
  {
    std::lock_guard messenger_lock(messenger_mutex_);
    if (!messenger_ || !messenger_(worker, std::move(message))) {
      lock.lock();
      answers_.erase(id);
      return fail(errc::not_found, name_of(worker) + " is not there");
    }
  }
  lock.lock();
  changed_.wait_for(lock, patience, [&] { return answers_[id].has_value(); });
  auto answer = std::move(answers_[id]);
  answers_.erase(id);
  if (!answer)
    return fail(errc::timeout, name_of(worker) + " does not answer");
  if (answer->refused)
    return *std::move(answer->refused);
  return {};
}

expected<armed_fault> fault_desk::arm(armed_fault fault) {
  if (fault.node.empty())
    return own_->arm(std::move(fault));
  if (auto good = watch::check_fault(fault); !good)
    return good.error();
  fault.id = own_->reserve_id();
  if (auto done = order(fault.node, {false, fault}); !done)
    return done.error();
  return fault;
}

expected<std::size_t> fault_desk::clear(std::int64_t id) {
  auto cleared = own_->clear(id);
  std::map<std::string, std::size_t> there;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [worker, all] : workers_)
      for (const auto& one : all)
        if (id == 0 || one.id == id)
          ++there[worker];
  }
  for (const auto& [worker, count] : there) {
    link::fault_order what;
    what.is_clear = true;
    what.fault.id = id;
    auto done = order(worker, std::move(what));
    // A worker that has gone has taken its faults with it.
    if (!done && done.error().code != errc::not_found)
      return done.error();
    cleared += count;
  }
  return cleared;
}

std::vector<armed_fault> fault_desk::armed() const {
  auto all = own_->armed();
  std::lock_guard lock(mutex_);
  for (const auto& [worker, faults] : workers_)
    all.insert(all.end(), faults.begin(), faults.end());
  std::sort(all.begin(), all.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  return all;
}

void fault_desk::connect(messenger to) {
  std::lock_guard lock(messenger_mutex_);
  messenger_ = std::move(to);
}

void fault_desk::reported(const std::string& worker, std::uint64_t id,
                          link::fault_report report) {
  std::lock_guard lock(mutex_);
  for (auto& one : report.armed)
    one.node = worker;
  workers_[worker] = report.armed;
  if (auto waiting = answers_.find(id); waiting != answers_.end())
    waiting->second = std::move(report);
  changed_.notify_all();
}

void fault_desk::gone(const std::string& worker) {
  std::lock_guard lock(mutex_);
  workers_.erase(worker);
}

} // namespace jobfarm::nodes
