#include "tests/bench/cluster/idle_worker.hpp"

#include "messages/msgpack.hpp"

#include <stdexcept>

namespace jobfarm::bench {

std::unique_ptr<nodes::link_layer::client>
idle_worker::connect(std::unique_ptr<idle_worker> one,
                     nodes::link_layer::client_options options) {
  auto* self = one.get();
  auto window = one->window_;
  auto line =
      nodes::link_layer::client::start(std::move(options), std::move(one));
  if (!line)
    throw std::runtime_error(line.error().detail);
  self->line_ = line->get();
  // The first task is lent after this, on the line's own thread.
  self->line_->pull(window);
  return *std::move(line);
}

void idle_worker::lent(std::vector<link::lent_task> tasks) {
  auto now = clock::now();
  {
    std::lock_guard lock(seen->mutex);
    if (seen->first_lease == clock::time_point{}) {
      seen->first_lease = now;
      seen->changed.notify_all();
    }
  }
  for (auto& one : tasks) {
    link::outcome done;
    done.what.task_id = one.task.id;
    done.what.lease = one.lease;
    done.what.worker = "idle";
    done.what.status = answer::empty;
    done.task = std::move(one.task);
    begun_.emplace(++last_id_, now);
    line_->finish(last_id_, done.what.lease, pack(done));
  }
}

void idle_worker::settled(std::uint64_t id) {
  auto now = clock::now();
  auto begun = begun_.find(id);
  std::chrono::duration<double, std::milli> took = now - begun->second;
  begun_.erase(begun);
  {
    std::lock_guard lock(seen->mutex);
    ++seen->settled;
    seen->last_settled = now;
    seen->latencies_ms.push_back(took.count());
    seen->changed.notify_all();
  }
  pull_on();
}

/// Asks for what there is room for, a share of the window at a time.
void idle_worker::pull_on() {
  if (++room_ < window_ / 16)
    return;
  line_->pull(std::exchange(room_, 0));
}

} // namespace jobfarm::bench
