#include "actors/sources/ascii.hpp"
#include "actors/sources/indeed_posting.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/sources/page_sources.hpp"
#include "actors/sources/page_text.hpp"
#include "actors/sources/tag_reader.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/url.hpp"

#include <charconv>
#include <set>
#include <utility>

namespace jobfarm::sources {

namespace {
namespace indeed_pages {

constexpr std::string_view name = "indeed";
constexpr std::string_view home = "https://www.indeed.com";
// `start` counts in tens whatever a page shows; results end near 1,000.
constexpr std::int64_t page_step = 10;
constexpr std::int64_t last_start = 990;
constexpr std::int64_t day_s = 86400;

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto what = context.text.empty() ? context.board.token : context.text;
  if (what.empty() && context.location.empty())
    return fail(errc::invalid_input, "plan indeed: nothing to search for");
  std::string days;
  if (context.posted_within_s)
    days = std::to_string((*context.posted_within_s + day_s - 1) / day_s);
  std::string base =
      context.base_url.empty() ? std::string{home} : context.base_url;
  page_request request;
  request.request.url = with_query(
      base + "/jobs", {{"q", what},
                       {"l", context.remote_only && context.location.empty()
                                 ? "remote"
                                 : context.location},
                       {"sort", "date"},
                       {"fromage", days},
                       {"start", "0"}});
  return std::vector<page_request>{std::move(request)};
}

std::string host_of(const parse_context& context) {
  auto host = text::authority_of(asked_url(context));
  return ends(host, "indeed.com") ? host : "www.indeed.com";
}

/// Postings that the search holds, by the page's own count; 0 if unknown.
std::int64_t total_in(std::string_view payload) {
  constexpr std::string_view key = "\"totalJobCount\":";
  auto pos = payload.find(key);
  std::int64_t total = 0;
  if (pos != payload.npos)
    std::from_chars(payload.data() + pos + key.size(),
                    payload.data() + payload.size(), total);
  return total;
}

/// The page after this one and the pages of the cards themselves. A search
/// that the site shows only the beginning of is partial.
void plan_next(std::string_view payload, const parse_context& context,
               parsed_page& page) {
  auto url = asked_url(context);
  auto next = query_number(url, "start").value_or(0) + page_step;
  auto total = total_in(payload);
  bool has_more = next < total || contains(payload, "rel=\"next\"");
  auto count = listed_on(page);
  plan_details(context, page, [&](const raw_posting& one) {
    auto base = context.base_url.empty() ? "https://" + host_of(context)
                                         : context.base_url;
    return base + "/viewjob?jk=" + one.source_id;
  });
  if (url.empty() || !has_more)
    return;
  if (count == 0 || next > last_start) {
    page.verdict = answer::partial;
    if (total > 0)
      page.total_stated = total;
    return;
  }
  page.next.push_back(
      next_page(context, with_number(url, "start", next), count));
}

/// Adds what a card gave; sponsored cards may come twice on one page.
void add(expected<raw_posting> card, const std::string& id,
         const parse_context& context, std::set<std::string>& seen,
         parsed_page& page) {
  if (!card && card.error().code != errc::not_found) {
    reject_unreadable(name, context, id, card.error().detail, page);
    return;
  }
  if (!card) {
    page.rejections.push_back(
        reject_record(name, context, id, card.error().detail));
    return;
  }
  if (!seen.insert(card->source_id).second) {
    page.rejections.push_back(
        reject_record(name, context, id, "repeated on this page"));
    return;
  }
  page.postings.push_back(finished(std::move(*card), context));
}

/// A page whose every card was refused is not a page without jobs.
expected<parsed_page> judged(parsed_page page) {
  if (!page.postings.empty())
    return page;
  bool all_expired = true;
  for (const auto& one : page.rejections)
    all_expired = all_expired && one.reason == "expired";
  if (!all_expired)
    return fail(errc::schema_changed, "parse indeed: no card could be read, "
                                          + page.rejections.front().reason);
  page.verdict = answer::empty;
  return page;
}

expected<parsed_page> parse_model(std::string_view json,
                                  std::string_view payload,
                                  const parse_context& context) {
  auto model = json_document::parse(json);
  if (!model)
    return fail(errc::bad_payload, "parse indeed: " + model.error().detail);
  auto results = value_at(
      model->root(), {"metaData", "mosaicProviderJobCardsModel", "results"});
  if (!results || !results->is_array())
    return explain_missing(name, payload, "no model of job cards");
  parsed_page page;
  std::set<std::string> seen;
  auto host = host_of(context);
  for (auto card : items_of(*results))
    add(read_indeed_card(card, host), text_at(card, {"jobkey"}), context, seen,
        page);
  auto result = judged(std::move(page));
  if (!result)
    return result;
  // The first page of a search that holds some shows some.
  bool is_first = query_number(asked_url(context), "start").value_or(0) == 0;
  if (is_first && listed_on(*result) == 0 && result->rejections.empty()
      && total_in(payload) > 0)
    return fail(errc::schema_changed, "parse indeed: the page states "
                                          + std::to_string(total_in(payload))
                                          + " jobs and shows none");
  plan_next(payload, context, *result);
  return result;
}

/// A job page: its model, with what JSON-LD adds.
expected<parsed_page> parse_job(std::string_view payload,
                                const parse_context& context) {
  std::optional<raw_posting> posting;
  auto host = host_of(context);
  if (auto json = assigned_json(payload, "window._initialData"))
    if (auto model = json_document::parse(*json))
      if (auto raw = read_indeed_job(model->root(), host))
        posting = std::move(*raw);
  auto linked = parse_jsonld_page(payload, context);
  if (linked && !linked->postings.empty()) {
    auto& raw = linked->postings.front();
    if (posting) {
      fill_from_listed(*posting, raw);
    } else if (auto key = raw.url.find("jk="); key != raw.url.npos) {
      raw.source = name;
      raw.source_id = raw.url.substr(key + 3, 16);
      raw.url = "https://" + host + "/viewjob?jk=" + raw.source_id;
      posting = std::move(raw);
    }
  }
  if (!posting)
    return explain_missing(name, payload, "neither cards nor a job");
  settle_listed(*posting, context);
  parsed_page page;
  page.kind = page_kind::detail;
  page.postings.push_back(finished(std::move(*posting), context));
  return page;
}

/// The text of the first element after `from` whose class begins with one of
/// `names`, up to `until`.
std::string text_of_class(std::string_view payload, std::size_t from,
                          std::size_t until,
                          std::initializer_list<std::string_view> names) {
  tag_reader tags{payload.substr(0, until), from};
  while (auto tag = tags.next())
    for (auto one : names)
      if (!tag->is_end && has_class(*tag, one, true))
        return one_line(inner_html(payload.substr(0, until), *tag));
  return {};
}

/// A card of the pages of 2021-22, which carried no model: all there is
/// stands in the markup after its `data-jk`.
raw_posting read_markup_card(std::string_view payload, const page_tag& link,
                             std::size_t until, const std::string& host) {
  raw_posting raw;
  raw.source = name;
  raw.source_id = attribute(link, "data-jk").value_or("");
  raw.title = one_line(inner_html(payload.substr(0, until), link));
  if (raw.title.empty())
    raw.title = text_of_class(payload, link.begin, until, {"jobTitle"});
  raw.company = text_of_class(payload, link.begin, until, {"companyName"});
  raw.location = text_of_class(payload, link.begin, until, {"companyLocation"});
  raw.salary = text_of_class(payload, link.begin, until,
                             {"salary-snippet", "salaryText"});
  raw.posted = text_of_class(payload, link.begin, until, {"date"});
  raw.description_html =
      text_of_class(payload, link.begin, until, {"job-snippet"});
  raw.url = "https://" + host + "/viewjob?jk=" + raw.source_id;
  return raw;
}

expected<parsed_page> parse_markup(std::string_view payload,
                                   const parse_context& context) {
  std::vector<page_tag> links;
  tag_reader tags{payload};
  while (auto tag = tags.next())
    if (!tag->is_end && attribute(*tag, "data-jk"))
      links.push_back(std::move(*tag));
  if (links.empty() && says_nothing_found(payload) && !judge_body(payload)) {
    parsed_page page;
    page.verdict = answer::empty;
    return page;
  }
  if (links.empty())
    return explain_missing(name, payload, "neither cards nor a model of them");
  parsed_page page;
  std::set<std::string> seen;
  auto host = host_of(context);
  for (std::size_t i = 0; i < links.size(); ++i) {
    auto until = i + 1 < links.size() ? links[i + 1].begin : payload.size();
    auto raw = read_markup_card(payload, links[i], until, host);
    auto id = raw.source_id;
    if (raw.title.empty())
      add(fail(errc::bad_payload, "card without a title"), id, context, seen,
          page);
    else
      add(std::move(raw), id, context, seen, page);
  }
  auto result = judged(std::move(page));
  if (result)
    plan_next(payload, context, *result);
  return result;
}

expected<parsed_page> parse(std::string_view bytes,
                            const parse_context& context) {
  auto payload = page_text(bytes, context.content_type);
  auto cards =
      assigned_json(payload, "providerData[\"mosaic-provider-jobcards");
  if (!cards)
    cards = assigned_json(payload, "providerData['mosaic-provider-jobcards");
  if (cards && cards->empty())
    return fail(errc::bad_payload, "parse indeed: the cards are cut off");
  if (cards)
    return parse_model(*cards, payload, context);
  auto job = parse_job(payload, context);
  if (job || job.error().code != errc::schema_changed)
    return job;
  return parse_markup(payload, context);
}

const source self{
    searched_site(name, home,
                  "Indeed's terms forbid automated collection: turn it on only "
                  "with its permission."),
    plan, parse};

} // namespace indeed_pages
} // namespace

const source indeed = indeed_pages::self;

} // namespace jobfarm::sources
