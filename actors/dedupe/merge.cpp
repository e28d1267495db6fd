#include "actors/dedupe/merge.hpp"

#include "actors/dedupe/extra_members.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace jobfarm::dedupe {

namespace {

void fill(std::string& field, const std::string& other) {
  if (field.empty())
    field = other;
}

template <class T>
void fill(T& field, const T& other, const T& unknown) {
  if (field == unknown)
    field = other;
}

/// Pay is one fact of many fields: all or nothing comes over.
void fill_salary(job_posting& to, const job_posting& from) {
  if (to.salary_min || to.salary_max)
    return;
  to.salary_min = from.salary_min;
  to.salary_max = from.salary_max;
  to.salary_currency = from.salary_currency;
  to.salary_period = from.salary_period;
  to.salary_source = from.salary_source;
  to.salary_text = from.salary_text;
  to.salary_confidence = from.salary_confidence;
  to.salary_inferred = from.salary_inferred;
  to.salary_usd_min = from.salary_usd_min;
  to.salary_usd_max = from.salary_usd_max;
  to.salary_rate_date = from.salary_rate_date;
}

/// Whether a place lies in another of which less is known.
template <class Inner, class Outer>
bool lies_in(const Inner& inner, const Outer& outer) {
  return !outer.country.empty() && inner.country == outer.country
         && (outer.admin1.empty() || inner.admin1 == outer.admin1)
         && (outer.city.empty() || inner.city == outer.city);
}

/// Whether more is known of one posting's place than of another's: nothing that
/// is known of the other is contradicted.
bool is_finer(const job_posting& one, const job_posting& other) {
  auto says_none = [](const job_posting& p) {
    return p.country.empty() && p.location.empty() && p.city.empty();
  };
  if (one.country.empty())
    return says_none(other) && !says_none(one);
  return other.country.empty() || (lies_in(one, other) && !lies_in(other, one));
}

/// Whether a place is there, or a part of it.
bool has_place(const std::vector<place>& all, const place& one) {
  return std::any_of(all.begin(), all.end(), [&one](const place& known) {
    return known.display == one.display || lies_in(known, one);
  });
}

/// Longer lists stay apart: each place is compared with each. The first
/// record's stands then.
bool can_unite(const std::vector<place>& a, const std::vector<place>& b) {
  constexpr std::size_t most = 1000;
  return a.size() <= most && b.size() <= most;
}

void add_places(std::vector<place>& to, const std::vector<place>& from) {
  if (!can_unite(to, from))
    return;
  for (const auto& one : from)
    if (!has_place(to, one))
      to.push_back(one);
}

/// True if `add_places` adds none of `some` to `all`.
bool has_places(const std::vector<place>& all, const std::vector<place>& some) {
  return !can_unite(all, some)
         || std::all_of(some.begin(), some.end(), [&all](const place& one) {
              return has_place(all, one);
            });
}

/// A place too: never a city of one posting in the country of another. The one
/// of the posting stays the first of its places.
void fill_place(job_posting& to, const job_posting& from) {
  if (!is_finer(from, to)) {
    add_places(to.locations, from.locations);
    return;
  }
  to.location = from.location;
  to.city = from.city;
  to.admin1 = from.admin1;
  to.admin1_code = from.admin1_code;
  to.country = from.country;
  to.region = from.region;
  const auto before = std::exchange(to.locations, from.locations);
  add_places(to.locations, before);
}

/// Not hashed: they come from outside, and may be made to have one hash.
using word_set = std::set<std::string_view>;

void add_words(std::vector<std::string>& to,
               const std::vector<std::string>& from) {
  // The words that are known stay where they are.
  to.reserve(to.size() + from.size());
  word_set known(to.begin(), to.end());
  for (const auto& one : from)
    if (known.insert(one).second)
      to.push_back(one);
}

bool has_words(const std::vector<std::string>& all,
               const std::vector<std::string>& some) {
  const word_set known(all.begin(), all.end());
  return std::all_of(
      some.begin(), some.end(),
      [&known](const std::string& one) { return known.count(one) != 0; });
}

void fill_experience(job_posting& to, const job_posting& from) {
  if (to.experience_years_min || to.experience_years_max)
    return;
  to.experience_years_min = from.experience_years_min;
  to.experience_years_max = from.experience_years_max;
}

void add_sightings(job_posting& to, const job_posting& from) {
  for (const auto& one : from.sightings)
    if (std::find(to.sightings.begin(), to.sightings.end(), one)
        == to.sightings.end())
      to.sightings.push_back(one);
}

/// Boards of the employer before sites that copy.
bool is_copying(const job_posting& posting) {
  constexpr std::string_view copying[] = {"careerjet", "indeed", "linkedin",
                                          "remoteok", "ziprecruiter"};
  return std::find(std::begin(copying), std::end(copying), posting.source)
         != std::end(copying);
}

/// Pay that the source stated in fields before pay read from words.
bool has_better_salary(const job_posting& a, const job_posting& b) {
  auto rank = [](const job_posting& p) {
    if (!p.salary_min && !p.salary_max)
      return 3;
    return p.salary_source == "structured" ? 0
           : p.salary_source == "field"    ? 1
                                           : 2;
  };
  return rank(a) < rank(b);
}

/// Whose fields are taken first. Nothing of it depends on when a record came.
bool is_better(const job_posting& a, const job_posting& b) {
  auto rank = [](const job_posting& p) {
    return std::tuple(is_copying(p), -p.completeness_percentage,
                      -p.data_quality_score,
                      -static_cast<std::int64_t>(p.description.size()));
  };
  auto of_a = rank(a);
  auto of_b = rank(b);
  if (of_a != of_b)
    return of_a < of_b;
  return a.id != b.id ? a.id < b.id : pack(a) < pack(b);
}

bool comes_first(const job_posting* a, const job_posting* b) {
  return is_better(*a, *b);
}

bool is_seen_before(const sighting& a, const sighting& b) {
  auto rank = [](const sighting& one) {
    return std::tie(one.first_seen, one.source, one.source_id, one.url,
                    one.location);
  };
  return rank(a) < rank(b);
}

/// All sightings, each once, in the order in which they were seen.
std::vector<sighting>
sightings_of(const std::vector<const job_posting*>& records) {
  std::vector<sighting> all;
  for (const auto* one : records)
    all.insert(all.end(), one->sightings.begin(), one->sightings.end());
  std::sort(all.begin(), all.end(), is_seen_before);
  all.erase(std::unique(all.begin(), all.end()), all.end());
  return all;
}

/// Adds what is made of all records, or that hardly two say alike.
void add_from(job_posting& canonical, const job_posting& other) {
  fill(canonical.url, other.url);
  fill_place(canonical, other);
  add_words(canonical.tags, other.tags);
  add_members(canonical.extra, other.extra);
}

/// True if `add_from` takes nothing of `later` once it has taken `earlier`.
bool adds_nothing(const job_posting& later, const job_posting& earlier) {
  return (!earlier.url.empty() || later.url.empty())
         && !is_finer(later, earlier)
         && has_places(earlier.locations, later.locations)
         && has_words(earlier.tags, later.tags)
         && has_names_of(earlier.extra, later.extra);
}

/// Adds what else `other` knows, but for its sightings.
void fill_from(job_posting& canonical, const job_posting& other) {
  fill(canonical.application_url, other.application_url);
  fill(canonical.company, other.company);
  fill(canonical.company_normalized, other.company_normalized);
  fill(canonical.seniority, other.seniority, seniority::unknown);
  fill(canonical.remote, other.remote, work_mode::unknown);
  fill(canonical.employment_type, other.employment_type,
       employment_type::unknown);
  fill(canonical.visa_sponsorship, other.visa_sponsorship,
       visa_sponsorship::unknown);
  fill(canonical.posted_at, other.posted_at);
  fill(canonical.department, other.department);
  fill(canonical.language, other.language);
  fill(canonical.requisition_id, other.requisition_id);
  fill(canonical.posted_before, other.posted_before);
  fill(canonical.location_scope, other.location_scope);
  fill_salary(canonical, other);
  fill_experience(canonical, other);
  if (other.description.size() > canonical.description.size())
    canonical.description = other.description;
  if (canonical.skills.empty())
    canonical.skills = other.skills;
  if (!other.first_seen.empty()
      && (canonical.first_seen.empty()
          || other.first_seen < canonical.first_seen))
    canonical.first_seen = other.first_seen;
  canonical.last_seen = std::max(canonical.last_seen, other.last_seen);
}

} // namespace

