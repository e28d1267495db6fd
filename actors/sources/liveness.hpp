#pragma once

#include "messages/failure.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Whether a posting's page still shows an open posting. Closing one that is
/// open is worse than noticing late: only words and codes that mean it count.
namespace jobfarm::sources {

enum class liveness : std::uint8_t {
  live,
  expired,
  uncertain, ///< no evidence either way
};

struct liveness_verdict {
  liveness state = liveness::uncertain;
  /// http_gone, expired_url, expired_body or listing_page of an expired one;
  /// insufficient_content or wall of an uncertain one; else empty.
  std::string reason;
};

/// What asking for a posting's page gave.
struct page_visit {
  /// 0 if there was no answer.
  std::int32_t status = 0;
  /// Empty if unknown.
  std::string request_url;
  std::string final_url;
  /// HTML or text.
  std::string_view body;
};

/// Judges one visit. Linear in the body.
liveness_verdict judge_liveness(const page_visit& visit);

/// How failing visits count towards closing a posting.
struct visit_failure {
  /// gone: the site says so itself. budget: the address no longer works as a
  /// page. transient: says nothing about the posting.
  std::string_view kind;
  /// Failures in a row after which it is closed; nothing for never.
  std::optional<int> close_after;
};

/// The class of an HTTP status of 400 and more.
visit_failure classify_visit(std::int32_t status);

/// The class of a failure without an answer.
visit_failure classify_visit(errc code);

} // namespace jobfarm::sources
