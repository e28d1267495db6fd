#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"

namespace jobfarm::sources {

namespace {
namespace ashby_api {

constexpr std::string_view name = "ashby";
constexpr std::string_view home = "https://api.ashbyhq.com";

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto board = token_segment(context);
  if (!board)
    return board.error();
  page_request request;
  request.request.url = base_or(context.base_url, home)
                        + "/posting-api/job-board/" + *board
                        + "?includeCompensation=true";
  return std::vector<page_request>{std::move(request)};
}

/// A secondary location is an object with a label, or the label itself.
std::string label_of(json_value place) {
  auto label = text_at(place, {"location"});
  return label.empty() ? text_of(place) : label;
}

template <class Holder>
std::string address_of(const Holder& holder) {
  auto address = value_at(holder, {"address", "postalAddress"});
  if (!address)
    address = value_at(holder, {"address"});
  if (!address)
    return {};
  return address_json(text_at(*address, {"addressLocality"}),
                      text_at(*address, {"addressRegion"}),
                      text_at(*address, {"addressCountry"}),
                      text_at(*address, {"postalCode"}));
}

void read_places(const json_members& job, raw_posting& posting,
                 extra_writer& extra) {
  posting.location = text_at(job, {"location"});
  std::vector<std::string> addresses;
  if (!posting.location.empty())
    posting.locations.push_back(posting.location);
  if (auto own = address_of(job); !own.empty())
    addresses.push_back(std::move(own));
  for (auto place : items_at(job, {"secondaryLocations"})) {
    if (auto label = label_of(place); !label.empty())
      posting.locations.push_back(std::move(label));
    if (auto address = address_of(place); !address.empty())
      addresses.push_back(std::move(address));
  }
  if (posting.location.empty() && !posting.locations.empty())
    posting.location = posting.locations.front();
  extra.raw("addresses", array_json(addresses));
}

/// One pay range a tier; tiers are mostly regional.
struct pay_range {
  std::optional<double> min;
  std::optional<double> max;
  std::string currency;
  std::string period;
};

std::vector<pay_range> salaries_in(const json_items& components) {
  std::vector<pay_range> ranges;
  for (auto one : components) {
    pay_range range{number_at(one, {"minValue"}), number_at(one, {"maxValue"}),
                    text_at(one, {"currencyCode"}), text_at(one, {"interval"})};
    if (text_at(one, {"compensationType"}) == "Salary"
        && (range.min || range.max))
      ranges.push_back(std::move(range));
  }
  return ranges;
}

void read_pay(const json_members& job, raw_posting& posting,
              extra_writer& extra) {
  auto pay = value_at(job, {"compensation"});
  auto shown = flag_at(job, {"shouldDisplayCompensationOnJobPostings"});
  if (!pay || shown == false)
    return;
  std::vector<std::string> ranges;
  for (auto tier : items_at(*pay, {"compensationTiers"}))
    for (const auto& one : salaries_in(items_at(tier, {"components"})))
      ranges.push_back(
          pay_range_json(one.min, one.max, one.currency, one.period));
  auto summary = salaries_in(items_at(*pay, {"summaryComponents"}));
  if (summary.size() == 1) {
    posting.salary_min = summary[0].min;
    posting.salary_max = summary[0].max;
    posting.salary_currency = summary[0].currency;
    posting.salary_period = summary[0].period;
  }
  posting.salary = text_at(*pay, {"scrapeableCompensationSalarySummary"});
  extra.raw("salary_ranges", array_json(ranges));
  extra.text("compensation_summary",
             text_at(*pay, {"compensationTierSummary"}));
}

void read_posting(const json_members& job, const parse_context& context,
                  parsed_page& page) {
  auto& posting = begin_posting(name, context, page);
  posting.source_id = text_at(job, {"id"});
  posting.title = text_at(job, {"title"});
  posting.url = text_at(job, {"jobUrl"});
  posting.application_url = text_at(job, {"applyUrl"});
  posting.posted = text_at(job, {"publishedAt"});
  posting.description_html = text_at(job, {"descriptionHtml"});
  if (posting.description_html.empty())
    posting.description_html = text_at(job, {"descriptionPlain"});
  posting.employment_type = text_at(job, {"employmentType"});
  posting.department =
      joined({text_at(job, {"department"}), text_at(job, {"team"})}, " / ");
  extra_writer extra;
  read_places(job, posting, extra);
  read_pay(job, posting, extra);
  // `isRemote` is true for hybrid postings too: it only counts alone.
  auto workplace = text_at(job, {"workplaceType"});
  extra.text("workplace_type", workplace);
  if (workplace.empty())
    posting.remote = flag_at(job, {"isRemote"});
  posting.extra = extra.finish();
  end_posting(context, page);
}

void read_listed(const json_members& job, const parse_context& context,
                 parsed_page& page) {
  if (flag_at(job, {"isListed"}) == false)
    page.rejections.push_back(reject_record(name, context,
                                            text_at(job, {"id"}),
                                            "not listed by the employer"));
  else
    read_posting(job, context, page);
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  auto jobs = value_at(document->root(), {"jobs"});
  if (!jobs || !jobs->is_array())
    return wrong_envelope(name, payload, "list of jobs");
  parsed_page page;
  read_records(*jobs, payload, read_listed, context, page);
  return conclude_list(name, context, std::move(page));
}

constexpr source self = {
    {name, "api", home, true, "", true, 2, 2, ""},
    plan,
    parse,
};

} // namespace ashby_api
} // namespace

const source ashby = ashby_api::self;

} // namespace jobfarm::sources