job_posting renewed(const job_posting& one, const job_posting& other) {
  auto is_newer = one.last_seen != other.last_seen
                      ? one.last_seen > other.last_seen
                      : pack(one) > pack(other);
  auto made = is_newer ? one : other;
  const auto& older = is_newer ? other : one;
  made.closed_at.clear();
  if (!older.first_seen.empty()
      && (made.first_seen.empty() || older.first_seen < made.first_seen)) {
    made.first_seen = older.first_seen;
    if (!made.sightings.empty() && !older.sightings.empty())
      made.sightings.front().first_seen = older.sightings.front().first_seen;
  }
  return made;
}

bool says_the_same(const job_posting& known, const job_posting& seen) {
  auto after = renewed(known, seen);
  after.last_seen = known.last_seen;
  after.closed_at = known.closed_at;
  return after == known;
}

job_posting canonical_of(const std::vector<job_posting>& records) {
  std::vector<const job_posting*> all;
  for (const auto& one : records)
    all.push_back(&one);
  return canonical_of(all);
}

job_posting canonical_of(const std::vector<const job_posting*>& records) {
  auto best = records;
  std::sort(best.begin(), best.end(), comes_first);
  auto made = *best.front();
  made.id = records.front()->id;
  made.sightings = sightings_of(records);
  for (const auto* one : best) {
    if (has_better_salary(*one, made)) {
      made.salary_min.reset();
      made.salary_max.reset();
      fill_salary(made, *one);
    }
    add_from(made, *one);
    fill_from(made, *one);
  }
  auto is_open = [](const auto* one) { return one->closed_at.empty(); };
  if (std::any_of(records.begin(), records.end(), is_open))
    made.closed_at.clear();
  else
    for (const auto* one : records)
      made.closed_at = std::max(made.closed_at, one->closed_at);
  return made;
}

