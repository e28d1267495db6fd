#include "nodes/gateway/body_channel.hpp"

#include <utility>

namespace jobfarm::nodes::gateway {

namespace {

constexpr std::size_t most_held_bytes = 256u << 10;

} // namespace

/// Goes with the last copy of the client's source.
class body_channel::client_end {
public:
  explicit client_end(std::shared_ptr<body_channel> of) : of_(std::move(of)) {
  }
  ~client_end() {
    of_->abandon();
  }
  client_end(const client_end&) = delete;
  client_end& operator=(const client_end&) = delete;

  void take(taker wanted) {
    of_->take(std::move(wanted));
  }

private:
  std::shared_ptr<body_channel> of_;
};

body_source body_channel::source() {
  auto end = std::make_shared<client_end>(shared_from_this());
  return [end](taker wanted) { end->take(std::move(wanted)); };
}

bool body_channel::give(std::string bytes) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock,
                [this] { return is_gone_ || held_bytes_ < most_held_bytes; });
  if (is_gone_)
    return false;
  hand_over(std::move(lock), {std::move(bytes), body_part::kind::more});
  return true;
}

void body_channel::end(bool is_broken) {
  std::unique_lock lock(mutex_);
  hand_over(std::move(lock),
            {{}, is_broken ? body_part::kind::broken : body_part::kind::last});
}

void body_channel::hand_over(std::unique_lock<std::mutex> lock,
                             body_part part) {
  if (auto waiting = std::exchange(wanted_, nullptr)) {
    lock.unlock();
    waiting(std::move(part));
    return;
  }
  held_bytes_ += part.bytes.size();
  parts_.push_back(std::move(part));
}

void body_channel::take(taker wanted) {
  std::unique_lock lock(mutex_);
  if (parts_.empty()) {
    wanted_ = std::move(wanted);
    return;
  }
  auto part = std::move(parts_.front());
  parts_.pop_front();
  held_bytes_ -= part.bytes.size();
  lock.unlock();
  changed_.notify_one();
  wanted(std::move(part));
}

bool body_channel::is_abandoned() {
  std::lock_guard lock(mutex_);
  return is_gone_;
}

void body_channel::abandon() {
  std::lock_guard lock(mutex_);
  is_gone_ = true;
  wanted_ = nullptr;
  changed_.notify_one();
}

} // namespace jobfarm::nodes::gateway
