#include "actors/sources/api_common.hpp"
#include "actors/sources/api_sources.hpp"
#include "actors/sources/extra_writer.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/text/entities.hpp"
#include "actors/text/hash.hpp"
#include "actors/text/utf8.hpp"

#include <cmath>
#include <cstdlib>

namespace jobfarm::sources {

namespace {
namespace careerjet_api {

constexpr std::string_view name = "careerjet";
constexpr std::string_view home = "https://search.api.careerjet.net";
constexpr std::string_view terms =
    "Needs a publisher's key; made for showing results to a person, links must "
    "not be rewritten, bulk storing is outside its purpose.";
/// Pages end at 10 whatever a search holds.
constexpr std::int64_t last_page = 10;

expected<std::vector<page_request>> plan(const plan_context& context) {
  page_request request;
  request.request.url =
      with_query(base_or(context.base_url, home) + "/v4/query",
                 {{"keywords", context.text},
                  {"location", context.location},
                  {"locale_code", "en_US"},
                  {"sort", "date"},
                  {"page_size", "100"},
                  {"page", "1"}});
  request.request.credential = name;
  return std::vector<page_request>{std::move(request)};
}

std::string plain(json_value job, std::string_view field) {
  return text::collapse_space(text::decode_entities(text_at(job, {field})));
}

/// Links differ per request and affiliate, so a posting is known by what it
/// says: title, company, place and day.
std::string identity_of(const raw_posting& posting) {
  // "Fri, 26 Mar 2021 06:30:11 GMT": the day is in the first 16 characters.
  auto key = text::fold(posting.title) + '\n' + text::fold(posting.company)
             + '\n' + text::fold(posting.location) + '\n'
             + posting.posted.substr(0, 16);
  return text::hash_hex(key);
}

/// An excerpt is cut in the middle, sometimes inside a tag: "B>software".
std::string excerpt_of(json_value job) {
  auto html = text_at(job, {"description"});
  auto close = html.find('>');
  auto open = html.find('<');
  constexpr std::size_t longest_rest_of_tag = 8;
  if (close < open && close < longest_rest_of_tag)
    html.erase(0, close + 1);
  return html;
}

std::string period_of(json_value job) {
  auto code = text_at(job, {"salary_type"});
  for (const auto& [letter, period] :
       {std::pair{"Y", "year"}, std::pair{"M", "month"}, std::pair{"W", "week"},
        std::pair{"D", "day"}, std::pair{"H", "hour"}})
    if (code == letter)
      return period;
  return {};
}

/// Amounts come as numbers, as texts or as null.
std::optional<double> amount_at(json_value job, std::string_view field) {
  auto text = text_at(job, {field});
  char* end = nullptr;
  auto amount = std::strtod(text.c_str(), &end);
  auto is_amount = !text.empty() && *end == '\0' && std::isfinite(amount);
  return is_amount && amount > 0 ? std::optional{amount} : std::nullopt;
}

raw_posting posting_of(json_value job, const parse_context& context) {
  auto posting = begin_posting(name, context);
  posting.title = plain(job, "title");
  posting.company = plain(job, "company");
  posting.location = plain(job, "locations");
  if (!posting.location.empty())
    posting.locations = {posting.location};
  posting.posted = text_at(job, {"date"});
  posting.url = text_at(job, {"url"});
  posting.description_html = excerpt_of(job);
  posting.salary = plain(job, "salary");
  posting.salary_min = amount_at(job, "salary_min");
  posting.salary_max = amount_at(job, "salary_max");
  posting.salary_currency = text_at(job, {"salary_currency_code"});
  if (posting.salary_min || posting.salary_max)
    posting.salary_period = period_of(job);
  posting.source_id = identity_of(posting);
  extra_writer extra;
  extra.text("site", text_at(job, {"site"}));
  extra.text("description_is", "excerpt");
  posting.extra = extra.finish();
  return posting;
}

/// Page by what came back and by `pages`, not by what was asked.
void plan_next(json_value root, const parse_context& context,
               parsed_page& page) {
  auto url = asked_url(context);
  auto here = query_number(url, "page").value_or(1);
  auto pages = count_at(root, {"pages"}).value_or(1);
  if (url.empty() || here >= pages || here >= last_page
      || records_in(page) == 0)
    return;
  page.next.push_back(
      next_page(context, with_number(url, "page", here + 1), records_in(page)));
}

failure refused(json_value root) {
  if (text_at(root, {"type"}) == "LOCATIONS")
    return fail(errc::invalid_input,
                "careerjet made no search: the location is ambiguous or "
                "unknown to it");
  auto error = text_at(root, {"error"});
  return fail(errc::http_error,
              "careerjet refused: "
                  + (error.empty() ? "no reason given" : error.substr(0, 200)));
}

expected<parsed_page> parse(std::string_view payload,
                            const parse_context& context) {
  auto document = read_api_body(name, payload, context);
  if (!document)
    return document.error();
  auto root = document->root();
  auto type = text_at(root, {"type"});
  if (type == "LOCATIONS" || type == "ERROR")
    return refused(root);
  parsed_page page;
  auto jobs = root.is_array() ? std::optional{root} : value_at(root, {"jobs"});
  // A single posting by itself is read too: exports of it look like that.
  if (!jobs && value_at(root, {"title"}) && value_at(root, {"url"}))
    jobs = root;
  if (!jobs || !(jobs->is_array() || jobs->is_object()))
    return wrong_envelope(name, payload, "list of jobs");
  for (auto job : items_of(*jobs))
    add_posting(posting_of(job, context), context, page);
  if (!root.is_array())
    plan_next(root, context, page);
  auto hits = root.is_array() ? std::nullopt : count_at(root, {"hits"});
  // More hits than ten pages can show are not what a search can promise.
  auto is_promise = hits && *hits <= 1000 && context.asked;
  if (is_promise || (hits && records_in(page) == 0))
    page.total_stated = hits;
  return conclude_list(name, context, std::move(page));
}

constexpr source self = {
    {name, "api", home, true, terms, false, 1, 1, name},
    plan,
    parse,
};

} // namespace careerjet_api
} // namespace

const source careerjet = careerjet_api::self;

} // namespace jobfarm::sources
