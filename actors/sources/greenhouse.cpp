#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/greenhouse_pay.hpp"
#include "actors/text/description.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

#include <utility>

namespace jobfarm::sources {

namespace {
namespace greenhouse_api {

constexpr std::string_view name = "greenhouse";
constexpr std::string_view home = "https://boards-api.greenhouse.io";

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto token = token_segment(context);
  if (!token)
    return token.error();
  page_request request;
  request.request.url = base_or(context.base_url, home) + "/v1/boards/" + *token
                        + "/jobs?content=true";
  return std::vector<page_request>{std::move(request)};
}

std::vector<std::string> names_of(const json_items& items) {
  std::vector<std::string> names;
  for (auto item : items)
    if (auto one = text_at(item, {"name"}); !one.empty())
      names.push_back(std::move(one));
  return names;
}

/// `content` is HTML whose markup is written as entities once more. Only what
/// really is so is decoded: other senders of the same shape have plain HTML.
std::string content_of(const json_members& job) {
  auto content = view_at(job, {"content"});
  if (content.empty())
    return text_at(job, {"content"});
  return text::is_escaped_html(content) ? text::decode_entities(content)
                                        : std::string{content};
}

/// Employers put facts into `metadata` under names of their own.
std::string metadata_value(json_value item) {
  auto value = value_at(item, {"value"});
  if (!value)
    return {};
  if (value->is_bool())
    return simdjson::minify(*value);
  std::vector<std::string> parts;
  for (auto one : items_of(*value))
    parts.push_back(text_of(one));
  return joined(parts, ", ");
}

bool holds(const std::string& label, std::string_view word) {
  return text::fold(label).find(word) != std::string::npos;
}

void read_metadata(const json_members& job, raw_posting& posting,
                   extra_writer& extra) {
  std::string members;
  for (auto item : items_at(job, {"metadata"})) {
    auto label = text_at(item, {"name"});
    auto value = metadata_value(item);
    if (label.empty() || value.empty())
      continue;
    if (posting.employment_type.empty()
        && (holds(label, "employment type") || holds(label, "job type")
            || holds(label, "time type")))
      posting.employment_type = value;
    if (holds(label, "workplace") || holds(label, "remote type")
        || holds(label, "work model"))
      extra.text("workplace_type", value);
    json::append_string(members += members.empty() ? "{" : ",", label);
    json::append_string(members += ':', value);
  }
  if (!members.empty())
    extra.raw("metadata", members + '}');
}

void read_posting(const json_members& job, const parse_context& context,
                  parsed_page& page) {
  auto& posting = begin_posting(name, context, page);
  posting.source_id = text_at(job, {"id"});
  posting.title = text_at(job, {"title"});
  posting.url = text_at(job, {"absolute_url"});
  if (auto company = text_at(job, {"company_name"}); !company.empty())
    posting.company = std::move(company);
  posting.location = text_at(job, {"location", "name"});
  if (!posting.location.empty())
    posting.locations.push_back(posting.location);
  posting.posted = text_at(job, {"first_published"});
  auto updated = text_at(job, {"updated_at"});
  if (posting.posted.empty())
    posting.posted = updated;
  posting.description_html = content_of(job);
  posting.department = joined(names_of(items_at(job, {"departments"})), ", ");

  extra_writer extra;
  read_metadata(job, posting, extra);
  read_greenhouse_pay(job, posting, extra);
  extra.text("requisition_id", text_at(job, {"requisition_id"}));
  extra.text("internal_job_id", text_at(job, {"internal_job_id"}));
  extra.text("language", text_at(job, {"language"}));
  extra.text("updated", updated);
  extra.text("valid_through", text_at(job, {"application_deadline"}));
  extra.texts("offices", names_of(items_at(job, {"offices"})));
  posting.extra = extra.finish();
  end_posting(context, page);
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  parsed_page page;
  auto jobs = value_at(document->root(), {"jobs"});
  if (jobs && jobs->is_array()) {
    read_records(*jobs, payload, read_posting, context, page);
    page.total_stated = count_at(document->root(), {"meta", "total"});
    return conclude_list(name, context, std::move(page));
  }
  if (!value_at(document->root(), {"id"})
      || !value_at(document->root(), {"title"}))
    return wrong_envelope(name, payload, "list of jobs");
  page.kind = page_kind::detail;
  read_posting(json_members(document->root()), context, page);
  return page;
}

constexpr source self = {
    {name, "api", home, true, "", true, 4, 4, ""},
    plan,
    parse,
};

} // namespace greenhouse_api
} // namespace

const source greenhouse = greenhouse_api::self;

} // namespace jobfarm::sources
