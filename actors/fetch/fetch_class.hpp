#pragma once

#include "messages/failure.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace jobfarm::fetch {

/// What an attempt at a page of a listing means for the listing.
enum class attempt_class : std::uint8_t {
  body,        ///< there is a page to read
  end_of_list, ///< the site has no such page, and will not have it next time
  retry,       ///< says nothing: ask again, and fail if attempts run out
  refused,     ///< will not change by asking again, and is no end of a listing
};

/// One attempt: an answer or a failure.
struct attempt {
  std::int32_t status = 0;
  std::size_t body_bytes = 0;
  std::optional<errc> failed;
};

struct attempt_rules {
  /// 401 and 403 come and go (a firewall's mood), so that they are retried.
  bool is_blocked_transient = false;
  /// An answer that is neither page nor end ends the listing; else it fails.
  bool is_lenient = true;
};

/// Judges one attempt. 200 with an empty body is no page: taking it for one
/// would end a listing in silence.
attempt_class classify_attempt(const attempt& one, const attempt_rules& rules);

} // namespace jobfarm::fetch
