#pragma once

#include "messages/enum_names.hpp"
#include "messages/fields.hpp"
#include "messages/json_text.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace jobfarm {

/// What a source said, before judgement. Text is UTF-8 as the source sent it,
/// entities and markup included where the field may hold them; empty means
/// that the source did not say.
struct raw_posting {
  std::string source;
  std::string source_id;
  /// Company token or site section.
  std::string board;
  std::string title;
  std::string company;
  /// The place as given, one string.
  std::string location;
  /// Every place, where the source gives several.
  std::vector<std::string> locations;
  /// Pay as a display string.
  std::string salary;
  /// Pay where the source has it structured: major units.
  std::optional<double> salary_min;
  std::optional<double> salary_max;
  std::string salary_currency;
  /// As given: "year", "per-year-salary", "1 YEAR", "HOURLY" ...
  std::string salary_period;
  /// Date, epoch or relative text, as given.
  std::string posted;
  /// When the payload was received, RFC 3339 UTC.
  std::string fetched_at;
  std::string url;
  std::string application_url;
  /// HTML, or plain text where the source has no markup.
  std::string description_html;
  std::string employment_type;
  std::string department;
  /// Set only where the source says so.
  std::optional<bool> remote;
  std::vector<std::string> tags;
  /// Every other field of the source that a user may want; a JSON object.
  /// Keys that the normaliser reads when present: `workplace_type` (string),
  /// `salary_ranges` (array of {min,max,currency,period,label}), `country`
  /// (alpha-2), `requisition_id`, `language`, `seniority` (text),
  /// `remote_scope` (text or array), `valid_through`, `skills`,
  /// `experience_months`, `salary_predicted`, `updated`,
  /// `addresses` (array of {city,region,country,postal_code}).
  json_text extra;

  static constexpr std::string_view record_name = "raw_posting";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"source", self.source}, field{"source_id", self.source_id},
        nullable{"board", self.board}, field{"title", self.title},
        nullable{"company", self.company}, nullable{"location", self.location},
        field{"locations", self.locations}, nullable{"salary", self.salary},
        field{"salary_min", self.salary_min},
        field{"salary_max", self.salary_max},
        nullable{"salary_currency", self.salary_currency},
        nullable{"salary_period", self.salary_period},
        nullable{"posted", self.posted},
        nullable{"fetched_at", self.fetched_at}, nullable{"url", self.url},
        nullable{"application_url", self.application_url},
        field{"description_html", self.description_html},
        nullable{"employment_type", self.employment_type},
        nullable{"department", self.department}, field{"remote", self.remote},
        field{"tags", self.tags}, field{"extra", self.extra});
  }
};

/// Career level, as titles and sources state it.
enum class seniority : std::uint8_t {
  intern,
  junior,
  mid,
  senior,
  staff,
  principal,
  lead,
  manager,
  director,
  vp,
  executive,
  unknown,
};
template <>
struct enum_names<seniority> {
  static constexpr auto last = seniority::unknown;
  static constexpr std::string_view names[] = {
      "intern", "junior",  "mid",      "senior", "staff",     "principal",
      "lead",   "manager", "director", "vp",     "executive", "unknown"};
};

/// Where the work is done.
enum class work_mode : std::uint8_t { remote, hybrid, onsite, unknown };
template <>
struct enum_names<work_mode> {
  static constexpr auto last = work_mode::unknown;
  static constexpr std::string_view names[] = {"remote", "hybrid", "onsite",
                                               "unknown"};
};

/// Kind of contract.
enum class employment_type : std::uint8_t {
  full_time,
  part_time,
  contract,
  temporary,
  internship,
  volunteer,
  unknown,
};
template <>
struct enum_names<employment_type> {
  static constexpr auto last = employment_type::unknown;
  static constexpr std::string_view names[] = {
      "full_time",  "part_time", "contract", "temporary",
      "internship", "volunteer", "unknown"};
};

/// Whether the employer sponsors a work visa, by its own words.
enum class visa_sponsorship : std::uint8_t { offered, not_offered, unknown };
template <>
struct enum_names<visa_sponsorship> {
  static constexpr auto last = visa_sponsorship::unknown;
  static constexpr std::string_view names[] = {"offered", "not_offered",
                                               "unknown"};
};

/// A place a posting names. Names are English; unknown parts are empty.
struct place {
  /// As given, cleaned for display.
  std::string display;
  std::string city;
  std::string admin1;
  /// ISO 3166-2 without the country ("CA" of "US-CA"), where known.
  std::string admin1_code;
  /// ISO 3166-1 alpha-2.
  std::string country;

  static constexpr std::string_view record_name = "place";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"display", self.display}, nullable{"city", self.city},
                 nullable{"admin1", self.admin1},
                 nullable{"admin1_code", self.admin1_code},
                 nullable{"country", self.country});
  }
};

/// One source record that stands behind a posting.
struct sighting {
  std::string source;
  std::string source_id;
  std::string url;
  std::string location;
  /// RFC 3339 UTC.
  std::string first_seen;

  static constexpr std::string_view record_name = "sighting";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"source", self.source},
                 field{"source_id", self.source_id}, nullable{"url", self.url},
                 nullable{"location", self.location},
                 nullable{"first_seen", self.first_seen});
  }
};

