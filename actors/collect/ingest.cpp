#include "actors/collect/ingest.hpp"

#include "actors/collect/board_reading.hpp"
#include "actors/collect/host_pauses.hpp"
#include "actors/collect/page_memory.hpp"
#include "actors/collect/read_pages.hpp"
#include "actors/collect/record_id.hpp"
#include "actors/collect/settlement.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace jobfarm::collect {

namespace {

/// Failures that the ledger remembers of a task: the first and the last ones.
constexpr std::size_t longest_history = 16;

/// No pool has as many tiers.
constexpr std::int32_t highest_tier = 100;

/// What another node may have got wrong, and what would be refused only when
/// some postings are placed.
std::optional<failure> problem_of(const task_outcome& outcome) {
  for (const auto& one : outcome.postings)
    if (!record_of(one.id))
      return fail(errc::invalid_input,
                  "id \"" + one.id + "\" is not 32 hex digits");
  return std::nullopt;
}

/// That a host asks for a longer wait than we grant it.
std::string cap_text(double asked_s, std::chrono::milliseconds granted) {
  // Beyond any number of seconds that is meant.
  constexpr double most_s = 1e15;
  return "; it asks for "
         + std::to_string(static_cast<std::int64_t>(std::min(asked_s, most_s)))
         + " s, it is left alone for " + std::to_string(granted.count() / 1000)
         + " s, the most of recovery.longest_retry_after";
}

} // namespace

ingest::ingest(ingest_config config, std::shared_ptr<const store::store> disk,
               std::shared_ptr<const normalize::normalizer> rules)
    : config_(config),
      disk_(disk),
      rules_(std::move(rules)),
      view_(std::move(disk)),
      index_({config.rule, config.threshold}, view_),
      random_(config.seed) {
}

expected<settled_task> ingest::accept(finished_task finished,
                                      const std::string& now) {
  if (auto problem = problem_of(finished.outcome))
    return *problem;
  auto settled = begin_settlement(finished);
  auto is_late = view_.is_settled(finished.task.query_id, finished.task.id);
  if (!is_late)
    return is_late.error();
  if (*is_late) {
    settled.result.is_done = false;
    return settled;
  }
  now_ = now;
  auto asked = query_of(finished.task.query_id);
  if (!asked)
    return asked.error();
  asked_ = *asked;
  auto page = report_of(finished);
  if (auto done = settle(finished, settled); !done)
    return done.error();
  tell(page, settled);
  return settled;
}

expected<void> ingest::settle(finished_task& finished, settled_task& settled) {
  const auto& outcome = finished.outcome;
  if (outcome.failed)
    return settle_failure(finished, settled);
  if (settled.answer.rest)
    if (auto kept = keep_rest(
            settled.host,
            std::chrono::ceil<std::chrono::milliseconds>(*settled.answer.rest),
            now_);
        !kept)
      return kept;
  return outcome.is_unchanged ? settle_unchanged(finished, settled)
                              : settle_result(finished, settled);
}

void ingest::tell(const watch::page_report& page,
                  const settled_task& settled) const {
  const auto& result = settled.result;
  if (config_.told)
    config_.told->on_settled(page, result, result.is_done,
                             result.is_done && result.failed);
}

/// What went wrong with a task before, and now.
expected<std::vector<failure>> ingest::failures_of(const task& failed,
                                                   const failure& why) const {
  auto record = disk_->task(failed.query_id, failed.id);
  if (!record)
    return record.error();
  std::vector<failure> history;
  if (*record)
    history = std::move((*record)->history);
  if (history.size() >= longest_history)
    history.erase(history.begin() + 1);
  history.push_back(why);
  return history;
}

expected<void> ingest::keep_rest(const std::string& host,
                                 std::chrono::milliseconds left,
                                 const std::string& now) {
  auto wait = std::chrono::ceil<std::chrono::seconds>(left);
  return keep_pause(view_, host,
                    text::parse_utc(now).value_or(0) + wait.count());
}

/// What a host asked for itself is on disk with the answer that said so.
expected<void> ingest::keep_wait(const settled_task& refused) {
  const auto& decision = refused.decision;
  if (decision.what != supervise::decision::kind::pause_host
      || !decision.is_fixed)
    return {};
  return keep_rest(refused.host, decision.delay, now_);
}

