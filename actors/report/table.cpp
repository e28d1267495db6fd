#include "actors/report/table.hpp"

#include "actors/text/time.hpp"
#include "actors/text/utf8.hpp"

#include <cmath>
#include <limits>

namespace jobfarm::report {

namespace {

/// 1234567 as "1,234,567"; two decimals where there is a fraction.
std::string grouped(double amount) {
  auto cents = std::llround(amount * 100);
  auto text = std::to_string(cents / 100);
  for (auto i = static_cast<std::ptrdiff_t>(text.size()) - 3; i > 0; i -= 3)
    text.insert(static_cast<std::size_t>(i), ",");
  auto fraction = std::llabs(cents % 100);
  if (fraction != 0)
    text += (fraction < 10 ? ".0" : ".") + std::to_string(fraction);
  return text;
}

std::string visa_text(visa_sponsorship visa) {
  switch (visa) {
    case visa_sponsorship::offered: return "sponsored";
    case visa_sponsorship::not_offered: return "no sponsorship";
    default: return {};
  }
}

} // namespace

const std::vector<column>& columns() {
  using k = cell_kind;
  static const std::vector<column> all = {
      {"Title", k::text, "Job title, cleaned for display"},
      {"Company", k::text, "Employer"},
      {"Location", k::text, "Place as the posting gives it"},
      {"Salary", k::text, "Pay as offered; empty if the posting does not say"},
      {"Remote", k::text, "remote, hybrid or onsite; empty if not said"},
      {"Posted Date", k::date, "Day of publication, UTC"},
      {"ML Score", k::score, "Fit to the query, 0 to 1"},
      {"Cultural Fit", k::score,
       "Fit of work culture, 0 to 1 (advanced level)"},
      {"Visa Req", k::text, "Sponsorship as the posting words it"},
      {"Apply Link", k::link, "Opens the application page"},
      {"Notes", k::text, "Yours"},
      {"Source", k::text, "Where the posting came from"},
      {"Country", k::text, "ISO 3166-1 alpha-2"},
      {"City", k::text, "Resolved city"},
      {"Seniority", k::text, "Career level"},
      {"Role Family", k::text, "Kind of work"},
      {"Employment", k::text, "Kind of contract"},
      {"Salary USD Min", k::number, "Lower bound a year in USD"},
      {"Salary USD Max", k::number, "Upper bound a year in USD"},
      {"Quality", k::score, "How far the fields can be trusted, 0 to 1"},
      {"Sightings", k::number, "Source records merged into this posting"},
      {"Job ID", k::text, "Stable id; used by Application_Tracking"},
      {"URL", k::text, "Where the posting is, or was"},
  };
  return all;
}

row::row(const enriched_posting& enriched) {
  const auto& p = enriched.posting;
  const std::optional<double> none;
  region_ = p.region.empty() ? "Other International" : p.region;
  add(p.title);
  add(p.company);
  add(p.location);
  add(salary_text(p));
  add_word(to_string(p.remote));
  add(excel_day(p.posted_at));
  add(enriched.enrichment.ml_score);
  add(none);
  add(visa_text(p.visa_sponsorship));
  add(p.application_url.empty() ? p.url : p.application_url);
  add(none);
  add(p.source);
  add(p.country);
  add(p.city);
  add_word(to_string(p.seniority));
  add(p.role_family);
  add_word(to_string(p.employment_type));
  add(p.salary_usd_min);
  add(p.salary_usd_max);
  add(p.data_quality_score);
  add(static_cast<double>(p.sightings.size()));
  add(p.id);
  add(p.url);
  texts_.shrink_to_fit();
}

void row::add(std::string_view text) {
  numbers_[size_] = std::numeric_limits<double>::quiet_NaN();
  texts_ += clean_cell(text);
  ends_[size_++] = static_cast<std::uint32_t>(texts_.size());
}

void row::add(std::optional<double> number) {
  numbers_[size_] = number.value_or(std::numeric_limits<double>::quiet_NaN());
  ends_[size_++] = static_cast<std::uint32_t>(texts_.size());
}

void row::add_word(std::string_view word) {
  add(word == "unknown" ? std::string_view{} : word);
}

cell row::operator[](std::size_t column) const {
  if (!std::isnan(numbers_[column]))
    return {{}, numbers_[column]};
  auto begin = column == 0 ? 0 : ends_[column - 1];
  return {std::string_view{texts_}.substr(begin, ends_[column] - begin), {}};
}

std::string salary_text(const job_posting& p) {
  if (!p.salary_min && !p.salary_max)
    return {};
  std::string text;
  auto money = [&](double amount) {
    return (p.salary_currency.empty() ? "" : p.salary_currency + ' ')
           + grouped(amount);
  };
  if (p.salary_min && p.salary_max)
    text = *p.salary_min == *p.salary_max
               ? money(*p.salary_min)
               : money(*p.salary_min) + " - " + grouped(*p.salary_max);
  else
    text = p.salary_min ? "from " + money(*p.salary_min)
                        : "up to " + money(*p.salary_max);
  if (!p.salary_period.empty())
    text += " / " + p.salary_period;
  return text;
}

std::optional<double> excel_day(std::string_view rfc3339) {
  auto seconds = text::parse_utc(rfc3339);
  if (!seconds)
    return std::nullopt;
  // 1970-01-01 is day 25569 of Excel's calendar.
  return 25569 + std::floor(static_cast<double>(*seconds) / 86400);
}

namespace {

/// U+FFFE and U+FFFF are no characters of XML (XML 1.0, 2.2).
bool is_noncharacter(std::string_view at) {
  return at.substr(0, 2) == "\xEF\xBF" && at.size() > 2
         && (at[2] == '\xBE' || at[2] == '\xBF');
}

} // namespace

std::string clean_cell(std::string_view text, std::size_t most) {
  auto clean = text::repair_utf8(text);
  std::string kept;
  kept.reserve(clean.size());
  std::size_t characters = 0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    auto byte = static_cast<unsigned char>(clean[i]);
    auto starts_character = (byte & 0xC0) != 0x80;
    if (starts_character && ++characters > most)
      break;
    if (byte < 0x20 && clean[i] != '\n' && clean[i] != '\t')
      continue;
    if (byte == 0xEF && is_noncharacter(std::string_view{clean}.substr(i)))
      i += 2;
    else
      kept += clean[i];
  }
  return kept;
}

} // namespace jobfarm::report
