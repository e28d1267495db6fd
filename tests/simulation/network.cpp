#include "tests/simulation/network.hpp"

#include "messages/link.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>

namespace jobfarm::simulation {

duration network::transit() {
  auto& luck = on_.luck;
  return luck.chance(on_.bad.lateness)
             ? luck.between(milliseconds{100}, milliseconds{4000})
             : luck.between(milliseconds{1}, milliseconds{5});
}

/// Bodies hold times of this machine, so they stay out of the trace.
void network::note(const wire& by, const std::string& frame,
                   const char* what) const {
  auto read = unpack<link::frame>(frame);
  if (!read)
    return on_.log.violated(on_.time.now(), "a frame that cannot be read");
  on_.log.note(on_.time.now(),
               by.name + ' ' + what + ' ' + std::to_string(read->type) + ' '
                   + std::to_string(read->id) + ' '
                   + std::to_string(read->attempt) + ' '
                   + std::to_string(read->credit));
}

void network::carry(wire& by, const std::string& frame,
                    const std::function<void(const std::string&)>& arrive) {
  auto& luck = on_.luck;
  if (cut_.count(by.worker) != 0 || luck.chance(on_.bad.loss))
    return note(by, frame, "lost");
  auto copies = luck.chance(on_.bad.doubling) ? 2 : 1;
  for (int i = 0; i < copies; ++i) {
    auto arrival = on_.time.now() + transit();
    if (!luck.chance(on_.bad.overtaking))
      arrival = std::max(arrival, by.last_arrival);
    by.last_arrival = std::max(arrival, by.last_arrival);
    on_.time.at(arrival, [this, name = by, frame, arrive] {
      note(name, frame, "got");
      arrive(frame);
    });
  }
}

void network::cut(std::int32_t worker, duration time) {
  cut_.insert(worker);
  on_.time.after(time, [this, worker] {
    if (auto found = cut_.find(worker); found != cut_.end())
      cut_.erase(found);
  });
}

} // namespace jobfarm::simulation