supervise::task_history ingest::history_of(const task& failed,
                                           std::int32_t attempts) {
  using supervise::browser_choice;
  std::uniform_real_distribution<double> jitter(0, 1);
  const auto* source = sources::find_source(failed.source);
  supervise::task_history made;
  made.attempt = attempts;
  made.random = jitter(random_);
  made.stops_when_blocked = source && source->traits.stops_when_blocked;
  if (failed.by_browser)
    made.browser = browser_choice::taken;
  else if (plan::may_use_browser(failed.source, config_.sources))
    made.browser =
        has_browsers_ ? browser_choice::possible : browser_choice::missing;
  return made;
}

expected<void> ingest::settle_failure(finished_task& finished,
                                      settled_task& settled) {
  auto& why = *finished.outcome.failed;
  if (!finished.is_final)
    settled.decision = supervise::decide(
        why, history_of(finished.task, settled.result.attempts),
        config_.recovery);
  if (settled.decision.is_capped)
    why.detail += cap_text(*why.retry_after_s, settled.decision.delay);
  if (settled.decision.misses_browser)
    why.detail += "; a browser may see more of it, but no node has one "
                  "(apt-get install chromium chromium-driver)";
  settled.result.failed = why;
  auto history = failures_of(finished.task, why);
  if (!history)
    return history.error();
  if (auto kept = keep_wait(settled); !kept)
    return kept;
  if (!settled.decision.is_final()) {
    settled.result.is_done = false;
    settled.again = finished.task;
    settled.again->attempt += !supervise::was_not_asked(why);
    settled.again->by_browser |= settled.decision.by_browser;
    if (why.code == errc::bot_detected)
      settled.again->proxy_tier =
          std::min(settled.again->proxy_tier + 1, highest_tier);
    view_.put_task({*settled.again, task_state::ready, *std::move(history)});
    return {};
  }
  // What the list said of the posting is kept although its page failed.
  if (auto listed = finished.task.listed) {
    if (auto posting = rules_->normalize(*listed)) {
      std::vector<job_posting> one;
      one.push_back(*std::move(posting));
      auto how = why.code == errc::not_found ? reading::gone : reading::listed;
      if (auto kept =
              keep_postings(std::move(one), finished.task, how, settled);
          !kept)
        return kept;
    } else {
      keep_rejections({{listed->source, listed->source_id, listed->board,
                        listed->url, posting.error().detail}},
                      settled);
    }
  }
  if (auto closed = close_gone(finished.task, why); !closed)
    return closed;
  auto record =
      record_of(std::move(finished.task), task_state::dead, settled.result);
  record.history = *std::move(history);
  view_.put_task(std::move(record));
  return {};
}

expected<void> ingest::settle_result(finished_task& finished,
                                     settled_task& settled) {
  auto& outcome = finished.outcome;
  settled.result.handed_out = outcome.handed_out;
  settled.result.shortfall = outcome.shortfall;
  auto here = board_page_of(finished.task, outcome);
  auto listing = listing_read(finished.task, outcome, asked_->query);
  const auto is_remembered = is_worth_remembering(finished.task);
  const auto is_version = outcome.version && outcome.rejections.empty();
  page_yield gave;
  if (is_remembered || is_version)
    for (const auto& one : outcome.postings)
      gave.records.push_back(one.id);
  if (is_version && !outcome.next_tasks.empty())
    gave.next = outcome.next_tasks.front();
  keep_rejections(std::move(outcome.rejections), settled);
  if (auto kept = keep_postings(std::move(outcome.postings), finished.task,
                                reading::whole, settled, finished.prints);
      !kept)
    return kept;
  if (auto planned = plan_next(std::move(outcome.next_tasks), settled);
      !planned)
    return planned;
  if (auto judged = judge_board(finished.task, here, listing, settled); !judged)
    return judged;
  const auto now = text::parse_utc(now_).value_or(0);
  if (is_remembered && !settled.result.shortfall)
    remember_page(view_, finished.task, gave.records, now);
  if (is_version && !settled.result.shortfall)
    remember_read(view_, finished.task, *outcome.version, gave, now);
  view_.put_task(
      record_of(std::move(finished.task), task_state::done, settled.result));
  return {};
}

