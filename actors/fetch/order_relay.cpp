#include "actors/fetch/order_relay.hpp"

#include <utility>

namespace jobfarm::fetch {

order_relay::transfer_id order_relay::open() {
  std::lock_guard lock(book_->mutex);
  auto id = ++book_->last_id;
  book_->orders[id];
  return id;
}

void order_relay::send(transfer_id id, http_client& to, http_order order,
                       http_done done) {
  auto shared = book_;
  std::uint64_t hop = 0;
  {
    std::unique_lock lock(shared->mutex);
    auto& one = shared->orders[id];
    if (one.is_cancelled) {
      lock.unlock();
      done(fail(errc::cancelled, "fetch: cancelled"));
      return;
    }
    hop = ++one.hop;
    one.is_back = false;
  }
  auto on_answer = [shared, id, done = std::move(done)](auto answer) {
    {
      std::lock_guard lock(shared->mutex);
      auto found = shared->orders.find(id);
      if (found != shared->orders.end()) {
        found->second.is_back = true;
        found->second.onward.reset();
      }
    }
    done(std::move(answer));
  };
  auto onward = to.fetch(std::move(order), std::move(on_answer));
  std::unique_lock lock(shared->mutex);
  auto found = shared->orders.find(id);
  // It may have been answered by now, and be at another hop.
  if (found == shared->orders.end() || found->second.hop != hop
      || found->second.is_back)
    return;
  found->second.onward = onward;
  auto is_late = found->second.is_cancelled;
  lock.unlock();
  // Cancelled while it was being handed on.
  if (is_late)
    to.cancel(onward);
}

void order_relay::cancel(transfer_id id, http_client& to) {
  std::unique_lock lock(book_->mutex);
  auto found = book_->orders.find(id);
  if (found == book_->orders.end())
    return;
  found->second.is_cancelled = true;
  auto onward = found->second.onward;
  lock.unlock();
  if (onward)
    to.cancel(*onward);
}

bool order_relay::is_cancelled(transfer_id id) const {
  std::lock_guard lock(book_->mutex);
  auto found = book_->orders.find(id);
  return found != book_->orders.end() && found->second.is_cancelled;
}

void order_relay::close(transfer_id id) {
  std::lock_guard lock(book_->mutex);
  book_->orders.erase(id);
}

} // namespace jobfarm::fetch
