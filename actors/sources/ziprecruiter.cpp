#include "actors/sources/ascii.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/sources/page_sources.hpp"
#include "actors/sources/page_text.hpp"
#include "actors/sources/wall.hpp"
#include "actors/sources/ziprecruiter_card.hpp"
#include "actors/sources/ziprecruiter_models.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace jobfarm::sources {

namespace {
namespace ziprecruiter_pages {

constexpr std::string_view name = "ziprecruiter";
constexpr std::string_view home = "https://www.ziprecruiter.com";
constexpr std::int64_t day_s = 86400;
// No search worth its requests goes further; the site shows some 50 pages.
constexpr std::int64_t last_page = 100;

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto what = context.text.empty() ? context.board.token : context.text;
  if (what.empty() && context.location.empty())
    return fail(errc::invalid_input,
                "plan ziprecruiter: nothing to search for");
  std::string days;
  if (context.posted_within_s)
    days = std::to_string((*context.posted_within_s + day_s - 1) / day_s);
  auto base = context.base_url.empty() ? std::string{home} : context.base_url;
  page_request request;
  request.request.url = with_query(
      base + "/jobs-search",
      {{"search", what},
       {"location", context.location},
       {"refine_by_location_type", context.remote_only ? "only_remote" : ""},
       {"days", days},
       {"page", "1"}});
  return std::vector<page_request>{std::move(request)};
}

void plan_next(const ziprecruiter_model& model, const parse_context& context,
               parsed_page& page) {
  auto url = asked_url(context);
  auto number =
      query_number(url, "page").value_or(std::max<std::int64_t>(model.page, 1));
  auto count = listed_on(page);
  plan_details(context, page, [&](const raw_posting& one) {
    // Where a configuration moved the site, its job pages moved with it.
    return begins(one.url, home) && !context.base_url.empty()
               ? context.base_url + one.url.substr(home.size())
               : one.url;
  });
  if (url.empty() || number >= model.page_count)
    return;
  if (count == 0 || number >= last_page) {
    page.verdict = answer::partial;
    return;
  }
  page.next.push_back(
      next_page(context, with_number(url, "page", number + 1), count));
}

void add(json_value card, const ziprecruiter_model& model,
         const parse_context& context, std::set<std::string>& seen,
         parsed_page& page) {
  auto key = text_at(card, {"listingKey"});
  std::string full_text;
  if (model.job && model.job_key == key && seen.count(key) == 0)
    full_text = text_at(*model.job, {"htmlFullDescription"});
  auto raw = read_ziprecruiter_card(card, std::string{home}, full_text);
  if (!raw && raw.error().code != errc::not_found) {
    reject_unreadable(name, context, key, raw.error().detail, page);
  } else if (!raw) {
    page.rejections.push_back(
        reject_record(name, context, key, raw.error().detail));
  } else if (!seen.insert(key).second) {
    page.rejections.push_back(
        reject_record(name, context, key, "repeated on this page"));
  } else {
    page.postings.push_back(finished(std::move(*raw), context));
  }
}

expected<parsed_page> parse_list(const ziprecruiter_model& model,
                                 const parse_context& context) {
  parsed_page page;
  std::set<std::string> seen;
  for (auto card : model.cards)
    add(card, model, context, seen, page);
  page.total_stated = model.listing_count;
  bool is_unread =
      page.postings.empty()
      && (model.listing_count.value_or(0) > 0 || !page.rejections.empty());
  if (is_unread)
    return fail(errc::schema_changed,
                "parse ziprecruiter: no card could be read");
  if (page.postings.empty())
    page.verdict = answer::empty;
  plan_next(model, context, page);
  return page;
}

expected<parsed_page> parse_job(json_value job, const parse_context& context) {
  auto raw = read_ziprecruiter_card(job, std::string{home});
  if (!raw)
    return fail(raw.error().code, "parse ziprecruiter: " + raw.error().detail);
  settle_listed(*raw, context);
  if (raw->url.empty())
    raw->url = context.url;
  parsed_page page;
  page.kind = page_kind::detail;
  page.postings.push_back(finished(std::move(*raw), context));
  return page;
}

/// Job pages of the site carry JSON-LD; lists carry names and addresses only.
expected<parsed_page> parse_linked(std::string_view payload,
                                   const parse_context& context,
                                   const failure& why) {
  auto page = parse_jsonld_page(payload, context);
  if (!page) {
    auto missing = explain_missing(name, payload, "no model of job cards");
    return missing.code == errc::schema_changed ? why : missing;
  }
  // A list is not the job that was asked for.
  if (context.asked && context.asked->listed && page->kind != page_kind::detail)
    return why;
  for (auto& raw : page->postings) {
    raw.source = name;
    settle_listed(raw, context);
  }
  return page;
}

expected<parsed_page> parse(std::string_view bytes,
                            const parse_context& context) {
  auto payload = page_text(bytes, context.content_type);
  auto model = read_ziprecruiter_model(payload);
  if (!model)
    return model.error().code == errc::schema_changed
               ? parse_linked(payload, context, model.error())
               : expected<parsed_page>{model.error()};
  if (model->has_cards)
    return parse_list(*model, context);
  if (model->job)
    return parse_job(*model->job, context);
  return explain_missing(name, payload, "neither cards nor a job");
}

const source self{
    searched_site(name, home,
                  "ZipRecruiter's robots.txt and terms forbid automated "
                  "collection."),
    plan, parse};

} // namespace ziprecruiter_pages
} // namespace

const source ziprecruiter = ziprecruiter_pages::self;

} // namespace jobfarm::sources
