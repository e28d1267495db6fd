#include "actors/normalize/normalizer.hpp"

#include "actors/normalize/dates.hpp"
#include "actors/normalize/extra_reader.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/pay_place.hpp"
#include "actors/normalize/posting_fields.hpp"
#include "actors/normalize/posting_pay.hpp"
#include "actors/normalize/posting_places.hpp"
#include "actors/normalize/quality.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/role_family.hpp"
#include "actors/normalize/skills.hpp"
#include "actors/normalize/statements.hpp"
#include "actors/normalize/work_mode.hpp"
#include "actors/text/description.hpp"
#include "actors/text/folded_text.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/phrase_sieve.hpp"
#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::normalize {

namespace {

std::string canonical_or_given(std::string url) {
  if (url.empty() || text::is_plainly_canonical(url))
    return url;
  auto canonical = text::canonical_url(url);
  return canonical ? *std::move(canonical)
                   : text::nfc(text::collapse_space(url));
}

/// Whether a time is RFC 3339 UTC in whole seconds already.
bool has_plain_form(std::string_view time) {
  return time.size() == 20 && time[10] == 'T' && time[19] == 'Z'
         && time.substr(11, 2) < "24";
}

/// The text of a field that is not needed any more.
std::string plain(std::string field) {
  auto is_plain = text::is_plain(field) && field.find('&') == field.npos;
  return is_plain ? std::move(field) : text::field_text(field);
}

/// Ids of pages are the site's own and repeat across sites: the page counts.
std::string id_of(const job_posting& posting) {
  thread_local std::string names;
  names.assign(posting.source) += '\n';
  if (posting.source == "jsonld" || posting.source_id.empty())
    names += posting.url + '\n';
  names += posting.source_id;
  return text::hash_hex(names);
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

/// `is_of_country`: a remote worker may live anywhere in the posting's country,
/// by a field of the source.
void read_scope(const extra_fields& extra, bool is_of_country,
                job_posting& posting) {
  if (posting.location_scope.empty())
    for (const auto& text : extra.remote_scope)
      if (posting.location_scope.empty())
        posting.location_scope = scope_of(place_key(text));
  auto is_bound_to_country =
      posting.location_scope.empty() && posting.remote == work_mode::remote
      && !posting.country.empty() && (posting.city.empty() || is_of_country);
  if (is_bound_to_country)
    posting.location_scope = "country";
}

/// What the source states in fields is surer than its text.
experience_range experience_of(const extra_fields& extra,
                               const text::folded_text& description) {
  constexpr double months_a_year = 12;
  if (extra.experience_months)
    return {*extra.experience_months / months_a_year, std::nullopt};
  auto in_text = experience_in(description);
  if (in_text.min || in_text.max || extra.experience_requirements.empty())
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

/// A record, and the posting to be made of it.
struct work {
  raw_posting* raw;
  job_posting* posting;
  /// Of the posting.
  std::size_t number;
};

/// Makes the texts of an object NFC.
json_text& composed(json_text& object) {
  compose(object.text);
  return object;
}

/// A posting that is being made.
struct draft {
  explicit draft(const work& given)
      : raw(*given.raw),
        posting(*given.posting),
        number(given.number),
        extra(read_extra(composed(raw.extra))) {
  }

  /// Less what was moved to the posting.
  raw_posting& raw;
  job_posting& posting;
  std::size_t number;
  extra_fields extra;
  bool is_open_to_country = false;
  /// One job in many places: an earlier draft with the same description, whose
  /// text serves both; null for most. Of this kind is none that has one itself.
  draft* twin = nullptr;
  text::folded_text own_text;
  bool is_sifted_for_mode = false;
  std::optional<work_mode> mode_in_text;
  visa_statement visa;
  salary_finding pay;

  draft& first() {
    return twin == nullptr ? *this : *twin;
  }
  text::folded_text& text() {
    return first().own_text;
  }
};

/// Whether all that two postings say of language, skills and experience is the
/// same.
bool are_twins(const draft& a, const draft& b) {
  return a.raw.description_html == b.raw.description_html
         && a.extra.language == b.extra.language
         && a.extra.skills == b.extra.skills
         && a.extra.experience_months == b.extra.experience_months
         && a.extra.experience_requirements == b.extra.experience_requirements;
}

/// Whether the pay of one is that of its twin: found in the same text for the
/// same place, as far as that tells.
bool is_paid_as_twin(const draft& one) {
  if (one.twin == nullptr || has_pay_fields(one.raw, one.extra)
      || has_pay_fields(one.twin->raw, one.twin->extra))
    return false;
  const auto& own = one.posting;
  const auto& other = one.twin->posting;
  return own.country == other.country
         && (one.twin->pay.all.empty()
             || (own.admin1 == other.admin1 && own.city == other.city));
}

void read_fields(draft& one) {
  auto& raw = one.raw;
  auto& posting = one.posting;
  if (!has_plain_form(raw.fetched_at))
    if (auto at = exact_time(raw.fetched_at))
      raw.fetched_at = text::format_utc(*at);
  posting.url = canonical_or_given(std::move(raw.url));
  read_names(raw, one.extra, posting);
  posting.id = id_of(posting);
  posting.application_url = canonical_or_given(std::move(raw.application_url));
  read_company(raw, posting);
  posting.department = plain(std::move(raw.department));
}

void read_description(draft& one) {
  auto& posting = one.posting;
  if (one.twin != nullptr) {
    posting.description = one.twin->posting.description;
    posting.language = one.twin->posting.language;
    return;
  }
  // What comes next is written where the markup stood.
  posting.description =
      text::description_text(std::exchange(one.raw.description_html, {}));
  one.own_text = text::folded_text(posting.description);
  posting.language = one.extra.language.empty() ? language_of(one.own_text)
                                                : one.extra.language;
}

void read_places_and_mode(draft& one, const gazetteer& world) {
  auto said = set_places(one.raw, one.extra, world, one.posting);
  one.is_open_to_country = said.is_open_to_country;
  one.posting.remote =
      mode_of_fields(one.raw, one.extra, said.mode, one.posting);
  read_date(one.raw, one.posting);
}

/// Finds the phrases that a description is read for. Half of them are of work
/// modes: they are left out where the fields tell the mode.
void find_phrases(draft& one, const gazetteer&) {
  static const text::phrase_sieve facts({&experience_phrases(), &visa_phrases(),
                                         &skill_phrases(), &dollar_phrases()});
  static const text::phrase_sieve all({&experience_phrases(), &visa_phrases(),
                                       &skill_phrases(), &dollar_phrases(),
                                       &work_mode_phrases()});
  auto is_for_mode = one.posting.remote == work_mode::unknown;
  auto& first = one.first();
  if (one.twin != nullptr && (first.is_sifted_for_mode || !is_for_mode))
    return;
  first.own_text.sift(is_for_mode ? all : facts);
  first.is_sifted_for_mode = is_for_mode;
}

void read_mode_and_scope(draft& one, const gazetteer&) {
  auto& mode = one.first().mode_in_text;
  if (one.posting.remote == work_mode::unknown) {
    if (!mode)
      mode = mode_in_description(one.text());
    one.posting.remote = *mode;
  }
  read_scope(one.extra, one.is_open_to_country, one.posting);
}

void read_whole_title(draft& one, const gazetteer& world) {
  read_employment(one.raw, one.posting);
  read_title(one.raw, one.extra, world, one.posting);
}

void read_facts(draft& one, const gazetteer&) {
  auto& posting = one.posting;
  if (one.twin != nullptr) {
    const auto& known = one.twin->posting;
    posting.experience_years_min = known.experience_years_min;
    posting.experience_years_max = known.experience_years_max;
    posting.skills = known.skills;
    one.visa = one.twin->visa;
  } else {
    auto years = experience_of(one.extra, one.own_text);
    posting.experience_years_min = years.min;
    posting.experience_years_max = years.max;
    posting.skills = skills_of(one.extra, one.own_text);
    one.visa = visa_in(one.own_text);
  }
  posting.visa_sponsorship = one.visa.sponsorship;
}

void read_pay(draft& one, const gazetteer&) {
  one.raw.salary = plain(std::move(one.raw.salary));
  one.pay = is_paid_as_twin(one)
                ? one.twin->pay
                : find_pay(one.raw, one.extra, one.text(), one.posting);
  set_pay(one.pay, one.posting);
}

void conclude(draft& one, const gazetteer&) {
  auto& raw = one.raw;
  auto& posting = one.posting;
  posting.first_seen = raw.fetched_at;
  posting.last_seen = raw.fetched_at;
  auto& seen = posting.sightings.emplace_back();
  seen.source = posting.source;
  seen.source_id = posting.source_id;
  seen.url = posting.url;
  seen.location = posting.location;
  seen.first_seen = std::move(raw.fetched_at);
  posting.extra = write_extra(
      std::move(raw.extra), one.extra,
      {one.pay, one.visa.sentence, find_role_family(posting.role_family)});
  posting.completeness_percentage = completeness_of(posting);
  posting.data_quality_score = quality_of(posting, !one.pay.rejected.empty());
}

/// What is done for a posting behind its description, in order.
constexpr void (*steps[])(draft&, const gazetteer&) = {read_places_and_mode,
                                                       find_phrases,
                                                       read_mode_and_scope,
                                                       read_whole_title,
                                                       read_facts,
                                                       read_pay,
                                                       conclude};

/// An order in which the same descriptions stand together, and hardly any other
/// among them: by their sizes and what stands in their middle. Whole ones are
/// not read for it.
bool stands_before(const work& a, const work& b) {
  constexpr std::size_t seen = 64; // bytes
  const auto& text = a.raw->description_html;
  const auto& other = b.raw->description_html;
  auto middle = text.size() / 2;
  return text.size() != other.size()
             ? text.size() < other.size()
             : text.compare(middle, seen, other, middle, seen) < 0;
}

/// Makes the postings from `first` to before `last`.
void make(const work* first, const work* last, const gazetteer& places,
          const text_visitor& visit) {
  std::vector<draft> drafts;
  drafts.reserve(static_cast<std::size_t>(last - first));
  for (; first != last; ++first) {
    auto* before = drafts.empty() ? nullptr : &drafts.back().first();
    auto& one = drafts.emplace_back(*first);
    read_fields(one);
    if (before != nullptr && are_twins(*before, one))
      one.twin = before;
  }
  for (auto& one : drafts) {
    read_description(one);
    if (visit)
      visit(one.number, one.first().number, one.text());
  }
  for (auto step : steps)
    for (auto& one : drafts)
      step(one, places);
}

} // namespace

normalizer::normalizer(std::shared_ptr<const gazetteer> places)
    : places_(std::move(places)) {
}

std::optional<failure> normalizer::problem_of(const raw_posting& raw) {
  if (text::is_blank(raw.title))
    return fail(errc::bad_payload, "no title");
  if (raw.source_id.empty() && canonical_or_given(raw.url).empty())
    return fail(errc::bad_payload, "neither id nor url");
  if (!raw.fetched_at.empty() && !exact_time(raw.fetched_at))
    return fail(errc::bad_payload,
                "fetched_at is no time: \""
                    + text::collapse_space(raw.fetched_at.substr(0, 60)) + '"');
  return std::nullopt;
}

expected<job_posting> normalizer::normalize(const raw_posting& raw) const {
  std::vector<raw_posting> one(1, raw);
  auto made = normalize_all(one);
  if (made.postings.empty())
    return std::move(made.misfits.front().why);
  return std::move(made.postings.front());
}

normal_postings normalizer::normalize_all(std::vector<raw_posting>& raw,
                                          const text_visitor& visit) const {
  normal_postings made;
  made.postings.reserve(raw.size());
  std::vector<work> all;
  all.reserve(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) {
    if (auto problem = problem_of(raw[i]))
      made.misfits.push_back({i, *std::move(problem)});
    else
      all.push_back({&raw[i], &made.postings.emplace_back(), all.size()});
  }
  std::stable_sort(all.begin(), all.end(), stands_before);
  for (std::size_t at = 0; at < all.size(); at += most_at_once)
    make(&all[at], &all[at] + std::min(most_at_once, all.size() - at), *places_,
         visit);
  return made;
}

} // namespace jobfarm::normalize
