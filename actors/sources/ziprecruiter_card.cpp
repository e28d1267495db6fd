#include "actors/sources/ziprecruiter_card.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/text/url.hpp"

#include <vector>

namespace jobfarm::sources {

namespace {

/// One value of an enumeration: its integer in the older pages (captured
/// meanings only), the tail of its word in the newer ones, and what it means.
struct enumeration {
  std::string_view integer;
  std::string_view word;
  std::string_view meaning;
};

// 4 month: 28,200 a month beside 338,400 a year. Integers never captured stay
// unknown.
constexpr enumeration intervals[] = {
    {"5", "YEAR", "year"}, {"4", "MONTH", "month"}, {"", "WEEK", "week"},
    {"", "DAY", "day"},    {"", "HOUR", "hour"},    {"", "ANNUAL", "year"},
};
constexpr enumeration currencies[] = {
    {"5", "USD", "USD"}, {"", "CAD", "CAD"}, {"", "GBP", "GBP"}};
constexpr enumeration employment_types[] = {
    {"1", "FULL_TIME", "full-time"},  {"", "PART_TIME", "part-time"},
    {"", "CONTRACTOR", "contractor"}, {"", "CONTRACT", "contract"},
    {"", "TEMPORARY", "temporary"},   {"", "INTERNSHIP", "internship"},
    {"", "INTERN", "internship"},     {"", "SEASONAL", "seasonal"},
    {"", "PER_DIEM", "per diem"},     {"", "VOLUNTEER", "volunteer"},
};
// REMOTE_OPTIONAL leaves the choice: not a remote job, nor a hybrid one.
constexpr enumeration location_types[] = {
    {"2", "NAME_REMOTE", "remote"},
    {"", "NAME_HYBRID", "hybrid"},
    {"", "NAME_IN_PERSON", "onsite"},
    {"", "NAME_ON_SITE", "onsite"},
    {"", "NAME_ONSITE", "onsite"},
    {"4", "NAME_REMOTE_OPTIONAL", "remote optional"},
};
// Where a figure comes from: 1 and 2 from the posting, 3 and 4 from a model.
constexpr enumeration origins[] = {
    {"1", "SOURCE_PROVIDED", "posting"},
    {"2", "SOURCE_PARSED", "posting"},
    {"3", "SOURCE_PREDICTED", "guess"},
    {"4", "SOURCE_MISSING", "guess"},
};

template <std::size_t N>
std::string_view meaning_of(const std::string& value,
                            const enumeration (&table)[N]) {
  for (const auto& one : table)
    if (!value.empty() && (value == one.integer || ends(value, one.word)))
      return one.meaning;
  return {};
}

/// True if the posting itself says so.
bool is_stated(json_value value) {
  return meaning_of(text_at(value, {"metadata", "sourceType"}), origins)
         == "posting";
}

std::optional<double> bound_at(json_value pay, std::string_view name) {
  auto bound = number_at(pay, {name});
  return bound && *bound > 0 ? bound : std::nullopt;
}

void read_pay(json_value card, raw_posting& raw, extra_writer& extra) {
  auto pay = value_at(card, {"pay"});
  if (!pay)
    return;
  auto min = bound_at(*pay, "min");
  auto max = bound_at(*pay, "max");
  std::string period{meaning_of(text_at(*pay, {"interval"}), intervals)};
  std::string currency{meaning_of(text_at(*pay, {"currency"}), currencies)};
  if (!min && !max)
    return;
  if (!is_stated(*pay)) {
    extra.raw("salary_predicted", pay_range_json(min, max, currency, period));
    return;
  }
  raw.salary_min = min;
  raw.salary_max = max;
  raw.salary_period = std::move(period);
  raw.salary_currency = std::move(currency);
}

std::string read_employment(json_value card) {
  std::string line;
  for (auto type : items_at(card, {"employmentTypes"})) {
    auto meaning = meaning_of(text_at(type, {"name"}), employment_types);
    if (!meaning.empty())
      line.append(line.empty() ? "" : ", ").append(meaning);
  }
  return line;
}

void read_workplace(json_value card, raw_posting& raw, extra_writer& extra) {
  for (auto type : items_at(card, {"locationTypes"})) {
    std::string meaning{meaning_of(text_at(type, {"name"}), location_types)};
    if (meaning.empty())
      continue;
    if (!is_stated(type))
      extra.text("workplace_predicted", meaning);
    else if (meaning == "remote")
      raw.remote = true;
    else
      extra.text("workplace_type", meaning);
    return;
  }
}

void read_place(json_value card, raw_posting& raw, extra_writer& extra) {
  raw.location = text_at(card, {"location", "displayName"});
  auto region = text_at(card, {"location", "state"});
  if (region.empty())
    region = text_at(card, {"location", "stateCode"});
  auto country = text_at(card, {"location", "countryCode"});
  auto address =
      address_json(text_at(card, {"location", "city"}), region, country,
                   text_at(card, {"location", "postalCode"}));
  extra.raw("addresses", array_json({address}));
  extra.text("country", country);
}

/// The job's own page; the other addresses of a card are tracking.
std::string read_url(json_value card, const std::string& base) {
  auto path = text_at(card, {"rawCanonicalZipJobPageUrl"});
  if (path.empty())
    path = text_at(card, {"canonicalZipJobPageUrl"});
  auto url = path.empty() ? fail(errc::invalid_input, "no path")
                          : text::resolve_url(base + "/", path);
  if (!url)
    return {};
  auto canonical = text::canonical_url(*url);
  return canonical ? *canonical : std::string{};
}

} // namespace

expected<raw_posting> read_ziprecruiter_card(json_value card,
                                             const std::string& base,
                                             const std::string& full_text) {
  raw_posting raw;
  raw.source = "ziprecruiter";
  raw.source_id = text_at(card, {"listingKey"});
  raw.title = text_at(card, {"title"});
  if (raw.source_id.empty() || raw.title.empty())
    return fail(errc::bad_payload, "card without key or title");
  if (flag_at(card, {"status", "isActive"}) == false)
    return fail(errc::not_found, "not active");
  raw.company = text_at(card, {"company", "name"});
  if (raw.company.empty())
    raw.company = text_at(card, {"company", "canonicalDisplayName"});
  // rollingPostedAtUtc is moved forward, by months, to look new.
  raw.posted = text_at(card, {"status", "postedAtUtc"});
  raw.url = read_url(card, base);
  raw.description_html =
      full_text.empty() ? text_at(card, {"htmlFullDescription"}) : full_text;
  extra_writer extra;
  if (raw.description_html.empty()) {
    raw.description_html = text_at(card, {"shortDescription"});
    extra.flag("description_is_excerpt", true);
  }
  raw.employment_type = read_employment(card);
  read_place(card, raw, extra);
  read_pay(card, raw, extra);
  read_workplace(card, raw, extra);
  raw.extra = extra.finish();
  return raw;
}

} // namespace jobfarm::sources
