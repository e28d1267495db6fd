#include "actors/normalize/normalizer.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/currency.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/extra_reader.hpp"
#include "actors/normalize/fx.hpp"
#include "actors/normalize/place.hpp"
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

std::string canonical_or_given(const std::string& url) {
  auto canonical = text::canonical_url(url);
  return canonical ? *canonical : text::collapse_space(url);
}

/// Ids of pages are the site's own and repeat across sites: the page counts.
std::string id_of(const raw_posting& raw, const job_posting& posting) {
  if (raw.source == "jsonld" || raw.source_id.empty())
    return text::hash_hex(raw.source + '\n' + posting.url + '\n'
                          + raw.source_id);
  return text::hash_hex(raw.source + '\n' + raw.source_id);
}

std::string plain(std::string_view text) {
  return text::collapse_space(text::nfc(text::decode_entities(text)));
}

/// A line of a location is a place of its own.
std::string plain_places(std::string_view text) {
  std::string listed{text};
  while (!listed.empty() && (listed.back() == '\n' || listed.back() == ' '))
    listed.pop_back();
  std::replace(listed.begin(), listed.end(), '\n', ';');
  return plain(listed);
}

std::string_view host_of(std::string_view url) {
  auto begin = url.find("://");
  if (begin == url.npos)
    return {};
  url.remove_prefix(begin + 3);
  return url.substr(0, std::min(url.find_first_of("/:?#"), url.size()));
}

/// What the fields of a posting say of its places.
struct said_places {
  std::string location;
  resolved_places found;
  work_mode mode = work_mode::unknown;
};

said_places places_said(const raw_posting& raw, const extra_fields& extra,
                        const country_evidence& evidence,
                        const gazetteer& world) {
  said_places said;
  said.location = plain_places(raw.location);
  std::vector<std::string> locations;
  for (const auto& one : raw.locations)
    locations.push_back(plain_places(one));
  place_hints hints;
  hints.location = said.location;
  hints.locations = &locations;
  hints.addresses = extra.addresses;
  // Where a remote worker must live is all that is known of a place then; two
  // letters are a country.
  if (said.location.empty() && locations.empty() && hints.addresses.empty())
    for (const auto& one : extra.remote_scope)
      one.size() == 2 ? hints.addresses.push_back({"", "", one})
                      : locations.push_back(one);
  hints.country = extra.country;
  hints.evidence = evidence;
  said.found = resolve_places(world, hints);
  if (said.location.empty() && !said.found.places.empty())
    said.location = said.found.places.front().display;
  said.mode = mode_in_location(said.location);
  for (const auto& one : raw.locations)
    if (said.mode == work_mode::unknown)
      said.mode = mode_in_location(one);
  return said;
}

/// All that `places_said` reads but the evidence.
joined_key place_fields(const raw_posting& raw, const extra_fields& extra,
                        const gazetteer& world) {
  joined_key key;
  key.add(world.serial());
  key.add(raw.location).add(extra.country);
  key.add(extra.addresses.size());
  for (const auto& one : extra.addresses)
    key.add(one.city).add(one.region).add(one.country);
  for (const auto* list : {&raw.locations, &extra.remote_scope}) {
    key.add(list->size());
    for (const auto& one : *list)
      key.add(one);
  }
  return key;
}

/// The places, weighed by what else the posting says where that could tell:
/// few names need it.
const said_places& known_places(const raw_posting& raw,
                                const extra_fields& extra,
                                const gazetteer& world,
                                const job_posting& posting) {
  // Large boards have hundreds of places, and more of their lists.
  thread_local recent_results<said_places, 1024> recent;
  thread_local recent_results<said_places, 1024> weighed;
  auto key = place_fields(raw, extra, world);
  const auto& plainly =
      recent.of(key, [&] { return places_said(raw, extra, {}, world); });
  if (!plainly.found.is_close)
    return plainly;
  auto currency = raw.salary_currency.empty() ? sure_currency_in(raw.salary)
                                              : raw.salary_currency;
  auto form = countries_of_form(raw.company);
  auto host = host_of(posting.url);
  key.add(currency).add(posting.language).add(host).add(form);
  return weighed.of(key, [&] {
    country_evidence evidence;
    evidence.add_currency(currency);
    evidence.add_language(posting.language);
    evidence.add_host(host);
    evidence.add_form(form);
    return places_said(raw, extra, evidence, world);
  });
}

