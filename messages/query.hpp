#pragma once

#include "messages/failure.hpp"
#include "messages/posting.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// A company's board on one source.
struct board {
  /// Name of the source: greenhouse, lever, ... jsonld.
  std::string source;
  /// The company token, or for `jsonld` the page's URL.
  std::string token;
  /// Display name, where known.
  std::string company;

  static constexpr std::string_view record_name = "board";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"source", self.source}, field{"token", self.token},
                 nullable{"company", self.company});
  }
};

/// How much enrichment a query wants.
enum class enrich_level : std::uint8_t { none, basic, advanced, maximum };
template <>
struct enum_names<enrich_level> {
  static constexpr auto last = enrich_level::maximum;
  static constexpr std::string_view names[] = {"none", "basic", "advanced",
                                               "maximum"};
};

/// What a user asks the farm for.
struct job_query {
  std::string query_id;
  /// Free text; empty means every posting of the boards.
  std::string text;
  std::vector<std::string> locations;
  bool remote_only = false;
  std::optional<double> salary_min;
  std::string salary_currency;
  /// Seconds; nothing older is wanted.
  std::optional<std::int64_t> posted_within_s;
  /// Names of sources; empty means all that are enabled.
  std::vector<std::string> sources;
  std::vector<board> boards;
  std::vector<std::string> companies;
  enrich_level level = enrich_level::basic;
  /// Most postings wanted, 0 for no limit.
  std::int64_t limit = 0;
  /// Seconds until the query ends as partial, 0 for none.
  std::int64_t timeout_s = 0;
  /// RFC 3339 UTC.
  std::string submitted_at;

  static constexpr std::string_view record_name = "job_query";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"query_id", self.query_id}, field{"text", self.text},
                 field{"locations", self.locations},
                 field{"remote_only", self.remote_only},
                 field{"salary_min", self.salary_min},
                 nullable{"salary_currency", self.salary_currency},
                 field{"posted_within_s", self.posted_within_s},
                 field{"sources", self.sources}, field{"boards", self.boards},
                 field{"companies", self.companies}, field{"level", self.level},
                 field{"limit", self.limit}, field{"timeout_s", self.timeout_s},
                 nullable{"submitted_at", self.submitted_at});
  }
};

/// Why a source gave less than it has.
struct source_error {
  std::string source;
  errc code = errc::internal;
  std::string message;
  std::int32_t attempts = 0;

  static constexpr std::string_view record_name = "source_error";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"source", self.source}, field{"code", self.code},
                 field{"message", self.message},
                 field{"attempts", self.attempts});
  }
};

/// The end of a query. In JSON `errors` is an object keyed by source
/// (see `to_json`), here a list, one entry a source.
struct collection_result {
  std::string query_id;
  /// Where the jobs can be read.
  std::string jobs_url;
  std::int64_t total_jobs = 0;
  std::int64_t raw_jobs = 0;
  std::int64_t duplicates_removed = 0;
  std::vector<std::string> sources_queried;
  std::vector<std::string> successful_sources;
  std::vector<std::string> failed_sources;
  std::vector<source_error> errors;
  bool partial = false;
  std::string collection_time;
  double duration_seconds = 0;

  static constexpr std::string_view record_name = "collection_result";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"query_id", self.query_id}, nullable{"jobs_url", self.jobs_url},
        field{"total_jobs", self.total_jobs}, field{"raw_jobs", self.raw_jobs},
        field{"duplicates_removed", self.duplicates_removed},
        field{"sources_queried", self.sources_queried},
        field{"successful_sources", self.successful_sources},
        field{"failed_sources", self.failed_sources},
        field{"errors", self.errors}, field{"partial", self.partial},
        field{"collection_time", self.collection_time},
        field{"duration_seconds", self.duration_seconds});
  }
};

} // namespace jobfarm
