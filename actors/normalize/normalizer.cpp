#include "actors/normalize/normalizer.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/extra_reader.hpp"
#include "actors/normalize/fx.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/pay_place.hpp"
#include "actors/normalize/posting_places.hpp"
#include "actors/normalize/quality.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/role_family.hpp"
#include "actors/normalize/salary.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/title.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/description.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/phrase_sieve.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cmath>

namespace jobfarm::normalize {

namespace {

std::string canonical_or_given(std::string url) {
  if (url.empty() || text::is_plainly_canonical(url))
    return url;
  auto canonical = text::canonical_url(url);
  return canonical ? *std::move(canonical) : text::collapse_space(url);
}

/// The text of a field that is not needed any more.
std::string plain(std::string field) {
  auto is_plain = text::is_plain(field) && field.find('&') == field.npos;
  return is_plain ? std::move(field) : text::field_text(field);
}

/// Ids of pages are the site's own and repeat across sites: the page counts.
std::string id_of(const job_posting& posting) {
  auto names = posting.source + '\n';
  if (posting.source == "jsonld" || posting.source_id.empty())
    names += posting.url + '\n';
  return text::hash_hex(names += posting.source_id);
}

/// The work mode by the fields alone.
work_mode mode_of_fields(const raw_posting& raw, const extra_fields& extra,
                         work_mode in_location, const job_posting& posting) {
  work_mode_hints hints;
  hints.workplace = extra.workplace_type;
  hints.remote = raw.remote ? raw.remote : extra.is_remote;
  hints.in_location = in_location;
  hints.title = raw.title;
  hints.tags = &posting.tags;
  return work_mode_of(hints);
}

void read_scope(const extra_fields& extra, job_posting& posting) {
  if (posting.location_scope.empty())
    for (const auto& text : extra.remote_scope)
      if (posting.location_scope.empty())
        posting.location_scope = scope_of(place_key(text));
  auto is_bound_to_country =
      posting.location_scope.empty() && posting.remote == work_mode::remote
      && !posting.country.empty() && posting.city.empty();
  if (is_bound_to_country)
    posting.location_scope = "country";
}

/// Finds the phrases that a description is read for. Half of them are of work
/// modes: they are left out where the fields tell the mode.
void sift(text::folded_text& description, bool for_mode) {
  static const text::phrase_sieve facts({&experience_phrases(), &visa_phrases(),
                                         &skill_phrases(), &dollar_phrases()});
  static const text::phrase_sieve all({&experience_phrases(), &visa_phrases(),
                                       &skill_phrases(), &dollar_phrases(),
                                       &work_mode_phrases()});
  description.sift(for_mode ? all : facts);
}

salary_finding read_salary(const raw_posting& raw, const extra_fields& extra,
                           const text::folded_text& description,
                           job_posting& posting) {
  salary_input input;
  input.min = raw.salary_min;
  input.max = raw.salary_max;
  input.currency = raw.salary_currency;
  input.period = raw.salary_period;
  input.ranges = extra.salary_ranges;
  auto field = text::field_text(raw.salary);
  input.field = field;
  input.folded = &description;
  input.country = posting.country;
  input.admin1 = posting.admin1;
  input.city = posting.city;
  auto found = find_salary(input);
  if (found.source.empty())
    return found;
  posting.salary_min = found.range.min;
  posting.salary_max = found.range.max;
  posting.salary_currency = found.range.currency;
  posting.salary_period = found.range.period;
  posting.salary_source = found.source;
  posting.salary_text = found.source == "structured" ? field : found.text;
  posting.salary_confidence = std::round(found.confidence * 100) / 100;
  if (found.is_currency_inferred)
    posting.salary_inferred.emplace_back("currency");
  if (found.is_period_inferred && !found.range.period.empty())
    posting.salary_inferred.emplace_back("period");
  auto usd = [&](std::optional<double> amount) {
    auto yearly =
        usd_per_year(amount, found.range.currency, found.range.period);
    return yearly ? std::optional{std::round(*yearly)} : std::nullopt;
  };
  posting.salary_usd_min = usd(posting.salary_min);
  posting.salary_usd_max = usd(posting.salary_max);
  if (posting.salary_usd_min || posting.salary_usd_max)
    posting.salary_rate_date = fx_date;
  return found;
}

void read_title(const raw_posting& raw, const extra_fields& extra,
                const gazetteer& world, job_posting& posting) {
  posting.title =
      clean_title(raw.title, {&posting.locations, posting.company, &world});
  posting.title_normalized = normalize_title(posting.title);
  struct facts {
    seniority level;
    std::string_view family;
  };
  // One job in many places: its postings stand together.
  thread_local recent_results<facts, 16> recent;
  const auto& title = posting.title_normalized;
  const auto& known = recent.of(title, [&] {
    return facts{seniority_of(title), role_family_of(title)};
  });
  posting.seniority = known.level;
  if (posting.seniority == seniority::unknown && !extra.seniority.empty())
    posting.seniority = seniority_of(normalize_title(extra.seniority));
  posting.role_family = known.family;
}

void read_company(const raw_posting& raw, job_posting& posting) {
  using names = std::pair<std::string, std::string>;
  thread_local recent_results<names> recent;
  const auto& known = recent.of(raw.company, [&] {
    return names{clean_company(raw.company), normalize_company(raw.company)};
  });
  posting.company = known.first;
  posting.company_normalized = known.second;
}

void read_date(const raw_posting& raw, job_posting& posting) {
  thread_local recent_results<posted_date> recent;
  joined_key key;
  key.add(raw.posted).add(raw.fetched_at);
  const auto& date = recent.of(key, [&] {
    auto is_escaped = raw.posted.find('&') != raw.posted.npos;
    return parse_posted(is_escaped ? text::field_text(raw.posted) : raw.posted,
                        raw.fetched_at);
  });
  posting.posted_at = date.at;
  posting.posted_before = date.before;
}

/// What the source states in fields is surer than its text.
experience_range experience_of(const extra_fields& extra,
                               const text::folded_text& description) {
  constexpr double months_a_year = 12;
  if (extra.experience_months)
    return {*extra.experience_months / months_a_year, std::nullopt};
  auto in_text = experience_in(description);
  if (in_text.min || in_text.max)
    return in_text;
  return experience_in(text::description_text(extra.experience_requirements));
}

std::vector<std::string> skills_of(const extra_fields& extra,
                                   const text::folded_text& description) {
  auto all = skills_in(description);
  if (extra.skills.empty())
    return all;
  std::string listed;
  for (const auto& one : extra.skills)
    listed += one + "\n";
  for (auto& one : skills_in(listed))
    if (std::find(all.begin(), all.end(), one) == all.end())
      all.push_back(std::move(one));
  return all;
}

visa_statement read_text_facts(const raw_posting& raw,
                               const extra_fields& extra,
                               const text::folded_text& description,
                               job_posting& posting) {
  thread_local recent_results<employment_type> recent;
  posting.employment_type = recent.of(
      raw.employment_type, [&] { return employment_of(raw.employment_type); });
  if (posting.employment_type == employment_type::unknown)
    posting.employment_type = employment_in_title(raw.title);
  auto years = experience_of(extra, description);
  posting.experience_years_min = years.min;
  posting.experience_years_max = years.max;
  posting.skills = skills_of(extra, description);
  auto visa = visa_in(description);
  posting.visa_sponsorship = visa.sponsorship;
  return visa;
}

/// A posting that is being made.
struct draft {
  draft(raw_posting& given, job_posting& made) : raw(given), posting(made) {
  }

