#pragma once

#include "messages/boxed_optional.hpp"
#include "messages/failure.hpp"
#include "messages/posting.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// One header line.
struct http_header {
  std::string name;
  std::string value;

  static constexpr std::string_view record_name = "http_header";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"name", self.name}, field{"value", self.value});
  }
};

/// A request as a source plans it. Holds no secret: `credential` names the
/// one that the fetching node adds (`careerjet`: basic auth by key).
struct http_request {
  std::string method = "GET";
  std::string url;
  std::vector<http_header> headers;
  std::string body;
  std::string credential;

  static constexpr std::string_view record_name = "http_request";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"method", self.method}, field{"url", self.url},
                 field{"headers", self.headers}, field{"body", self.body},
                 nullable{"credential", self.credential});
  }
};

/// What a page of a source is for.
enum class page_kind : std::uint8_t { list, detail };
template <>
struct enum_names<page_kind> {
  static constexpr auto last = page_kind::detail;
  static constexpr std::string_view names[] = {"list", "detail"};
};

/// What an answer turned out to be.
enum class answer : std::uint8_t {
  ok,      ///< postings, all of those the page should hold
  empty,   ///< a well-formed "nothing here"
  partial, ///< some of what the page or board should hold is missing
  blocked, ///< a wall: challenge, consent or sign-in page, refusal
  gone,    ///< the board or posting does not exist
  changed, ///< not the shape this source is known to have
};
template <>
struct enum_names<answer> {
  static constexpr auto last = answer::changed;
  static constexpr std::string_view names[] = {"ok",      "empty", "partial",
                                               "blocked", "gone",  "changed"};
};

/// A version of a page that was read, and who read it.
struct page_version {
  /// `ETag` and `Last-Modified` as they were sent: opaque (RFC 9110 8.8). Not
  /// both are empty.
  std::string etag;
  std::string last_modified;
  /// The program that read it: another one may find something else in it.
  std::string reader;

  static constexpr std::string_view record_name = "page_version";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(nullable{"etag", self.etag},
                 nullable{"last_modified", self.last_modified},
                 field{"reader", self.reader});
  }
};

/// One page to fetch and read.
struct task {
  /// 32 hex digits, derived from query, source, board, kind and request, so
  /// that planning twice makes nothing twice.
  std::string id;
  std::string query_id;
  page_kind kind = page_kind::list;
  std::string source;
  std::string board;
  std::string company;
  /// Host of `request.url`, the unit of politeness.
  std::string host;
  http_request request;
  /// Position of the page in its listing, 0 first; for messages and proof.
  std::int32_t page = 0;
  /// Postings of this listing that pages before this one gave.
  std::int64_t collected_before = 0;
  /// For a detail page: what the list already said of the posting.
  boxed_optional<raw_posting> listed;
  std::int32_t attempt = 0;
  /// RFC 3339 UTC, empty for at once.
  std::string not_before;
  /// Proxies of lower tiers met a wall: they are passed over.
  std::int32_t proxy_tier = 1;
  /// Only a node that has a browser may run it, and loads the page by that.
  bool by_browser = false;
  /// When the site says that the page last changed, in its words; empty if it
  /// does not say.
  std::string modified_at;
  /// Of a list page: a hash of the records that the page before it showed;
  /// empty for the first.
  std::string shown_before;
  /// The version whose records the store has: they need not be read again.
  boxed_optional<page_version> known;

  static constexpr std::string_view record_name = "task";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"id", self.id}, field{"query_id", self.query_id},
                 field{"kind", self.kind}, field{"source", self.source},
                 field{"board", self.board}, nullable{"company", self.company},
                 field{"host", self.host}, field{"request", self.request},
                 field{"page", self.page},
                 field{"collected_before", self.collected_before},
                 field{"listed", self.listed}, field{"attempt", self.attempt},
                 nullable{"not_before", self.not_before},
                 field{"proxy_tier", self.proxy_tier},
                 field{"by_browser", self.by_browser},
                 nullable{"modified_at", self.modified_at},
                 nullable{"shown_before", self.shown_before},
                 field{"known", self.known});
  }
};

/// A source record that did not become a posting, and why.
struct rejection {
  std::string source;
  std::string source_id;
  std::string board;
  std::string url;
  std::string reason;

  static constexpr std::string_view record_name = "rejection";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"source", self.source},
                 field{"source_id", self.source_id},
                 nullable{"board", self.board}, nullable{"url", self.url},
                 field{"reason", self.reason});
  }
};

/// Where the time of a task went, in microseconds.
struct task_timings {
  std::int64_t fetch_us = 0;
  std::int64_t parse_us = 0;
  std::int64_t normalize_us = 0;

  static constexpr std::string_view record_name = "task_timings";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"fetch_us", self.fetch_us},
                 field{"parse_us", self.parse_us},
                 field{"normalize_us", self.normalize_us});
  }
};

/// What became of a task.
struct task_outcome {
  std::string task_id;
  /// The lease under which the work was done; a stale one changes nothing.
  std::int64_t lease = 0;
  std::string worker;
  answer status = answer::ok;
  std::vector<job_posting> postings;
  std::vector<rejection> rejections;
  std::vector<task> next_tasks;
  /// Records in the payload, before any judgement.
  std::int64_t handed_out = 0;
  /// Postings that the source says its listing holds, where it says so.
  std::optional<std::int64_t> total_stated;
  /// Bytes of body received.
  std::int64_t bytes = 0;
  /// Why there is no result.
  std::optional<jobfarm::failure> failed;
  task_timings timings;
  /// What is missing from a result that is there.
  std::optional<jobfarm::failure> shortfall;
  /// Seconds between requests that the host's robots.txt asks for.
  std::optional<double> crawl_delay_s;
  /// Seconds for which the host takes no more requests, where a good answer
  /// says so.
  std::optional<double> rest_s;
  /// The version that was read, of a page that says all by itself and would
  /// say the same to the same reader at another time.
  std::optional<page_version> version;
  /// The page is the version that the task knows: it has what it had.
  bool is_unchanged = false;

  static constexpr std::string_view record_name = "task_outcome";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"task_id", self.task_id}, field{"lease", self.lease},
        field{"worker", self.worker}, field{"status", self.status},
        field{"postings", self.postings}, field{"rejections", self.rejections},
        field{"next_tasks", self.next_tasks},
        field{"handed_out", self.handed_out},
        field{"total_stated", self.total_stated}, field{"bytes", self.bytes},
        field{"failed", self.failed}, field{"timings", self.timings},
        field{"shortfall", self.shortfall},
        field{"crawl_delay_s", self.crawl_delay_s},
        field{"rest_s", self.rest_s}, field{"version", self.version},
        field{"is_unchanged", self.is_unchanged});
  }
};

} // namespace jobfarm
