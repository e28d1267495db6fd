#include "actors/supervise/child_spec.hpp"

#include <set>

namespace jobfarm::supervise {

namespace {

failure invalid(const std::string& subject, const std::string& cause) {
  return fail(errc::invalid_input, "check " + subject + ": " + cause);
}

} // namespace

expected<void> validate(const supervisor_flags& flags,
                        const child_spec& child) {
  auto subject = "child '" + child.id + "'";
  if (child.id.empty())
    return invalid("child", "it has no id");
  if (child.factory.empty())
    return invalid(subject, "it names no factory");
  if (child.shutdown.what == shutdown_rule::kind::timeout
      && child.shutdown.limit.count() < 0)
    return invalid(subject, "its shutdown time is negative");
  if (!child.is_significant)
    return {};
  if (child.restart == restart_kind::permanent)
    return invalid(subject, "a permanent child cannot be significant");
  if (flags.auto_shutdown == auto_shutdown::never)
    return invalid(subject, "it is significant, but auto_shutdown is never");
  return {};
}

expected<void> validate(const supervisor_flags& flags,
                        const std::vector<child_spec>& children) {
  if (flags.intensity < 0)
    return invalid("supervisor", "its intensity is negative");
  if (flags.period.count() <= 0)
    return invalid("supervisor", "its period is not positive");
  if (flags.backoff.first.count() < 0
      || flags.backoff.longest < flags.backoff.first)
    return invalid("supervisor", "its backoff is not a range");
  std::set<std::string> ids;
  for (const auto& child : children) {
    if (auto good = validate(flags, child); !good)
      return good;
    if (!ids.insert(child.id).second)
      return invalid("child '" + child.id + "'", "its id is used twice");
  }
  return {};
}

} // namespace jobfarm::supervise
