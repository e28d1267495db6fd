#include "actors/collect/ingest.hpp"

#include "actors/collect/host_pauses.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/time.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::collect {

namespace {

/// Failures that the ledger remembers of a task: the first and the last ones.
constexpr std::size_t longest_history = 16;

/// No pool has as many tiers.
constexpr std::int32_t highest_tier = 100;

/// The most that a good answer can make us wait, like a refusal.
constexpr double longest_rest_s = 3600;

plan::host_answer answer_of(const task_outcome& outcome) {
  using std::chrono::duration_cast;
  plan::host_answer answer;
  answer.verdict = outcome.failed ? supervise::verdict_on_host(*outcome.failed)
                                  : supervise::host_verdict::well;
  if (outcome.timings.fetch_us > 0)
    answer.latency = std::chrono::microseconds{outcome.timings.fetch_us};
  // Bounded before it is counted in nanoseconds.
  auto bounded = [](double seconds, double most) {
    return duration_cast<plan::duration>(
        std::chrono::duration<double>(std::clamp(seconds, 0.0, most)));
  };
  if (outcome.crawl_delay_s)
    answer.crawl_delay = bounded(*outcome.crawl_delay_s, 86'400);
  if (outcome.rest_s)
    answer.rest = bounded(*outcome.rest_s, longest_rest_s);
  return answer;
}

/// Far more than one batch plans.
constexpr std::size_t most_unwritten_tasks = 50'000;

settled_task begin_settlement(const finished_task& finished) {
  const auto& outcome = finished.outcome;
  settled_task settled;
  settled.query_id = finished.task.query_id;
  settled.task_id = finished.task.id;
  settled.answer = answer_of(outcome);
  settled.host = finished.task.host;
  settled.lease = outcome.lease;
  auto& result = settled.result;
  result.source = finished.task.source;
  result.board = finished.task.board;
  result.kind = finished.task.kind;
  result.attempts = finished.task.attempt + 1;
  result.bytes = outcome.bytes;
  return settled;
}

watch::page_report report_of(const finished_task& finished) {
  const auto& outcome = finished.outcome;
  return {finished.task.query_id, finished.task.id, finished.task.source,
          finished.task.host,     outcome.worker,   finished.task.attempt,
          outcome.failed,         outcome.timings,  outcome.bytes};
}

/// What a finished task no longer needs is not kept.
task_record record_of(task one, task_state state,
                      const plan::settlement& result) {
  if (state == task_state::done)
    one.listed.reset();
  return {std::move(one), state, {}, result, result.shortfall};
}

/// The sources whose listing of a board is the whole board.
bool lists_whole_boards(std::string_view source) {
  constexpr std::string_view all[] = {"ashby", "greenhouse", "lever",
                                      "smartrecruiters", "workable"};
  return std::find(std::begin(all), std::end(all), source) != std::end(all);
}

/// Under which name a board shows a record.
template <class Record>
const std::string& name_of(const Record& one) {
  return one.source_id.empty() ? one.url : one.source_id;
}

/// The names of what a listing shows, if this one page is the whole
/// board and nothing of it is missing: only then does absence mean anything.
std::optional<std::vector<std::string>>
whole_board(const task& from, const task_outcome& outcome) {
  auto is_complete =
      from.kind == page_kind::list && from.page == 0
      && lists_whole_boards(from.source) && !outcome.shortfall
      && (outcome.status == answer::ok || outcome.status == answer::empty)
      && outcome.total_stated.value_or(outcome.handed_out)
             == outcome.handed_out;
  if (!is_complete)
    return std::nullopt;
  std::vector<std::string> shown;
  for (const auto& one : outcome.postings)
    shown.push_back(name_of(one));
  for (const auto& one : outcome.rejections)
    shown.push_back(name_of(one));
  for (const auto& next : outcome.next_tasks) {
    if (!next.listed)
      return std::nullopt;
    shown.push_back(name_of(*next.listed));
  }
  return shown;
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
  auto settled = begin_settlement(finished);
  auto is_late = view_.is_settled(finished.task.query_id, finished.task.id);
  if (!is_late)
    return is_late.error();
  if (*is_late) {
    settled.result.is_done = false;
    return settled;
  }
  auto match = match_of(finished.task.query_id, now);
  if (!match)
    return match.error();
  match_ = *match;
  now_ = now;
  auto page = report_of(finished);
  auto done = finished.outcome.failed ? settle_failure(finished, settled)
                                      : settle_result(finished, settled);
  if (!done)
    return done.error();
  tell(page, settled);
  return settled;
}

void ingest::tell(const watch::page_report& page,
                  const settled_task& settled) const {
  const auto& result = settled.result;
  if (config_.told)
    config_.told->on_settled(page, result, result.is_done,
                             result.is_done && result.failed);
}

/// What went wrong with a task before, and now.
expected<std::vector<failure>> ingest::history_of(const task& failed,
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

/// What a host asked for itself outlives this process.
expected<void> ingest::keep_wait(const task& refused,
                                 const supervise::decision& decision) {
  if (decision.what != supervise::decision::kind::pause_host
      || !decision.is_fixed)
    return {};
  auto wait = std::chrono::ceil<std::chrono::seconds>(decision.delay);
  return keep_pause(view_, refused.host,
                    text::parse_utc(now_).value_or(0) + wait.count());
}

expected<void> ingest::settle_failure(finished_task& finished,
                                      settled_task& settled) {
  auto& why = *finished.outcome.failed;
  std::uniform_real_distribution<double> jitter(0, 1);
  const auto* source = sources::find_source(finished.task.source);
  auto stops = source && source->traits.stops_when_blocked;
  if (!finished.is_final)
    settled.decision = supervise::decide(
        why, {settled.result.attempts, jitter(random_), stops},
        config_.recovery);
  settled.result.failed = why;
  auto history = history_of(finished.task, why);
  if (!history)
    return history.error();
  if (auto kept = keep_wait(finished.task, settled.decision); !kept)
    return kept;
  if (!settled.decision.is_final()) {
    settled.result.is_done = false;
    settled.again = finished.task;
    ++settled.again->attempt;
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
      if (auto kept = keep_postings(std::move(one), finished.task, settled);
          !kept)
        return kept;
    } else {
      keep_rejections({{listed->source, listed->source_id, listed->board,
                        listed->url, posting.error().detail}},
                      settled);
    }
    if (auto closed = close_gone(finished.task, why); !closed)
      return closed;
  }
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
  auto shown = whole_board(finished.task, outcome);
  keep_rejections(std::move(outcome.rejections), settled);
  if (auto kept =
          keep_postings(std::move(outcome.postings), finished.task, settled);
      !kept)
    return kept;
  if (auto planned = plan_next(std::move(outcome.next_tasks), settled);
      !planned)
    return planned;
  if (shown) {
    auto suspicion = index_.board_read(finished.task.source,
                                       finished.task.board, *shown, now_);
    if (!suspicion)
      return suspicion.error();
    if (*suspicion)
      settled.result.shortfall = *std::move(suspicion);
  }
  view_.put_task(
      record_of(std::move(finished.task), task_state::done, settled.result));
  return {};
}

/// True if the ledger has the task, whatever has become of it.
expected<bool> ingest::is_planned(const task& next) {
  if (planned_.count(next.id) + planned_before_.count(next.id) > 0)
    return true;
  auto record = disk_->task(next.query_id, next.id);
  if (!record)
    return record.error();
  if (planned_.size() >= most_unwritten_tasks)
    planned_before_ = std::exchange(planned_, {});
  planned_.insert(next.id);
  return record->has_value();
}

/// Pages shift while they are read: what two of them show is planned once, and
/// a posting shown again is one seen again.
expected<void> ingest::plan_next(std::vector<task> next,
                                 settled_task& settled) {
  for (auto& one : next) {
    auto is_known = is_planned(one);
    if (!is_known)
      return is_known.error();
    if (*is_known) {
      settled.result.seen_again += one.listed.has_value();
      continue;
    }
    view_.put_task({one, task_state::ready, {}});
    settled.next_tasks.push_back(std::move(one));
  }
  return {};
}

/// A posting whose own page is not there any more is closed.
expected<void> ingest::close_gone(const task& failed, const failure& why) {
  if (why.code != errc::not_found || failed.kind != page_kind::detail
      || !failed.listed)
    return {};
  return index_.page_gone(failed.source, failed.board, name_of(*failed.listed),
                          now_);
}

void ingest::keep_rejections(std::vector<rejection> rejections,
                             settled_task& settled) {
  settled.result.rejected += static_cast<std::int64_t>(rejections.size());
  auto& all = view_.open().rejections;
  for (auto& one : rejections)
    all.push_back({settled.query_id, std::move(one)});
}

expected<void> ingest::keep_postings(std::vector<job_posting> postings,
                                     const task& from, settled_task& settled) {
  for (auto& posting : postings) {
    auto is_match = match_ && (*match_)(posting);
    auto became = index_.place(std::move(posting), from.board);
    if (!became)
      return became.error();
    // The sums over all tasks are the numbers of postings and of other
    // sightings, whatever came first.
    auto& result = settled.result;
    result.stored += became->stored;
    result.merged += became->seen_again ? 0 : 1 - became->stored;
    result.seen_again += became->seen_again;
    if (!is_match)
      continue;
    result.found += became->stored;
    if (became->stored == 0) {
      // What the store had already is new to this query, once.
      auto had = index_.has_found(settled.query_id, became->posting_id);
      if (!had)
        return had.error();
      result.found += !*had;
    }
    index_.found(settled.query_id, became->posting_id);
  }
  return {};
}

expected<const plan::query_match*> ingest::match_of(const std::string& query_id,
                                                    const std::string& now) {
  auto known = matches_.find(query_id);
  if (known != matches_.end())
    return &known->second;
  auto record = disk_->query(query_id);
  if (!record)
    return record.error();
  auto as_of = text::parse_utc(now).value_or(0);
  auto query = *record ? (*record)->query : job_query{};
  return &matches_.emplace(query_id, plan::query_match(query, as_of, &rules_->places()))
              .first->second;
}

} // namespace jobfarm::collect
