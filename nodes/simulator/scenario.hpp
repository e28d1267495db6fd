#pragma once

#include "messages/enum_names.hpp"
#include "messages/expected.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace jobfarm::nodes {

/// What a scripted fault does to an answer.
enum class fault_kind : std::uint8_t {
  rate_limited,   ///< 429 with Retry-After
  wall,           ///< 403 with a challenge page
  soft_wall,      ///< the same page with 200
  garbage,        ///< 200 with bytes that are nothing
  truncated,      ///< the body ends in the middle
  slow,           ///< the answer comes late
  reset,          ///< the connection is reset
  schema_changed, ///< good JSON of another shape
  error,          ///< 500
  emptied,        ///< a well-formed answer that shows no posting
};

} // namespace jobfarm::nodes

template <>
struct jobfarm::enum_names<jobfarm::nodes::fault_kind> {
  static constexpr auto last = jobfarm::nodes::fault_kind::emptied;
  static constexpr std::string_view names[] = {
      "rate_limited", "wall",  "soft_wall",      "garbage", "truncated",
      "slow",         "reset", "schema_changed", "error",   "emptied"};
};

namespace jobfarm::nodes {

/// A fault of one source's answers, by the number of its requests.
struct fault {
  std::string source;
  fault_kind kind = fault_kind::error;
  /// Requests of the source that it concerns: [from, until).
  std::uint64_t from = 0;
  std::uint64_t until = UINT64_MAX;
  /// Of those, this share, 0 to 1.
  double probability = 1;
  std::int64_t retry_after_s = 1;
  std::int64_t delay_ms = 1000;
};

/// What a simulator serves and how badly.
struct scenario {
  std::uint64_t seed = 1;
  std::uint64_t postings = 2000;
  std::vector<fault> faults = {};
  /// Most pages of jsonld, of one posting each.
  std::uint64_t career_pages = 500;
};

/// Reads a TOML file over `standard` (see deploy/scenario.toml). Errors:
/// invalid_input with the line, also for unknown keys and sources.
expected<scenario> read_scenario(const std::string& path, scenario standard);

} // namespace jobfarm::nodes
