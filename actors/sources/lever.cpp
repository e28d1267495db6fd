#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"

namespace jobfarm::sources {

namespace {
namespace lever_api {

constexpr std::string_view name = "lever";
constexpr std::string_view home = "https://api.lever.co";
constexpr std::int64_t page_size = 100;

std::string list_url(const std::string& base, const std::string& site,
                     std::int64_t skip) {
  return base + "/v0/postings/" + site + "?mode=json&skip="
         + std::to_string(skip) + "&limit=" + std::to_string(page_size);
}

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto site = token_segment(context);
  if (!site)
    return site.error();
  page_request request;
  request.request.url = list_url(base_or(context.base_url, home), *site, 0);
  return std::vector<page_request>{std::move(request)};
}

/// Opening and body, then the lists (where requirements mostly are), then the
/// closing text. List content is bare `<li>` elements.
std::string description_of(const json_members& job) {
  auto html = text_at(job, {"description"});
  if (html.empty())
    html = text_at(job, {"descriptionBody"});
  if (html.empty())
    html = text_at(job, {"descriptionPlain"});
  for (auto list : items_at(job, {"lists"})) {
    auto heading = text_at(list, {"text"});
    auto content = text_at(list, {"content"});
    if (!heading.empty())
      html.append("<h3>").append(heading).append("</h3>");
    if (!content.empty())
      html.append("<ul>").append(content).append("</ul>");
  }
  auto additional = text_at(job, {"additional"});
  html += additional.empty() ? text_at(job, {"additionalPlain"}) : additional;
  return html;
}

std::vector<std::string> locations_of(const json_members& job) {
  std::vector<std::string> all;
  for (auto one : items_at(job, {"categories", "allLocations"}))
    if (auto place = text_of(one); !place.empty())
      all.push_back(std::move(place));
  auto own = text_at(job, {"categories", "location"});
  if (all.empty() && !own.empty())
    all.push_back(std::move(own));
  return all;
}

void read_pay(const json_members& job, raw_posting& posting) {
  posting.salary_min = number_at(job, {"salaryRange", "min"});
  posting.salary_max = number_at(job, {"salaryRange", "max"});
  posting.salary_currency = text_at(job, {"salaryRange", "currency"});
  posting.salary_period = text_at(job, {"salaryRange", "interval"});
  posting.salary = text_at(job, {"salaryDescriptionPlain"});
}

void read_posting(const json_members& job, const parse_context& context,
                  parsed_page& page) {
  auto& posting = begin_posting(name, context, page);
  posting.source_id = text_at(job, {"id"});
  posting.title = text_at(job, {"text"});
  posting.url = text_at(job, {"hostedUrl"});
  posting.application_url = text_at(job, {"applyUrl"});
  posting.location = text_at(job, {"categories", "location"});
  posting.locations = locations_of(job);
  if (posting.location.empty() && !posting.locations.empty())
    posting.location = posting.locations.front();
  posting.posted = utc_of_ms(number_at(job, {"createdAt"}));
  posting.description_html = description_of(job);
  posting.employment_type = text_at(job, {"categories", "commitment"});
  posting.department = joined({text_at(job, {"categories", "department"}),
                               text_at(job, {"categories", "team"})},
                              " / ");
  read_pay(job, posting);
  auto workplace = text_at(job, {"workplaceType"});
  extra_writer extra;
  if (workplace != "unspecified")
    extra.text("workplace_type", workplace);
  extra.text("country", text_at(job, {"country"}));
  extra.text("level", text_at(job, {"categories", "level"}));
  posting.extra = extra.finish();
  end_posting(context, page);
}

void plan_next(const parse_context& context, std::size_t received,
               parsed_page& page) {
  auto url = asked_url(context);
  auto limit = query_number(url, "limit");
  if (!limit || *limit <= 0 || received < static_cast<std::size_t>(*limit))
    return;
  auto skip = query_number(url, "skip").value_or(0)
              + static_cast<std::int64_t>(received);
  page.next.push_back(next_page(context, with_number(url, "skip", skip),
                                static_cast<std::int64_t>(received)));
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  parsed_page page;
  if (document->root().is_array()) {
    auto received =
        read_records(document->root(), payload, read_posting, context, page);
    plan_next(context, received, page);
    return conclude_list(name, context, std::move(page));
  }
  if (!value_at(document->root(), {"id"})
      || !value_at(document->root(), {"text"}))
    return wrong_envelope(name, payload, "array of postings");
  page.kind = page_kind::detail;
  read_posting(json_members(document->root()), context, page);
  return page;
}

constexpr source self = {
    {name, "api", home, true, "", true, 1, 1, ""},
    plan,
    parse,
};

} // namespace lever_api
} // namespace

const source lever = lever_api::self;

} // namespace jobfarm::sources