const job_posting& best_of(const std::vector<const job_posting*>& records) {
  return **std::min_element(records.begin(), records.end(), comes_first);
}

bool can_join(const job_posting& canonical, const job_posting& member,
              const job_posting& one) {
  if (!is_better(member, one) || has_better_salary(one, canonical)
      || one.first_seen < canonical.first_seen || !adds_nothing(one, member))
    return false;
  // What it says must be what is said already, whoever says that.
  job_posting known;
  job_posting said;
  fill_from(known, canonical);
  fill_from(said, one);
  fill_from(said, canonical);
  said.first_seen = known.first_seen;
  said.last_seen = known.last_seen;
  return said == known;
}

void join(job_posting& canonical, const job_posting& one) {
  auto& all = canonical.sightings;
  for (const auto& more : one.sightings) {
    auto at = std::lower_bound(all.begin(), all.end(), more, is_seen_before);
    if (at == all.end() || !(*at == more))
      all.insert(at, more);
  }
  canonical.closed_at.clear();
  canonical.last_seen = std::max(canonical.last_seen, one.last_seen);
}

void merge_into(job_posting& canonical, const job_posting& other) {
  add_from(canonical, other);
  fill_from(canonical, other);
  add_sightings(canonical, other);
}

} // namespace jobfarm::dedupe
