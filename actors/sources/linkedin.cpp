#include "actors/sources/ascii.hpp"
#include "actors/sources/linkedin_page.hpp"
#include "actors/sources/page_common.hpp"
#include "actors/sources/page_sources.hpp"
#include "actors/sources/page_text.hpp"
#include "actors/sources/wall.hpp"

#include <set>
#include <utility>

namespace jobfarm::sources {

namespace {
namespace linkedin_pages {

constexpr std::string_view name = "linkedin";
constexpr std::string_view home = "https://www.linkedin.com";
constexpr std::string_view search_path =
    "/jobs-guest/jobs/api/seeMoreJobPostings/search";
// A full page, and where the site stops answering.
constexpr std::size_t full_page = 10;
constexpr std::int64_t last_start = 975;
// An answer past the end of a listing holds markup debris, no text.
constexpr std::size_t max_blank_bytes = 512;

std::string base_of(const std::string& base_url) {
  return base_url.empty() ? std::string{home} : base_url;
}

expected<std::vector<page_request>> plan(const plan_context& context) {
  auto what = context.text.empty() ? context.board.token : context.text;
  if (what.empty() && context.location.empty())
    return fail(errc::invalid_input, "plan linkedin: nothing to search for");
  std::string within;
  if (context.posted_within_s)
    within = "r" + std::to_string(*context.posted_within_s);
  page_request request;
  request.request.url =
      with_query(base_of(context.base_url) + std::string{search_path},
                 {{"keywords", what},
                  {"location", context.location},
                  {"f_TPR", within},
                  {"f_WT", context.remote_only ? "2" : ""},
                  {"sortBy", "DD"},
                  {"start", "0"}});
  return std::vector<page_request>{std::move(request)};
}

/// The number in `/jobs/view/title-at-company-123` or `/jobPosting/123`.
std::string id_in(std::string_view url) {
  url = url.substr(0, url.find_first_of("?#"));
  auto digits = url.find_last_not_of("0123456789");
  return std::string{digits == url.npos ? url : url.substr(digits + 1)};
}

bool is_job_url(std::string_view url) {
  return contains(url, "/jobs/view/") || contains(url, "/jobPosting/");
}

/// A job page shows cards of similar jobs, a search page one job beside its
/// cards: the address decides, else the frame of the search page.
bool is_job_page(std::string_view payload, const parse_context& context) {
  auto url = asked_url(context);
  if (context.asked && context.asked->kind == page_kind::detail)
    return true;
  if (is_job_url(url))
    return true;
  bool has_job = contains(payload, "topcard__title")
                 || contains(payload, "top-card-layout__title");
  return has_job && !contains(url, "/search")
         && !contains(payload, "jobs-search__results-list");
}

expected<parsed_page> parse_job(std::string_view payload,
                                const parse_context& context) {
  auto job = read_linkedin_job(payload);
  if (!job)
    return explain_missing(name, payload, "no job on the page");
  if (context.asked && context.asked->listed)
    job->source_id = context.asked->listed->source_id;
  else if (is_job_url(context.url))
    job->source_id = id_in(context.url);
  if (is_linkedin_job_closed(payload))
    return fail(errc::not_found, "parse linkedin: job " + job->source_id
                                     + " takes no more applications");
  if (!job->source_id.empty())
    job->url = std::string{home} + "/jobs/view/" + job->source_id;
  if (auto linked = parse_jsonld_page(payload, context))
    fill_from_listed(*job, linked->postings.front());
  if (context.asked && context.asked->listed) {
    // The card's day is worth more than the page's "1 week ago".
    if (!context.asked->listed->posted.empty())
      job->posted = context.asked->listed->posted;
    fill_from_listed(*job, *context.asked->listed);
  }
  parsed_page page;
  page.kind = page_kind::detail;
  page.postings.push_back(finished(std::move(*job), context));
  return page;
}

/// The card's posting and the request for its text.
page_request plan_detail(raw_posting card, const parse_context& context) {
  if (contains(asked_url(context), "f_WT=2"))
    card.remote = true;
  page_request request;
  request.kind = page_kind::detail;
  request.request.url = base_of(context.base_url)
                        + "/jobs-guest/jobs/api/jobPosting/" + card.source_id;
  request.listed = finished(std::move(card), context);
  return request;
}

/// Nothing after a page that gave cards is the end of the listing; nothing at
/// the start may as well be a refusal.
expected<parsed_page> parse_blank(std::string_view payload,
                                  const parse_context& context) {
  auto start = query_number(asked_url(context), "start").value_or(0);
  bool is_blank = payload.size() <= max_blank_bytes && !judge_body(payload);
  if (start == 0 || !is_blank)
    return explain_missing(name, payload, "no cards");
  parsed_page page;
  page.verdict = answer::empty;
  return page;
}

void plan_next(std::size_t cards, const parse_context& context,
               parsed_page& page) {
  auto url = asked_url(context);
  auto next =
      query_number(url, "start").value_or(0) + static_cast<std::int64_t>(cards);
  if (url.empty() || cards < full_page)
    return;
  // The site answers no further, whatever the search holds.
  if (next > last_start) {
    page.verdict = answer::partial;
    return;
  }
  page.next.push_back(next_page(context, with_number(url, "start", next),
                                static_cast<std::int64_t>(cards)));
}

expected<parsed_page> parse(std::string_view bytes,
                            const parse_context& context) {
  auto payload = page_text(bytes, context.content_type);
  if (is_job_page(payload, context))
    return parse_job(payload, context);
  auto cards = read_linkedin_cards(payload);
  if (cards.postings.empty() && cards.unreadable == 0)
    return parse_blank(payload, context);
  if (cards.postings.empty())
    return fail(errc::schema_changed, "parse linkedin: no card has a title");
  parsed_page page;
  std::set<std::string> seen;
  auto count = cards.postings.size();
  for (auto& card : cards.postings) {
    if (seen.insert(card.source_id).second)
      page.next.push_back(plan_detail(std::move(card), context));
    else
      page.rejections.push_back(reject_record(name, context, card.source_id,
                                              "repeated on this page"));
  }
  for (int i = 0; i < cards.unreadable; ++i)
    reject_unreadable(name, context, {}, "card without number or title", page);
  plan_next(count, context, page);
  return page;
}

source_traits traits() {
  auto facts =
      searched_site(name, home,
                    "LinkedIn's robots.txt and user agreement forbid automated "
                    "access without written permission.");
  facts.stops_when_blocked = true;
  return facts;
}

const source self{traits(), plan, parse};

} // namespace linkedin_pages
} // namespace

const source linkedin = linkedin_pages::self;

} // namespace jobfarm::sources