  /// Less what was moved to the posting.
  raw_posting& raw;
  job_posting& posting;
  extra_fields extra;
  text::folded_text description;
  visa_statement visa;
  salary_finding pay;
};

void read_fields(draft& one, const gazetteer&) {
  auto& raw = one.raw;
  auto& posting = one.posting;
  one.extra = read_extra(raw.extra);
  posting.url = canonical_or_given(std::move(raw.url));
  posting.source = std::move(raw.source);
  posting.source_id = std::move(raw.source_id);
  posting.id = id_of(posting);
  posting.board = std::move(raw.board);
  posting.application_url = canonical_or_given(std::move(raw.application_url));
  read_company(raw, posting);
  posting.department = plain(std::move(raw.department));
  posting.tags = std::move(raw.tags);
  posting.requisition_id = std::move(one.extra.requisition_id);
  read_date(raw, posting);
}

void read_description(draft& one, const gazetteer&) {
  auto& posting = one.posting;
  posting.description = text::description_text(one.raw.description_html);
  one.description = text::folded_text(posting.description);
  posting.language = one.extra.language.empty() ? language_of(one.description)
                                                : one.extra.language;
}

void read_places_and_mode(draft& one, const gazetteer& world) {
  auto in_location = read_places(one.raw, one.extra, world, one.posting);
  one.posting.remote =
      mode_of_fields(one.raw, one.extra, in_location, one.posting);
}

void find_phrases(draft& one, const gazetteer&) {
  sift(one.description, one.posting.remote == work_mode::unknown);
}

void read_mode_and_scope(draft& one, const gazetteer&) {
  if (one.posting.remote == work_mode::unknown)
    one.posting.remote = mode_in_description(one.description);
  read_scope(one.extra, one.posting);
}

void read_whole_title(draft& one, const gazetteer& world) {
  read_title(one.raw, one.extra, world, one.posting);
}

void read_facts(draft& one, const gazetteer&) {
  one.visa = read_text_facts(one.raw, one.extra, one.description, one.posting);
}

void read_pay(draft& one, const gazetteer&) {
  one.pay = read_salary(one.raw, one.extra, one.description, one.posting);
}

void conclude(draft& one, const gazetteer&) {
  auto& raw = one.raw;
  auto& posting = one.posting;
  posting.first_seen = raw.fetched_at;
  posting.last_seen = raw.fetched_at;
  posting.sightings.push_back({posting.source, posting.source_id, posting.url,
                               posting.location, std::move(raw.fetched_at)});
  posting.extra = write_extra(
      one.extra.is_object ? std::move(raw.extra) : json_text{},
      {one.pay, one.visa.sentence, find_role_family(posting.role_family)});
  posting.completeness_percentage = completeness_of(posting);
  posting.data_quality_score = quality_of(posting, !one.pay.rejected.empty());
}

/// What is done for a posting, in order.
constexpr void (*steps[])(draft&, const gazetteer&) = {read_fields,
                                                       read_description,
                                                       read_places_and_mode,
                                                       find_phrases,
                                                       read_mode_and_scope,
                                                       read_whole_title,
                                                       read_facts,
                                                       read_pay,
                                                       conclude};

} // namespace

normalizer::normalizer(std::shared_ptr<const gazetteer> places)
    : places_(std::move(places)) {
}

std::optional<failure> normalizer::problem_of(const raw_posting& raw) {
  if (text::is_blank(raw.title))
    return fail(errc::bad_payload, "no title");
  if (raw.source_id.empty() && canonical_or_given(raw.url).empty())
    return fail(errc::bad_payload, "neither id nor url");
  return std::nullopt;
}

expected<job_posting> normalizer::normalize(const raw_posting& raw) const {
  std::vector<raw_posting> one(1, raw);
  auto made = normalize_all(one);
  if (made.postings.empty())
    return std::move(made.misfits.front().why);
  return std::move(made.postings.front());
}

normal_postings
normalizer::normalize_all(std::vector<raw_posting>& raw) const {
  normal_postings made;
  made.postings.reserve(raw.size());
  for (std::size_t at = 0; at < raw.size(); at += most_at_once)
    add(raw, at, std::min(most_at_once, raw.size() - at), made);
  return made;
}

void normalizer::add(std::vector<raw_posting>& raw, std::size_t begin,
                     std::size_t count, normal_postings& made) const {
  std::vector<draft> drafts;
  drafts.reserve(count);
  for (auto i = begin; i < begin + count; ++i) {
    if (auto problem = problem_of(raw[i]))
      made.misfits.push_back({i, *std::move(problem)});
    else
      drafts.emplace_back(raw[i], made.postings.emplace_back());
  }
  for (auto step : steps)
    for (auto& one : drafts)
      step(one, *places_);
}

} // namespace jobfarm::normalize
