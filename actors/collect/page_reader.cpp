#include "actors/collect/page_reader.hpp"

#include "actors/collect/endless_listing.hpp"
#include "actors/fetch/rate_limit.hpp"
#include "actors/sources/wall.hpp"
#include "actors/text/time.hpp"

namespace jobfarm::collect {

namespace {

using sources::page_request;
using sources::parse_context;
using sources::parsed_page;

answer status_of(const failure& why) {
  switch (why.code) {
    case errc::bot_detected:
    case errc::rate_limited:
    case errc::auth_failed:
    case errc::robots_denied: return answer::blocked;
    case errc::not_found: return answer::gone;
    case errc::schema_changed: return answer::changed;
    default: return answer::partial;
  }
}

/// What came with the refusal: how long it lasts, and whether it only says
/// that the caller was too quick, as some say with 403.
void read_limits(const page_answer& answered, failure& why) {
  auto now = text::parse_utc(answered.fetched_at).value_or(0);
  why.retry_after_s =
      fetch::wait_asked_s(answered.status, answered.headers, now);
  auto limit = fetch::rate_limit_of(answered.headers, now);
  if (answered.status == 403 && why.code == errc::bot_detected
      && limit.remaining == 0 && limit.reset_s)
    why.code = errc::rate_limited;
}

/// How long a good answer asks to be left alone: it was the last one of the
/// limit's time.
std::optional<double> rest_of(const page_answer& answered) {
  auto limit = fetch::rate_limit_of(
      answered.headers, text::parse_utc(answered.fetched_at).value_or(0));
  return limit.remaining == 0 ? limit.reset_s : std::nullopt;
}

page_reading unchanged(const task& asked, const page_answer& answered) {
  page_reading reading;
  reading.outcome.task_id = asked.id;
  reading.outcome.is_unchanged = true;
  reading.outcome.rest_s = rest_of(answered);
  return reading;
}

page_reading failed(const task& asked, failure why) {
  page_reading reading;
  reading.outcome.task_id = asked.id;
  reading.outcome.status = status_of(why);
  reading.outcome.failed = std::move(why);
  return reading;
}

std::string content_type_of(const page_answer& answered) {
  for (const auto& header : answered.headers)
    if (header.name == "content-type")
      return header.value;
  return {};
}

page_request request_of(const task& asked) {
  return {asked.kind,        asked.request,
          asked.page,        asked.collected_before,
          asked.listed,      asked.modified_at,
          asked.shown_before};
}

std::vector<task> tasks_of(const task& asked, parsed_page& page,
                           const std::string& configured_base_url) {
  job_query query;
  query.query_id = asked.query_id;
  const board target{asked.source, asked.board, asked.company};
  std::vector<task> tasks;
  for (auto& request : page.next) {
    auto host = plan::host_key(request.request.url, configured_base_url);
    auto is_alike =
        request.kind == asked.kind || request.kind == page_kind::detail;
    tasks.push_back(plan::make_task(query, target, host, std::move(request)));
    // A site that needs a browser for its list needs one for its jobs, but not
    // for its sitemap.
    tasks.back().by_browser = asked.by_browser && is_alike;
  }
  return tasks;
}

/// A listing that states more than it gave is not complete, whatever its last
/// page looks like; `ended` is why it was ended before.
void check_total(const task& asked, const parsed_page& page,
                 const std::optional<std::string>& ended,
                 task_outcome& outcome) {
  // A single page that leads to no others holds its posting or does not.
  auto is_listing = asked.kind == page_kind::list || !page.next.empty();
  if (!is_listing || page.verdict != answer::partial)
    return;
  auto given = asked.collected_before + outcome.handed_out;
  auto text = "board " + asked.board + ": ";
  if (ended)
    text += *ended;
  else if (page.total_stated)
    text += "states " + std::to_string(*page.total_stated) + " postings, gave "
            + std::to_string(given);
  else
    text += "gave only a part of its postings";
  outcome.shortfall = fail(errc::bad_payload, std::move(text));
}

} // namespace

page_reading read_page(const task& asked, const page_answer& answered,
                       const plan::source_settings_map& settings) {
  if (answered.status == 304 && asked.known)
    return unchanged(asked, answered);
  const auto* source = sources::find_source(asked.source);
  if (!source)
    return failed(asked,
                  fail(errc::internal, "no source is called " + asked.source));
  sources::answer_facts facts;
  facts.status = answered.status;
  facts.request_url = asked.request.url;
  facts.final_url = answered.final_url;
  facts.content_type = content_type_of(answered);
  // A job page may answer from any host, an API only from its own.
  facts.may_move = source->traits.base_url.empty();
  facts.headers = answered.headers;
  facts.body = answered.body;
  if (auto wall = sources::judge_answer(facts)) {
    wall->status = answered.status;
    read_limits(answered, *wall);
    return failed(asked, *std::move(wall));
  }

  auto request = request_of(asked);
  parse_context context;
  context.board = asked.board;
  context.company = asked.company;
  context.url = answered.final_url;
  context.fetched_at = answered.fetched_at;
  context.base_url = plan::base_url_of(*source, settings);
  context.status = answered.status;
  context.content_type = content_type_of(answered);
  context.asked = &request;
  context.sitemaps = answered.sitemaps;
  context.readable_behind = answered.readable_behind;
  auto page = source->parse(answered.body, context);
  if (!page)
    return failed(asked, page.error());
  auto ended = end_endless(asked, *page);
  if (ended)
    page->verdict = answer::partial;

  page_reading reading;
  auto& outcome = reading.outcome;
  outcome.task_id = asked.id;
  outcome.status = page->verdict;
  outcome.total_stated = page->total_stated;
  outcome.rejections = std::move(page->rejections);
  outcome.rest_s = rest_of(answered);
  outcome.bytes = static_cast<std::int64_t>(answered.body.size());
  auto configured = settings.find(asked.source);
  outcome.next_tasks =
      tasks_of(asked, *page,
               configured == settings.end() ? "" : configured->second.base_url);
  reading.raw = std::move(page->postings);
  // The detail page of a listed posting hands nothing new out.
  if (!asked.listed) {
    outcome.handed_out = static_cast<std::int64_t>(reading.raw.size()
                                                   + outcome.rejections.size());
    for (const auto& next : outcome.next_tasks)
      outcome.handed_out += next.listed.has_value();
  }
  check_total(asked, *page, ended, outcome);
  return reading;
}

} // namespace jobfarm::collect