/// One clean record of one job. Times RFC 3339 UTC, money in major units,
/// an empty string or optional is "unknown".
struct job_posting {
  /// 32 hex digits: 128-bit hash of source and source_id (or canonical url).
  std::string id;
  std::string source;
  std::string source_id;
  std::string board;
  std::string url;
  std::string application_url;
  std::string title;
  std::string title_normalized;
  jobfarm::seniority seniority = seniority::unknown;
  /// Slug of the role taxonomy, `other` where none fits.
  std::string role_family = "other";
  std::string company;
  std::string company_normalized;
  std::string location;
  std::string city;
  std::string admin1;
  std::string admin1_code;
  std::string country;
  std::string region;
  std::vector<place> locations;
  std::string location_scope;
  work_mode remote = work_mode::unknown;
  std::optional<double> salary_min;
  std::optional<double> salary_max;
  std::string salary_currency;
  /// year, month, week, day or hour.
  std::string salary_period;
  /// structured, field or description.
  std::string salary_source;
  std::string salary_text;
  std::optional<double> salary_confidence;
  /// Which of `currency` and `period` were inferred.
  std::vector<std::string> salary_inferred;
  std::optional<double> salary_usd_min;
  std::optional<double> salary_usd_max;
  std::string salary_rate_date;
  std::string posted_at;
  /// "30+ days ago": posted no later than this.
  std::string posted_before;
  std::string first_seen;
  std::string last_seen;
  std::string closed_at;
  std::string description;
  jobfarm::employment_type employment_type = employment_type::unknown;
  std::string department;
  std::vector<std::string> tags;
  /// BCP 47.
  std::string language;
  std::string requisition_id;
  std::optional<double> experience_years_min;
  std::optional<double> experience_years_max;
  std::vector<std::string> skills;
  jobfarm::visa_sponsorship visa_sponsorship = visa_sponsorship::unknown;
  /// 0..1
  double data_quality_score = 0;
  /// 0..100
  double completeness_percentage = 0;
  std::vector<sighting> sightings;
  json_text extra;

  static constexpr std::string_view record_name = "job_posting";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(
        field{"id", self.id}, field{"source", self.source},
        field{"source_id", self.source_id}, nullable{"board", self.board},
        nullable{"url", self.url},
        nullable{"application_url", self.application_url},
        field{"title", self.title},
        field{"title_normalized", self.title_normalized},
        field{"seniority", self.seniority},
        field{"role_family", self.role_family},
        nullable{"company", self.company},
        nullable{"company_normalized", self.company_normalized},
        nullable{"location", self.location}, nullable{"city", self.city},
        nullable{"admin1", self.admin1},
        nullable{"admin1_code", self.admin1_code},
        nullable{"country", self.country}, nullable{"region", self.region},
        field{"locations", self.locations},
        nullable{"location_scope", self.location_scope},
        field{"remote", self.remote}, field{"salary_min", self.salary_min},
        field{"salary_max", self.salary_max},
        nullable{"salary_currency", self.salary_currency},
        nullable{"salary_period", self.salary_period},
        nullable{"salary_source", self.salary_source},
        nullable{"salary_text", self.salary_text},
        field{"salary_confidence", self.salary_confidence},
        field{"salary_inferred", self.salary_inferred},
        field{"salary_usd_min", self.salary_usd_min},
        field{"salary_usd_max", self.salary_usd_max},
        nullable{"salary_rate_date", self.salary_rate_date},
        nullable{"posted_at", self.posted_at},
        nullable{"posted_before", self.posted_before},
        nullable{"first_seen", self.first_seen},
        nullable{"last_seen", self.last_seen},
        nullable{"closed_at", self.closed_at},
        field{"description", self.description},
        field{"employment_type", self.employment_type},
        nullable{"department", self.department}, field{"tags", self.tags},
        nullable{"language", self.language},
        nullable{"requisition_id", self.requisition_id},
        field{"experience_years_min", self.experience_years_min},
        field{"experience_years_max", self.experience_years_max},
        field{"skills", self.skills},
        field{"visa_sponsorship", self.visa_sponsorship},
        field{"data_quality_score", self.data_quality_score},
        field{"completeness_percentage", self.completeness_percentage},
        field{"sightings", self.sightings}, field{"extra", self.extra});
  }
};

/// What enrichment adds to a posting. Parts are JSON objects; a part that the
/// level does not ask for is empty.
struct enrichment {
  /// basic, advanced or maximum.
  std::string level;
  std::string method;
  /// 0..1, how well the posting fits the query or profile.
  std::optional<double> ml_score;
  /// The terms that `ml_score` was added up from; a JSON object.
  json_text ml_score_parts;
  std::vector<std::string> keyword_matches;
  json_text cultural_fit;
  json_text salary_benchmark;
  json_text market_trends;
  json_text immigration_analysis;
  json_text career_pathway;
  json_text geographic_insights;

  static constexpr std::string_view record_name = "enrichment";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return visit(field{"level", self.level}, field{"method", self.method},
                 field{"ml_score", self.ml_score},
                 sometimes{"ml_score_parts", self.ml_score_parts},
                 field{"keyword_matches", self.keyword_matches},
                 sometimes{"cultural_fit", self.cultural_fit},
                 sometimes{"salary_benchmark", self.salary_benchmark},
                 sometimes{"market_trends", self.market_trends},
                 sometimes{"immigration_analysis", self.immigration_analysis},
                 sometimes{"career_pathway", self.career_pathway},
                 sometimes{"geographic_insights", self.geographic_insights});
  }
};

/// A job posting with its `enrichment` beside the posting's own fields.
struct enriched_posting {
  job_posting posting;
  jobfarm::enrichment enrichment;

  static constexpr std::string_view record_name = "enriched_posting";
  template <class Self, class Visit>
  static auto fields(Self& self, Visit visit) {
    return job_posting::fields(self.posting, [&](auto... posting_fields) {
      return visit(posting_fields..., field{"enrichment", self.enrichment});
    });
  }
};

} // namespace jobfarm
