#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/ascii.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/text/url.hpp"

namespace jobfarm::sources {

namespace {
namespace smartrecruiters_api {

constexpr std::string_view name = "smartrecruiters";
constexpr std::string_view home = "https://api.smartrecruiters.com";
constexpr std::string_view public_site = "https://jobs.smartrecruiters.com/";
constexpr std::string_view terms =
    "robots.txt of the API host allows only one named bot; the vendor's "
    "documents call the Posting API public. Decide before turning it on.";

std::string postings_url(const std::string& base, const std::string& company) {
  return base + "/v1/companies/" + company + "/postings";
}

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto company = token_segment(context);
  if (!company)
    return company.error();
  page_request request;
  request.request.url = postings_url(base_or(context.base_url, home), *company)
                        + "?limit=100&offset=0";
  return std::vector<page_request>{std::move(request)};
}

void read_place(json_value job, raw_posting& posting, extra_writer& extra) {
  auto place = value_at(job, {"location"});
  if (!place)
    return;
  auto city = text_at(*place, {"city"});
  auto region = text_at(*place, {"region"});
  auto country = text_at(*place, {"country"});
  for (auto& c : country)
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
  posting.location = joined({city, region, country}, ", ");
  if (!posting.location.empty())
    posting.locations = {posting.location};
  std::vector<std::string> addresses;
  if (auto one =
          address_json(city, region, country, text_at(*place, {"postalCode"}));
      !one.empty())
    addresses.push_back(std::move(one));
  extra.raw("addresses", array_json(addresses));
  if (country.size() == 2)
    extra.text("country", country);
  if (flag_at(*place, {"hybrid"}) == true)
    extra.text("workplace_type", "hybrid");
  else
    posting.remote = flag_at(*place, {"remote"});
}

/// Sections in the order the public page shows them; the company's own text
/// comes first.
std::string description_of(json_value job) {
  auto sections = value_at(job, {"jobAd", "sections"});
  if (!sections)
    sections = value_at(job, {"sections"});
  std::string html;
  if (!sections)
    return html;
  for (const auto* section : {"companyDescription", "jobDescription",
                              "qualifications", "additionalInformation"}) {
    auto text = text_at(*sections, {section, "text"});
    if (text.empty())
      continue;
    auto title = text_at(*sections, {section, "title"});
    if (!title.empty())
      html += "<h3>" + title + "</h3>";
    html += "<div>" + text + "</div>";
  }
  return html;
}

std::string custom_fields(json_value job) {
  std::string members;
  for (auto item : items_at(job, {"customField"})) {
    auto label = text_at(item, {"fieldLabel"});
    auto value = text_at(item, {"valueLabel"});
    if (label.empty() || value.empty())
      continue;
    json::append_string(members += members.empty() ? "{" : ",", label);
    json::append_string(members += ':', value);
  }
  return members.empty() ? members : members + '}';
}

void read_pay(json_value job, raw_posting& posting) {
  posting.salary_min = number_at(job, {"compensation", "min"});
  posting.salary_max = number_at(job, {"compensation", "max"});
  posting.salary_currency = text_at(job, {"compensation", "currency"});
  posting.salary_period = text_at(job, {"compensation", "period"});
}

raw_posting posting_of(json_value job, const parse_context& context) {
  auto posting = begin_posting(name, context);
  posting.source_id = text_at(job, {"id"});
  posting.title = text_at(job, {"name"});
  auto company = text_at(job, {"company", "identifier"});
  if (auto shown = text_at(job, {"company", "name"}); !shown.empty())
    posting.company = shown;
  if (company.empty())
    company = context.board;
  posting.url = text_at(job, {"postingUrl"});
  if (posting.url.empty() && !company.empty() && !posting.source_id.empty())
    posting.url = std::string{public_site} + text::percent_encode(company) + '/'
                  + posting.source_id;
  posting.application_url = text_at(job, {"applyUrl"});
  posting.posted = text_at(job, {"releasedDate"});
  posting.description_html = description_of(job);
  posting.employment_type = text_at(job, {"typeOfEmployment", "label"});
  if (posting.employment_type.empty())
    posting.employment_type = text_at(job, {"typeOfEmployment", "id"});
  posting.department = text_at(job, {"department", "label"});
  read_pay(job, posting);
  extra_writer extra;
  read_place(job, posting, extra);
  extra.text("requisition_id", text_at(job, {"refNumber"}));
  extra.text("language", text_at(job, {"language", "code"}));
  extra.text("seniority", text_at(job, {"experienceLevel", "label"}));
  extra.text("function", text_at(job, {"function", "label"}));
  extra.text("industry", text_at(job, {"industry", "label"}));
  extra.raw("custom_fields", custom_fields(job));
  posting.extra = extra.finish();
  return posting;
}

/// The list has no texts: each posting is asked for by itself.
void add_details(const json_items& jobs, const parse_context& context,
                 parsed_page& page) {
  parsed_page good;
  for (auto job : jobs)
    add_posting(posting_of(job, context), context, good);
  page.rejections = std::move(good.rejections);
  page.unreadable = good.unreadable;
  auto base = base_or(context.base_url, home);
  for (auto& posting : good.postings) {
    page_request detail;
    detail.kind = page_kind::detail;
    detail.request.url = postings_url(base, text::percent_encode(context.board))
                         + '/' + posting.source_id;
    detail.listed = std::move(posting);
    page.next.push_back(std::move(detail));
  }
}

expected<parsed_page> read_list(json_value root, const json_items& jobs,
                                const parse_context& context) {
  parsed_page page;
  add_details(jobs, context, page);
  auto total = count_at(root, {"totalFound"});
  page.total_stated = total;
  auto received = static_cast<std::int64_t>(jobs.size());
  auto offset = count_at(root, {"offset"}).value_or(0);
  auto url = asked_url(context);
  if (total && received > 0 && !url.empty() && offset + received < *total)
    page.next.push_back(next_page(
        context, with_number(url, "offset", offset + received), received));
  // A single list page read from a file cannot prove a gap.
  if (url.empty())
    page.total_stated.reset();
  auto concluded = conclude_list(name, context, std::move(page));
  if (concluded && url.empty() && total)
    concluded->total_stated = total;
  return concluded;
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  auto root = document->root();
  auto content = value_at(root, {"content"});
  if (content && content->is_array())
    return read_list(root, items_of(*content), context);
  if (!value_at(root, {"id"}) || !value_at(root, {"name"})
      || value_at(root, {"httpCode"}))
    return wrong_envelope(name, payload, "list of postings");
  parsed_page page;
  page.kind = page_kind::detail;
  auto posting = posting_of(root, context);
  if (context.asked && context.asked->listed)
    fill_from_listed(posting, *context.asked->listed);
  add_posting(std::move(posting), context, page);
  return page;
}

constexpr source self = {
    {name, "api", home, false, terms, true, 8, 6, ""},
    plan,
    parse,
};

} // namespace smartrecruiters_api
} // namespace

const source smartrecruiters = smartrecruiters_api::self;

} // namespace jobfarm::sources
