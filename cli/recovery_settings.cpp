#include "cli/recovery_settings.hpp"

#include "cli/config_file.hpp"
#include "cli/option_checks.hpp"

#include <cstdint>

namespace jobfarm::cli {

namespace {

constexpr std::int64_t most_times = 1'000'000;
constexpr std::int64_t day_ms = 86'400'000;

/// Attempts of a single failure code: `recovery.attempts.timeout = 6`.
constexpr std::string_view attempts_prefix = "recovery.attempts.";
constexpr option attempts_option = {"recovery.attempts.CODE",
                                    value_kind::count,
                                    "N",
                                    "the same for one failure code",
                                    "",
                                    false,
                                    whole_number<1, most_times>};

std::chrono::milliseconds duration_of(const settings& given,
                                      std::string_view name) {
  return given.duration(name).value_or(std::chrono::seconds{0});
}

std::int32_t count_of(const settings& given, std::string_view name) {
  return static_cast<std::int32_t>(given.count(name).value_or(1));
}

} // namespace

const std::vector<option>& recovery_options() {
  static const std::vector<option> all = {
      {"recovery.most_attempts", value_kind::count, "N",
       "tries of a task before it is given up", "4", false,
       whole_number<1, most_times>},
      {"recovery.first_delay_ms", value_kind::count, "N",
       "the first wait; it doubles, with full jitter", "500", false,
       whole_number<0, day_ms>},
      {"recovery.longest_delay", value_kind::duration, "D", "the longest wait",
       "60s"},
      {"recovery.longest_retry_after", value_kind::duration, "D",
       "the most that a Retry-After makes us wait", "1h"},
      {"recovery.robots_pause", value_kind::duration, "D",
       "how long a host is left alone whose robots.txt cannot be had", "60s"},
      {"recovery.circuit_failures", value_kind::count, "N",
       "failures in a row that open the circuit of a host", "10", false,
       whole_number<1, most_times>},
      {"recovery.circuit_wait", value_kind::duration, "D",
       "how long it stays open first; it doubles", "2s"},
      {"recovery.circuit_longest_wait", value_kind::duration, "D",
       "how long it stays open at most", "60s"},
      {"recovery.most_refusals", value_kind::count, "N",
       "refusals and openings in a row before a host is given up", "5", false,
       whole_number<1, most_times>},
  };
  return all;
}

expected<void> apply_recovery(const file_entry& entry, settings& into) {
  const option* known = nullptr;
  for (const auto& one : recovery_options())
    if (one.name == entry.key)
      known = &one;
  if (entry.key.rfind(attempts_prefix, 0) == 0
      && from_string<errc>(entry.key.substr(attempts_prefix.size())))
    known = &attempts_option;
  if (!known) {
    std::vector<std::string_view> words;
    for (const auto& one : recovery_options())
      words.push_back(one.name);
    auto hint = nearest(entry.key, words);
    return fail(errc::invalid_input,
                entry.origin + ": unknown key \"" + entry.key + '"'
                    + (hint ? "; did you mean \"" + std::string{*hint} + "\"?"
                            : "; jobfarm config lists those of recovery"));
  }
  if (auto problem = misfit(*known, entry.values))
    return fail(errc::invalid_input, entry.origin + ": " + *problem);
  into.offer(entry.key, {entry.values, entry.origin});
  return {};
}

supervise::recovery_policy recovery_policy_of(const settings& given) {
  supervise::recovery_policy policy;
  policy.most_attempts = count_of(given, "recovery.most_attempts");
  policy.first_delay = std::chrono::milliseconds{
      given.count("recovery.first_delay_ms").value_or(0)};
  policy.longest_delay = duration_of(given, "recovery.longest_delay");
  policy.longest_retry_after = given.duration("recovery.longest_retry_after")
                                   .value_or(std::chrono::seconds{0});
  policy.robots_pause =
      given.duration("recovery.robots_pause").value_or(std::chrono::seconds{0});
  policy.circuit.most_failures = count_of(given, "recovery.circuit_failures");
  policy.circuit.open = {duration_of(given, "recovery.circuit_wait"),
                         duration_of(given, "recovery.circuit_longest_wait")};
  policy.most_refusals = count_of(given, "recovery.most_refusals");
  for (const auto& [name, value] : given.all())
    if (name.rfind(attempts_prefix, 0) == 0)
      policy.attempts[*from_string<errc>(name.substr(attempts_prefix.size()))] =
          count_of(given, name);
  return policy;
}

} // namespace jobfarm::cli
