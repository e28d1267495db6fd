#include "nodes/gateway/workers.hpp"

namespace jobfarm::nodes::gateway {

workers::workers(std::size_t threads, std::size_t most_waiting)
    : most_waiting_(most_waiting) {
  for (std::size_t i = 0; i < threads; ++i)
    threads_.emplace_back([this] { run(); });
}

workers::~workers() {
  {
    std::lock_guard lock(mutex_);
    is_over_ = true;
  }
  changed_.notify_all();
  for (auto& one : threads_)
    one.join();
}

bool workers::post(std::function<void()> work, clock::duration delay) {
  {
    std::lock_guard lock(mutex_);
    if (is_over_ || waiting_.size() >= most_waiting_)
      return false;
    waiting_.emplace(clock::now() + delay, std::move(work));
  }
  changed_.notify_one();
  return true;
}

void workers::run() {
  std::unique_lock lock(mutex_);
  while (!is_over_) {
    if (waiting_.empty()) {
      changed_.wait(lock);
      continue;
    }
    auto first = waiting_.begin();
    if (auto due = first->first; due > clock::now()) {
      changed_.wait_until(lock, due);
      continue;
    }
    auto work = std::move(first->second);
    waiting_.erase(first);
    lock.unlock();
    work();
    work = nullptr;
    lock.lock();
  }
}

} // namespace jobfarm::nodes::gateway
