#pragma once

#include "messages/failure.hpp"
#include "messages/task.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Telling an answer from a refusal. 200 does not mean success: challenge,
/// consent and sign-in pages come with it, and error bodies with any status.
namespace jobfarm::sources {

/// What is known of an HTTP answer before anybody reads its body.
struct answer_facts {
  /// 0 if unknown (a file).
  std::int32_t status = 0;
  std::vector<http_header> headers;
  /// The address that was asked for and the one that answered, after
  /// redirects; empty if unknown.
  std::string request_url;
  std::string final_url;
  std::string content_type;
  /// The body or its beginning.
  std::string_view body;
  /// The page may answer from any host (a job page, not an API).
  bool may_move = false;
};

/// Returns why an answer is none, or nothing if a parser should read it:
/// bot_detected (challenge, consent or sign-in page, refusal), rate_limited,
/// auth_failed, not_found, proxy_failed, schema_changed (another site
/// answered), http_error. A body with a failing status is judged by both.
std::optional<failure> judge_answer(const answer_facts& facts);

/// The same for a body alone. Meant for parsers that did not find their shape:
/// a page that has it is no wall, whatever scripts it carries.
std::optional<failure> judge_body(std::string_view body);

/// True if a page shows a visitor next to nothing before its scripts have run:
/// what it is about cannot be told from it.
bool is_shell(std::string_view page);

/// True if a page says in words that a search found nothing.
bool says_nothing_found(std::string_view page);

/// True if `host` is `site` or below it. Addresses match only themselves.
bool stays_on_site(std::string_view site, std::string_view host);

} // namespace jobfarm::sources
