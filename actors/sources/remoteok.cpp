#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/utf8.hpp"

namespace jobfarm::sources {

namespace {
namespace remoteok_api {

constexpr std::string_view name = "remoteok";
constexpr std::string_view home = "https://remoteok.com";
constexpr std::string_view terms =
    "Whoever shows its postings must link to them and name Remote OK as the "
    "source, without its logo.";

/// The feed is one page of the newest postings; the query is not sent, for
/// all parameters but `tag` are ignored.
expected<std::vector<page_request>> plan(const plan_context& context) {
  page_request request;
  request.request.url = base_or(context.base_url, home) + "/api";
  return std::vector<page_request>{std::move(request)};
}

std::string plain(json_value job, std::string_view field) {
  return text::decode_entities(text::repair_mojibake(text_at(job, {field})));
}

/// The end of a description asks the reader to mention a tag, which is the
/// base64 of the address that fetched the feed: it is not the employer's text.
std::string description_of(json_value job) {
  auto html = text::repair_mojibake(text_at(job, {"description"}));
  auto request = html.find("Please mention the word");
  if (request == html.npos)
    return html;
  html.resize(request);
  constexpr std::string_view line_break = "<br/>";
  while (html.size() >= line_break.size()
         && html.compare(html.size() - line_break.size(), line_break.size(),
                         line_break)
                == 0)
    html.resize(html.size() - line_break.size());
  return html;
}

/// Yearly US dollars by custom; below about 1,000 it cannot be a year, and
/// zero means that nothing is said.
void read_pay(json_value job, raw_posting& posting) {
  auto positive = [&](std::string_view field) {
    auto amount = number_at(job, {field});
    return amount && *amount > 0 ? amount : std::nullopt;
  };
  constexpr double least_a_year = 1000;
  posting.salary_min = positive("salary_min");
  posting.salary_max = positive("salary_max");
  if (!posting.salary_min && !posting.salary_max)
    return;
  posting.salary_currency = "USD";
  if (posting.salary_max.value_or(*posting.salary_min) >= least_a_year)
    posting.salary_period = "year";
}

raw_posting posting_of(json_value job, const parse_context& context) {
  auto posting = begin_posting(name, context);
  posting.source_id = text_at(job, {"id"});
  posting.title = plain(job, "position");
  posting.company = plain(job, "company");
  posting.location = plain(job, "location");
  if (!posting.location.empty())
    posting.locations = {posting.location};
  posting.posted = text_at(job, {"date"});
  if (posting.posted.empty())
    posting.posted = text_at(job, {"epoch"});
  posting.url = text_at(job, {"url"});
  posting.application_url = text_at(job, {"apply_url"});
  posting.description_html = description_of(job);
  posting.remote = true;
  for (auto tag : items_at(job, {"tags"}))
    posting.tags.push_back(text_of(tag));
  read_pay(job, posting);
  extra_writer extra;
  extra.text("slug", text_at(job, {"slug"}));
  extra.text("logo", text_at(job, {"company_logo"}));
  extra.flag("verified", flag_at(job, {"verified"}));
  posting.extra = extra.finish();
  return posting;
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  if (!document->root().is_array())
    return wrong_envelope(name, payload, "array of postings");
  parsed_page page;
  for (auto item : items_of(document->root())) {
    auto is_notice = !value_at(item, {"id"}) && value_at(item, {"legal"});
    if (!is_notice)
      add_posting(posting_of(item, context), context, page);
  }
  return conclude_list(name, context, std::move(page));
}

constexpr source self = {
    {name, "api", home, true, terms, false, 1, 1, ""},
    plan,
    parse,
};

} // namespace remoteok_api
} // namespace

const source remoteok = remoteok_api::self;

} // namespace jobfarm::sources
