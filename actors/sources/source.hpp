#pragma once

#include "messages/expected.hpp"
#include "messages/query.hpp"
#include "messages/task.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::sources {

/// Facts about a source that do not depend on a query.
struct source_traits {
  /// The word users and records know it by.
  std::string_view name;
  /// `api` or `scraper`.
  std::string_view type;
  /// Scheme, host and fixed path prefix of its requests, no trailing slash;
  /// a configuration may replace it. Empty for `jsonld` (tokens are URLs).
  std::string_view base_url;
  /// Sources whose terms or robots.txt forbid collection are off by default.
  bool enabled_by_default = true;
  /// One sentence for whoever turns it on; empty where nothing is to be said.
  std::string_view terms;
  /// True if it lists one company's board, false if it is searched.
  bool is_board = true;
  /// Politeness towards its host where nothing else is known.
  double requests_per_second = 1;
  std::int32_t concurrent_requests = 1;
  /// Name of the credential its requests need, empty for none.
  std::string_view credential = {};
  /// The first refusal ends a run: asking on would be noticed, not answered.
  bool stops_when_blocked = false;
};

/// A page to ask for. The planner makes a task of it.
struct page_request {
  page_kind kind = page_kind::list;
  http_request request;
  /// Position in the listing, 0 first.
  std::int32_t page = 0;
  /// Postings that earlier pages of the listing gave.
  std::int64_t collected_before = 0;
  /// For a detail page: the posting as the list has it.
  boxed_optional<raw_posting> listed;
  /// When the site says that the page last changed; empty if it does not.
  std::string modified_at;
  /// See `task`.
  std::string shown_before;
};

/// What a source is asked for.
struct plan_context {
  jobfarm::board board;
  /// Replaces `source_traits::base_url` unless empty. No trailing slash.
  std::string base_url;
  /// For sources that are searched.
  std::string text;
  std::string location;
  bool remote_only = false;
  std::optional<std::int64_t> posted_within_s;
};

/// What is known about a payload besides its bytes.
struct parse_context {
  std::string board;
  std::string company;
  /// The page's address; empty if unknown.
  std::string url;
  /// RFC 3339 UTC.
  std::string fetched_at;
  std::string base_url;
  /// HTTP status and Content-Type; 0 and empty if unknown (a file).
  std::int32_t status = 0;
  std::string content_type;
  /// The request that was answered, for the page after it.
  const page_request* asked = nullptr;
  /// What the site's robots.txt calls its sitemaps.
  std::vector<std::string> sitemaps;
  /// How many bytes behind the payload may be read.
  std::size_t readable_behind = 0;
};

/// What a payload holds.
struct parsed_page {
  /// List or detail, told from the payload itself.
  page_kind kind = page_kind::list;
  /// ok, empty or partial; the other answers are failures.
  answer verdict = answer::ok;
  /// Postings that need nothing more.
  std::vector<raw_posting> postings;
  /// Records that are no posting to show, with the reason.
  std::vector<rejection> rejections;
  /// How many of the rejections are records that could not be read; the others
  /// are not meant to be shown.
  std::int64_t unreadable = 0;
  /// The page after this one, and a detail page for each posting whose text
  /// the list does not have (that posting is in `listed`, not in `postings`).
  std::vector<page_request> next;
  /// Size of the whole listing, where the source states it.
  std::optional<std::int64_t> total_stated;
};

/// One job source: pure, stateless, any thread.
///
/// `parse` is total: any bytes give a page or a failure, in time and memory
/// linear in the size. Failures: `bad_payload` not readable at all or cut off;
/// `schema_changed` readable, but not this source's envelope, or a list of
/// records of which none can be read; `bot_detected` a wall; `not_found` no
/// such board or posting; `rate_limited`, `auth_failed`, `http_error` where an
/// error body or the status says so. An honest empty board is a page with
/// verdict `empty`.
struct source {
  source_traits traits;
  /// The first requests for a board or search. Errors: invalid_input (a token
  /// that cannot be one).
  expected<std::vector<page_request>> (*plan)(const plan_context&);
  expected<parsed_page> (*parse)(std::string_view payload,
                                 const parse_context&);
};

/// Every source, in the order users see them. A new source is one file with
/// its `const source`, one line in registry.cpp, and its fixtures.
const std::vector<const source*>& all_sources();

/// Whether `token` may name a board of `one`, by its form alone. Searched
/// sources have no boards: any will do.
bool can_be_board(const source& one, std::string_view token);

/// The source named `name` exactly, or null.
const source* find_source(std::string_view name);

} // namespace jobfarm::sources
