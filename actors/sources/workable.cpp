#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/text/url.hpp"

namespace jobfarm::sources {

namespace {
namespace workable_api {

constexpr std::string_view name = "workable";
constexpr std::string_view home = "https://apply.workable.com";

/// The v1 widget gives a whole account with its texts in one answer.
expected<std::vector<page_request>> plan(const plan_context& context) {
  auto account = token_segment(context);
  if (!account)
    return account.error();
  page_request request;
  request.request.url = base_or(context.base_url, home)
                        + "/api/v1/widget/accounts/" + *account
                        + "?details=true";
  return std::vector<page_request>{std::move(request)};
}

/// A place is an object with city, region or state, and country, or a text.
std::string label_of(json_value place) {
  if (place.is_string())
    return text_of(place);
  auto region = text_at(place, {"region"});
  return joined({text_at(place, {"city"}),
                 region.empty() ? text_at(place, {"state"}) : region,
                 text_at(place, {"country"})},
                ", ");
}

std::string address_of(json_value place) {
  auto country = text_at(place, {"countryCode"});
  auto region = text_at(place, {"region"});
  return address_json(text_at(place, {"city"}),
                      region.empty() ? text_at(place, {"state"}) : region,
                      country.empty() ? text_at(place, {"country"}) : country,
                      "");
}

void add_place(json_value place, raw_posting& posting,
               std::vector<std::string>& addresses) {
  if (flag_at(place, {"hidden"}) == true)
    return;
  auto label = label_of(place);
  if (label.empty())
    return;
  posting.locations.push_back(std::move(label));
  if (auto address = address_of(place); !address.empty())
    addresses.push_back(std::move(address));
}

/// v1 has flat city, state and country beside `locations`; v2 and v3 have
/// `location` beside it.
void read_places(json_value job, raw_posting& posting, extra_writer& extra) {
  std::vector<std::string> addresses;
  for (auto place : items_at(job, {"locations"}))
    add_place(place, posting, addresses);
  if (posting.locations.empty()) {
    if (auto place = value_at(job, {"location"}))
      add_place(*place, posting, addresses);
    else
      add_place(job, posting, addresses);
  }
  if (!posting.locations.empty())
    posting.location = posting.locations.front();
  extra.raw("addresses", array_json(addresses));
}

std::string first_of(json_value job, json_path a, json_path b) {
  auto text = text_at(job, a);
  return text.empty() ? text_at(job, b) : text;
}

std::string department_of(json_value job) {
  std::vector<std::string> names;
  for (auto one : items_at(job, {"department"}))
    names.push_back(text_of(one));
  return joined(names, ", ");
}

std::string description_of(json_value job) {
  std::string html = text_at(job, {"description"});
  for (const auto* part : {"requirements", "benefits"})
    html += text_at(job, {part});
  return html;
}

/// Page of a posting whose answer has no address of its own (v2, v3).
std::string page_url(const std::string& shortcode,
                     const parse_context& context) {
  auto account = context.board.empty() ? "" : context.board + '/';
  return std::string{home} + '/' + account + "j/" + shortcode + '/';
}

raw_posting posting_of(json_value job, const std::string& company,
                       const parse_context& context) {
  auto posting = begin_posting(name, context);
  posting.source_id = text_at(job, {"shortcode"});
  posting.title = text_at(job, {"title"});
  if (!company.empty())
    posting.company = company;
  posting.url = first_of(job, {"url"}, {"shortlink"});
  if (posting.url.empty() && !posting.source_id.empty())
    posting.url = page_url(posting.source_id, context);
  posting.application_url = text_at(job, {"application_url"});
  posting.posted = first_of(job, {"published_on"}, {"published"});
  if (posting.posted.empty())
    posting.posted = text_at(job, {"created_at"});
  posting.description_html = description_of(job);
  posting.employment_type = first_of(job, {"employment_type"}, {"type"});
  posting.department = department_of(job);
  extra_writer extra;
  read_places(job, posting, extra);
  auto workplace = text_at(job, {"workplace"});
  extra.text("workplace_type", workplace);
  // `false` only says that the posting is not wholly remote.
  auto is_remote = flag_at(job, {"telecommuting"});
  if (!is_remote)
    is_remote = flag_at(job, {"remote"});
  if (workplace.empty() && is_remote == true)
    posting.remote = true;
  extra.text("requisition_id", text_at(job, {"code"}));
  extra.text("language", text_at(job, {"language"}));
  extra.text("seniority", text_at(job, {"experience"}));
  extra.text("education", text_at(job, {"education"}));
  extra.text("function", text_at(job, {"function"}));
  extra.text("industry", text_at(job, {"industry"}));
  posting.extra = extra.finish();
  return posting;
}

/// A v3 listing has no texts: each posting is asked for by itself.
void add_detail(raw_posting listed, const parse_context& context,
                parsed_page& page) {
  auto base = base_or(context.base_url, home);
  page_request detail;
  detail.kind = page_kind::detail;
  detail.request.url = base + "/api/v2/accounts/"
                       + text::percent_encode(context.board) + "/jobs/"
                       + listed.source_id;
  detail.listed = std::move(listed);
  page.next.push_back(std::move(detail));
}

void read_v3(json_value root, const parse_context& context, parsed_page& page) {
  parsed_page good;
  for (auto job : items_at(root, {"results"}))
    add_posting(posting_of(job, "", context), context, good);
  page.rejections = std::move(good.rejections);
  page.unreadable = good.unreadable;
  for (auto& posting : good.postings)
    add_detail(std::move(posting), context, page);
  page.total_stated = count_at(root, {"total"});
  auto token = text_at(root, {"nextPage"});
  if (token.empty() || !context.asked)
    return;
  auto next = next_page(context, asked_url(context), records_in(page));
  next.request = context.asked->request;
  next.request.method = "POST";
  next.request.headers = {{"content-type", "application/json"}};
  std::string quoted;
  json::append_string(quoted, token);
  next.request.body = R"({"query":"","location":[],"department":[],)"
                      R"("worktype":[],"token":)"
                      + quoted + '}';
  page.next.push_back(std::move(next));
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  auto root = document->root();
  parsed_page page;
  auto jobs = value_at(root, {"jobs"});
  auto results = value_at(root, {"results"});
  if (jobs && jobs->is_array()) {
    auto company = text_at(root, {"name"});
    for (auto job : items_of(*jobs))
      add_posting(posting_of(job, company, context), context, page);
    return conclude_list(name, context, std::move(page));
  }
  if (results && results->is_array()) {
    read_v3(root, context, page);
    return conclude_list(name, context, std::move(page));
  }
  if (!value_at(root, {"shortcode"}))
    return wrong_envelope(name, payload, "list of jobs");
  page.kind = page_kind::detail;
  auto posting = posting_of(root, "", context);
  if (context.asked && context.asked->listed)
    fill_from_listed(posting, *context.asked->listed);
  add_posting(std::move(posting), context, page);
  return page;
}

constexpr source self = {
    {name, "api", home, true, "", true, 2, 2, ""},
    plan,
    parse,
};

} // namespace workable_api
} // namespace

const source workable = workable_api::self;

} // namespace jobfarm::sources