/// Sets the places and what follows from them; returns the work mode that they
/// name.
work_mode read_places(const raw_posting& raw, const extra_fields& extra,
                      const gazetteer& world, job_posting& posting) {
  const auto& said = known_places(raw, extra, world, posting);
  posting.location = said.location;
  posting.locations = said.found.places;
  posting.location_scope = said.found.scope;
  if (!posting.locations.empty()) {
    const auto& own = posting.locations.front();
    posting.city = own.city;
    posting.admin1 = own.admin1;
    posting.admin1_code = own.admin1_code;
    posting.country = own.country;
  }
  if (!posting.country.empty())
    posting.region = region_of(posting.country);
  return said.mode;
}

/// The work mode by the fields alone.
work_mode mode_of_fields(const raw_posting& raw, const extra_fields& extra,
                         work_mode in_location) {
  work_mode_hints hints;
  hints.workplace = extra.workplace_type;
  hints.remote = raw.remote ? raw.remote : extra.is_remote;
  hints.in_location = in_location;
  hints.title = raw.title;
  hints.tags = &raw.tags;
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
  static const text::phrase_sieve facts(
      {&experience_phrases(), &visa_phrases(), &skill_phrases()});
  static const text::phrase_sieve all({&experience_phrases(), &visa_phrases(),
                                       &skill_phrases(), &work_mode_phrases()});
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
  auto field = plain(raw.salary);
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
    std::string family;
  };
  thread_local recent_results<facts, 512> recent;
  const auto& title = posting.title_normalized;
  const auto& known = recent.of(title, [&] {
    return facts{seniority_of(title), std::string{role_family_of(title)}};
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
  auto key = joined_key{}.add(raw.posted).add(raw.fetched_at);
  const auto& date = recent.of(key, [&] {
    auto is_escaped = raw.posted.find('&') != raw.posted.npos;
    return parse_posted(is_escaped ? plain(raw.posted) : raw.posted,
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
  posting.employment_type = employment_of(raw.employment_type);
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

} // namespace

normalizer::normalizer(std::shared_ptr<const gazetteer> places)
    : places_(std::move(places)) {
}

expected<job_posting> normalizer::normalize(const raw_posting& raw) const {
  expected<job_posting> posting(std::in_place);
  posting->url = canonical_or_given(raw.url);
  if (text::collapse_space(raw.title).empty())
    posting = fail(errc::bad_payload, "no title");
  else if (raw.source_id.empty() && posting->url.empty())
    posting = fail(errc::bad_payload, "neither id nor url");
  else
    fill(raw, *posting);
  return posting;
}

void normalizer::fill(const raw_posting& raw, job_posting& posting) const {
  auto extra = read_extra(raw.extra);
  posting.id = id_of(raw, posting);
  posting.source = raw.source;
  posting.source_id = raw.source_id;
  posting.board = raw.board;
  posting.application_url = canonical_or_given(raw.application_url);
  read_company(raw, posting);
  posting.department = plain(raw.department);
  posting.tags = raw.tags;
  posting.requisition_id = extra.requisition_id;
  posting.description = text::description_text(raw.description_html);
  text::folded_text folded(posting.description);
  posting.language =
      extra.language.empty() ? language_of(folded) : extra.language;
  auto in_location = read_places(raw, extra, *places_, posting);
  posting.remote = mode_of_fields(raw, extra, in_location);
  auto is_open = posting.remote == work_mode::unknown;
  sift(folded, is_open);
  if (is_open)
    posting.remote = mode_in_description(folded);
  read_scope(extra, posting);
  read_title(raw, extra, *places_, posting);
  auto visa = read_text_facts(raw, extra, folded, posting);
  auto pay = read_salary(raw, extra, folded, posting);
  read_date(raw, posting);
  posting.first_seen = raw.fetched_at;
  posting.last_seen = raw.fetched_at;
  posting.sightings.push_back({raw.source, raw.source_id, posting.url,
                               posting.location, raw.fetched_at});
  posting.extra = write_extra(
      raw.extra, {pay, visa.sentence, find_role_family(posting.role_family)});
  posting.completeness_percentage = completeness_of(posting);
  posting.data_quality_score = quality_of(posting, !pay.rejected.empty());
}

} // namespace jobfarm::normalize
