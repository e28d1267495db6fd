#include "actors/normalize/posting_fields.hpp"

#include "actors/normalize/company.hpp"
#include "actors/normalize/date_order.hpp"
#include "actors/normalize/dates.hpp"
#include "actors/normalize/employment.hpp"
#include "actors/normalize/recent_results.hpp"
#include "actors/normalize/title.hpp"
#include "actors/text/description.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jobfarm::normalize {

namespace {

/// Whether a date may be in need of its order: not if the year is first.
bool needs_order(std::string_view posted) {
  return posted.size() > 4 && posted[4] != '-';
}

/// The custom of all known places of a posting, if they have one.
date_order custom_at(const std::vector<place>& places) {
  auto custom = date_order::unknown;
  std::string_view country;
  for (const auto& one : places) {
    if (one.country.empty() || one.country == country)
      continue;
    auto order = date_order_of(one.country);
    if (!country.empty() && order != custom)
      return date_order::unknown;
    custom = order;
    country = one.country;
  }
  return custom;
}

} // namespace

void compose(std::string& text) {
  if (!text::is_plainly_nfc(text))
    text = text::nfc(std::move(text));
}

void read_names(raw_posting& raw, extra_fields& extra, job_posting& posting) {
  posting.source = std::move(raw.source);
  posting.source_id = std::move(raw.source_id);
  posting.board = std::move(raw.board);
  for (auto* one : {&posting.source, &posting.source_id, &posting.board})
    compose(*one);
  posting.requisition_id = std::move(extra.requisition_id);
  posting.tags = std::move(raw.tags);
  auto& tags = posting.tags;
  for (auto& one : tags)
    compose(one);
  tags.erase(std::remove(tags.begin(), tags.end(), std::string_view{}),
             tags.end());
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
  auto order = needs_order(raw.posted) ? custom_at(posting.locations)
                                       : date_order::unknown;
  joined_key key;
  key.add(raw.posted).add(raw.fetched_at).add(static_cast<std::size_t>(order));
  const auto& date = recent.of(key, [&] {
    auto is_escaped = raw.posted.find('&') != raw.posted.npos;
    return parse_posted(is_escaped ? text::field_text(raw.posted) : raw.posted,
                        raw.fetched_at, order);
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
