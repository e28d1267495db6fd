#include "nodes/link/frame_faults.hpp"

#include "messages/link.hpp"

#include <algorithm>

namespace jobfarm::nodes::link_layer {

namespace {

/// A frame that nothing overtakes goes on all the same.
constexpr std::chrono::seconds longest_aside{1};

/// The type of a frame as it stands in its bytes: an array's head, the version,
/// the type, each one byte as long as they are below 128.
bool is_about_faults(const std::string& bytes) {
  if (bytes.size() < 3)
    return false;
  auto type = static_cast<unsigned char>(bytes[2]);
  return type == link::frame_type::fault_order
         || type == link::frame_type::fault_report;
}

} // namespace

std::vector<frame_faults::frame>
frame_faults::pass(const std::string& connection, std::string bytes,
                   time_point now) {
  std::vector<frame> on;
  auto is_exempt = !faults_ || is_about_faults(bytes);
  auto struck = is_exempt ? std::nullopt : faults_->pass(point_);
  auto held = held_.find(connection);
  if (is_exempt || (!struck && held == held_.end())) {
    on.emplace_back(connection, std::move(bytes));
    return on;
  }
  using effect = watch::fault_effect;
  if (struck && struck->effect == effect::drop)
    return on;
  auto& queue = held_[connection];
  auto is_aside = struck && struck->effect == effect::reorder;
  auto until = now;
  if (struck && struck->effect == effect::delay)
    until += struck->delay;
  if (is_aside)
    until += longest_aside;
  for (const auto& one : queue)
    if (!one.is_aside && !is_aside)
      until = std::max(until, one.until);
  auto overtakes = !is_aside && until <= now;
  if (struck && struck->effect == effect::duplicate)
    queue.push_back({bytes, until, false});
  queue.push_back({std::move(bytes), until, is_aside});
  if (overtakes)
    for (auto& one : queue)
      if (one.is_aside)
        one.until = now;
  release(connection, queue, now, on);
  if (queue.empty())
    held_.erase(connection);
  return on;
}

/// What may go: first the frames in their order, then those set aside.
void frame_faults::release(const std::string& connection, queue& from,
                           time_point now, std::vector<frame>& into) {
  for (auto aside : {false, true})
    for (auto i = from.begin(); i != from.end();)
      if (i->is_aside == aside && i->until <= now) {
        into.emplace_back(connection, std::move(i->bytes));
        i = from.erase(i);
      } else {
        ++i;
      }
}

std::vector<frame_faults::frame> frame_faults::due(time_point now) {
  std::vector<frame> on;
  for (auto i = held_.begin(); i != held_.end();) {
    release(i->first, i->second, now, on);
    i = i->second.empty() ? held_.erase(i) : std::next(i);
  }
  return on;
}

} // namespace jobfarm::nodes::link_layer
