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
  using effect = watch::fault_effect;
  std::vector<frame> on;
  auto is_exempt = !faults_ || is_about_faults(bytes);
  // What no fault strikes is late by nothing.
  auto what = watch::strike{effect::delay, errc::internal, {}};
  auto is_struck = false;
  if (!is_exempt)
    if (auto struck = faults_->pass(point_)) {
      what = *struck;
      is_struck = true;
    }
  if (is_exempt || (!is_struck && held_.count(connection) == 0)) {
    on.emplace_back(connection, std::move(bytes));
    return on;
  }
  if (what.effect == effect::drop)
    return on;
  auto& waiting = held_[connection];
  hold(waiting, what, std::move(bytes), now);
  release(connection, waiting, now, on);
  if (waiting.empty())
    held_.erase(connection);
  return on;
}

void frame_faults::hold(queue& waiting, const watch::strike& what,
                        std::string bytes, time_point now) {
  using effect = watch::fault_effect;
  if (what.effect == effect::reorder) {
    waiting.push_back({std::move(bytes), now + longest_aside, true});
    return;
  }
  auto until = now;
  if (what.effect == effect::delay)
    until += what.delay;
  for (const auto& one : waiting)
    if (!one.is_aside)
      until = std::max(until, one.until);
  // This one overtakes those that were set aside: they follow it.
  for (auto& one : waiting)
    if (one.is_aside)
      one.until = std::min(one.until, until);
  if (what.effect == effect::duplicate)
    waiting.push_back({bytes, until, false});
  waiting.push_back({std::move(bytes), until, false});
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
