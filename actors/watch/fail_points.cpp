#include "actors/watch/fail_points.hpp"

#include <algorithm>

namespace jobfarm::watch {

namespace {

const fail_point* find_point(std::string_view name) {
  const auto& all = all_fail_points();
  auto found = std::find_if(all.begin(), all.end(), [&](const fail_point& one) {
    return one.name == name;
  });
  return found == all.end() ? nullptr : &*found;
}

std::string names_of_points() {
  std::string names;
  for (const auto& one : all_fail_points())
    names += (names.empty() ? "" : ", ") + std::string{one.name};
  return names;
}

} // namespace

expected<void> check_fault(const armed_fault& fault) {
  const auto* point = find_point(fault.point);
  if (!point)
    return fail(errc::invalid_input, "there is no fail point \"" + fault.point
                                         + "\"; there are "
                                         + names_of_points());
  const auto& effects = point->effects;
  if (std::find(effects.begin(), effects.end(), fault.effect) == effects.end())
    return fail(errc::invalid_input,
                fault.point + " cannot "
                    + std::string{to_string(fault.effect)});
  if (!(fault.probability > 0 && fault.probability <= 1))
    return fail(errc::invalid_input, "probability is above 0 and at most 1");
  if (fault.times < 0 || fault.delay_ms < 0 || fault.delay_ms > 600'000)
    return fail(errc::invalid_input,
                "times and delay_ms are 0 or more, a delay at most 10 min");
  return {};
}

const std::vector<fail_point>& all_fail_points() {
  using e = fault_effect;
  static const std::vector<fail_point> all = {
      {"store.commit", "before a batch is written", {e::fail, e::delay}},
      {"frontier.lease", "before tasks are lent", {e::fail, e::delay}},
      {"frontier.clock", "whenever the frontier reads its clock", {e::jump}},
      {"collector.page",
       "when a collector gets tasks",
       {e::kill, e::hang}},
      {"source.answer",
       "before a page is asked for: it fails, or comes late",
       {e::fail, e::delay}},
      {"link.send",
       "when a frame leaves for the other end of the data link",
       {e::drop, e::delay, e::duplicate, e::reorder}},
      {"link.receive",
       "when a frame has come over the data link",
       {e::drop, e::delay, e::duplicate, e::reorder}},
      {"link.clock",
       "whenever the node's end of the data link reads its clock",
       {e::jump}},
      {"node.pulse",
       "four times a second: the process is killed",
       {e::kill}},
  };
  return all;
}

expected<armed_fault> fail_points::arm(armed_fault fault) {
  if (!is_allowed_)
    return fail(errc::auth_failed,
                "this node was not started with --allow-faults");
  if (auto good = check_fault(fault); !good)
    return good.error();
  std::lock_guard lock(mutex_);
  if (fault.id == 0)
    fault.id = next_id_;
  next_id_ = std::max(next_id_, fault.id + 1);
  fault.passed = 0;
  fault.struck = 0;
  faults_.push_back({fault, std::mt19937_64{fault.seed}});
  is_armed_ = true;
  return fault;
}

std::int64_t fail_points::reserve_id() {
  std::lock_guard lock(mutex_);
  return next_id_++;
}

std::size_t fail_points::clear(std::int64_t id) {
  std::lock_guard lock(mutex_);
  auto before = faults_.size();
  faults_.erase(std::remove_if(faults_.begin(), faults_.end(),
                               [&](const held& one) {
                                 return id == 0 || one.fault.id == id;
                               }),
                faults_.end());
  is_armed_ = !faults_.empty();
  return before - faults_.size();
}

std::vector<armed_fault> fail_points::armed() const {
  std::lock_guard lock(mutex_);
  std::vector<armed_fault> all;
  for (const auto& one : faults_)
    all.push_back(one.fault);
  return all;
}

std::optional<strike> fail_points::pass(std::string_view point) {
  if (!is_armed_.load(std::memory_order_relaxed))
    return std::nullopt;
  std::lock_guard lock(mutex_);
  for (auto& [fault, random] : faults_) {
    if (fault.point != point
        || (fault.times > 0 && fault.struck >= fault.times))
      continue;
    ++fault.passed;
    // The same on every machine, which std's distributions are not.
    auto drawn = static_cast<double>(random() >> 11) * 0x1p-53;
    if (drawn >= fault.probability)
      continue;
    ++fault.struck;
    return strike{fault.effect, fault.code,
                  std::chrono::milliseconds{fault.delay_ms}};
  }
  return std::nullopt;
}

} // namespace jobfarm::watch