/// Settles a page that is what it was when it was read: it shows what it
/// showed.
expected<void> ingest::settle_unchanged(finished_task& finished,
                                        settled_task& settled) {
  const auto& page = finished.task;
  auto gave = yield_of_known(view_, page);
  if (!gave)
    return gave.error();
  auto seen = *gave ? see_again((*gave)->records, settled)
                    : std::optional<seen_records>{};
  if (!seen)
    return seen.error();
  if (!*seen)
    return read_whole(page, settled);
  auto& outcome = finished.outcome;
  if (!page.listed)
    outcome.handed_out = static_cast<std::int64_t>((*seen)->size());
  settled.result.handed_out = outcome.handed_out;
  if (auto& next = (*gave)->next)
    outcome.next_tasks.push_back(*std::move(next));
  auto here = board_page_of(page, outcome);
  if (here)
    for (const auto& one : **seen)
      here->names.push_back(name_of(*one));
  auto listing = listing_read(page, outcome, asked_->query);
  if (auto planned = plan_next(std::move(outcome.next_tasks), settled);
      !planned)
    return planned;
  if (auto judged = judge_board(page, here, listing, settled); !judged)
    return judged;
  view_.put_task(
      record_of(std::move(finished.task), task_state::done, settled.result));
  return {};
}

/// Judges whether what a board shows is to be believed: by its records where it
/// shows all of them, else by how many there were before.
expected<void> ingest::judge_board(const task& from,
                                   const std::optional<board_page>& here,
                                   const std::optional<read_listing>& listing,
                                   settled_task& settled) {
  auto shown = read_board(view_, from, here);
  if (!shown)
    return shown.error();
  expected<std::optional<failure>> suspicion{std::nullopt};
  if (*shown)
    suspicion = index_.board_read(from.source, from.board, **shown, now_);
  else if (listing)
    suspicion = judge_listing(view_, *listing);
  if (!suspicion)
    return suspicion.error();
  if (*suspicion)
    settled.result.shortfall = *std::move(suspicion);
  return {};
}

void ingest::keep_rejections(std::vector<rejection> rejections,
                             settled_task& settled) {
  settled.result.rejected += static_cast<std::int64_t>(rejections.size());
  auto& all = view_.open().rejections;
  for (auto& one : rejections)
    all.push_back({settled.query_id, std::move(one)});
}

expected<void> ingest::keep_postings(std::vector<job_posting> postings,
                                     const task& from, reading how,
                                     settled_task& settled,
                                     const page_prints& texts) {
  // They are what the batch holds: none is moved, all go together.
  const auto page =
      std::make_shared<const std::vector<job_posting>>(std::move(postings));
  const auto before = settled.result.seen_again;
  auto placed =
      index_.place_all(page, texts, from.board, how,
                       [&](const auto& posting, const auto& became) {
                         return count_placed(posting, became, settled);
                       });
  if (config_.prints && !page->empty())
    config_.prints->note(page->size(), static_cast<std::size_t>(
                                           settled.result.seen_again - before));
  return placed;
}

expected<void> ingest::count_placed(const job_posting& posting,
                                    const placement& became,
                                    settled_task& settled) {
  // The sums over all tasks are the numbers of postings and of other sightings,
  // whatever came first.
  auto& result = settled.result;
  result.stored += became.stored;
  result.merged += !became.seen_again - became.stored;
  result.seen_again += became.seen_again;
  if (!asked_ || !asked_->match(posting))
    return {};
  auto is_news =
      index_.found(settled.query_id, became.posting_id, became.is_new);
  if (!is_news)
    return is_news.error();
  // The query may not have found yet what a record that it sees now leaves.
  auto more = became.seen_again ? std::max<std::int64_t>(became.stored, 0)
                                : became.stored;
  // What the store had already is new to this query, once.
  result.found += *is_news ? std::max<std::int64_t>(more, 1) : more;
  return {};
}

expected<const ingest::asked_query*>
ingest::query_of(const std::string& query_id) {
  auto known = queries_.find(query_id);
  if (known != queries_.end())
    return &known->second;
  auto record = disk_->query(query_id);
  if (!record)
    return record.error();
  auto query = *record ? (*record)->query : job_query{};
  plan::query_match match(query, text::parse_utc(now_).value_or(0),
                          &rules_->places());
  return &queries_
              .emplace(query_id,
                       asked_query{std::move(query), std::move(match)})
              .first->second;
}

} // namespace jobfarm::collect
