#pragma once

#include "messages/failure.hpp"
#include "messages/fields.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// One thing that happened to a query, for progress and audit.
struct event {
  /// RFC 3339 UTC.
  std::string at;
  std::string query_id;
  std::string source;
  /// A stable name that can be searched: `page_done`, `source_waiting` ...
  std::string name;
  std::string text;

  static constexpr std::string_view record_name = "event";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"at", self.at}, nullable{"query_id", self.query_id},
                 nullable{"source", self.source}, field{"name", self.name},
                 field{"text", self.text});
  }
};

/// How far one source of a query has come.
struct source_progress {
  std::string source;
  std::int64_t tasks_known = 0;
  std::int64_t tasks_done = 0;
  std::int64_t tasks_failed = 0;
  /// Records in payloads.
  std::int64_t handed_out = 0;
  std::int64_t stored = 0;
  std::int64_t merged = 0;
  std::int64_t rejected = 0;
  /// Postings seen before with the same source and id.
  std::int64_t seen_again = 0;
  std::int64_t bytes = 0;
  /// Boards whose listing was read to its stated end.
  std::int64_t boards_complete = 0;
  std::int64_t boards = 0;
  /// The first failure that could not be recovered, where there was one.
  std::optional<jobfarm::failure> failed;
  std::int32_t attempts = 0;
  /// What the source waits for, empty when it works.
  std::string waiting;
  /// New postings that the query asks for.
  std::int64_t found = 0;

  static constexpr std::string_view record_name = "source_progress";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"source", self.source}, field{"tasks_known", self.tasks_known},
        field{"tasks_done", self.tasks_done},
        field{"tasks_failed", self.tasks_failed},
        field{"handed_out", self.handed_out}, field{"stored", self.stored},
        field{"merged", self.merged}, field{"rejected", self.rejected},
        field{"seen_again", self.seen_again}, field{"bytes", self.bytes},
        field{"boards_complete", self.boards_complete},
        field{"boards", self.boards}, field{"failed", self.failed},
        field{"attempts", self.attempts}, nullable{"waiting", self.waiting},
        field{"found", self.found});
  }
};

/// How far a query has come, source by source.
struct query_progress {
  std::string query_id;
  std::vector<source_progress> sources;
  bool done = false;
  double elapsed_s = 0;

  static constexpr std::string_view record_name = "query_progress";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"query_id", self.query_id},
                 field{"sources", self.sources}, field{"done", self.done},
                 field{"elapsed_s", self.elapsed_s});
  }
};

/// p50 and p95 of response times, milliseconds.
struct latency {
  std::optional<double> p50;
  std::optional<double> p95;

  static constexpr std::string_view record_name = "latency";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"p50", self.p50}, field{"p95", self.p95});
  }
};

/// What a source says about its own limits.
struct rate_limit {
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> remaining;
  std::string reset_at;

  static constexpr std::string_view record_name = "rate_limit";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"limit", self.limit}, field{"remaining", self.remaining},
                 nullable{"reset_at", self.reset_at});
  }
};

/// Proxies of a source by state.
struct proxy_counts {
  std::int64_t in_use = 0;
  std::int64_t healthy = 0;
  std::int64_t banned = 0;

  static constexpr std::string_view record_name = "proxy_counts";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"in_use", self.in_use}, field{"healthy", self.healthy},
                 field{"banned", self.banned});
  }
};

enum class circuit : std::uint8_t { closed, open, half_open };
template <>
struct enum_names<circuit> {
  static constexpr auto last = circuit::half_open;
  static constexpr std::string_view names[] = {"closed", "open", "half_open"};
};

/// The health of one source.
struct source_status {
  std::string name;
  /// api or scraper.
  std::string type;
  bool enabled = true;
  std::optional<bool> healthy;
  std::string last_check;
  std::string last_success;
  std::string error_message;
  std::int64_t jobs_collected_today = 0;
  latency response_time_ms;
  std::optional<double> success_rate;
  jobfarm::rate_limit rate_limit;
  jobfarm::circuit circuit = circuit::closed;
  proxy_counts proxy;

  static constexpr std::string_view record_name = "source_status";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"name", self.name}, field{"type", self.type},
                 field{"enabled", self.enabled}, field{"healthy", self.healthy},
                 nullable{"last_check", self.last_check},
                 nullable{"last_success", self.last_success},
                 nullable{"error_message", self.error_message},
                 field{"jobs_collected_today", self.jobs_collected_today},
                 field{"response_time_ms", self.response_time_ms},
                 field{"success_rate", self.success_rate},
                 field{"rate_limit", self.rate_limit},
                 field{"circuit", self.circuit}, field{"proxy", self.proxy});
  }
};

} // namespace jobfarm
