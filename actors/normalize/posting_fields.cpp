#include "actors/normalize/posting_fields.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/title.hpp"
#include "actors/text/description.hpp"

#include <utility>

namespace jobfarm::normalize {

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

void read_title(raw_posting& raw, const extra_fields& extra,
                const gazetteer& world, job_posting& posting) {
  auto is_clean = posting.company == raw.company;
  posting.title =
      clean_title(std::move(raw.title),
                  {&posting.locations, posting.company, &world,
                   is_clean ? posting.company_normalized : std::string_view{}});
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

void read_employment(const raw_posting& raw, job_posting& posting) {
  thread_local recent_results<employment_type> recent;
  posting.employment_type = recent.of(
      raw.employment_type, [&] { return employment_of(raw.employment_type); });
  if (posting.employment_type == employment_type::unknown)
    posting.employment_type = employment_in_title(raw.title);
}

} // namespace jobfarm::normalize
