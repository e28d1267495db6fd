#include "actors/collect/ingest.hpp"

#include "actors/dedupe/merge.hpp"
#include "actors/dedupe/signatures.hpp"
#include "actors/text/time.hpp"

#include <utility>

namespace jobfarm::collect {

namespace {

/// Failures that the ledger remembers of a task: the first and the last ones.
constexpr std::size_t longest_history = 16;

settled_task begin_settlement(const finished_task& finished) {
  const auto& outcome = finished.outcome;
  settled_task settled;
  settled.query_id = finished.task.query_id;
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

/// What a finished task no longer needs is not kept.
task_record record_of(task one, task_state state,
                      const plan::settlement& result) {
  if (state == task_state::done)
    one.listed.reset();
  return {std::move(one), state, {}, result, result.shortfall};
}

} // namespace

ingest::ingest(ingest_config config, std::shared_ptr<const store::store> disk,
               std::shared_ptr<const normalize::normalizer> rules)
    : config_(config),
      disk_(disk),
      rules_(std::move(rules)),
      view_(std::move(disk)),
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
  auto done = finished.outcome.failed ? settle_failure(finished, settled)
                                      : settle_result(finished, settled);
  if (!done)
    return done.error();
  return settled;
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

expected<void> ingest::settle_failure(finished_task& finished,
                                      settled_task& settled) {
  auto& why = *finished.outcome.failed;
  std::uniform_real_distribution<double> jitter(0, 1);
  using kind = supervise::decision::kind;
  if (!finished.is_final)
    settled.decision = supervise::decide(why, settled.result.attempts,
                                         config_.recovery, jitter(random_));
  settled.result.failed = why;
  auto history = history_of(finished.task, why);
  if (!history)
    return history.error();
  auto is_dead = settled.decision.what == kind::dead_letter;
  if (!is_dead) {
    settled.result.is_done = false;
    settled.again = finished.task;
    ++settled.again->attempt;
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
  keep_rejections(std::move(outcome.rejections), settled);
  if (auto kept =
          keep_postings(std::move(outcome.postings), finished.task, settled);
      !kept)
    return kept;
  for (const auto& next : outcome.next_tasks)
    view_.put_task({next, task_state::ready, {}});
  settled.next_tasks = std::move(outcome.next_tasks);
  view_.put_task(
      record_of(std::move(finished.task), task_state::done, settled.result));
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
                                     const task& from, settled_task& settled) {
  for (auto& posting : postings) {
    auto is_match = match_ && (*match_)(posting);
    std::string id;
    auto became = place(std::move(posting), from.board, id);
    if (!became)
      return became.error();
    auto& result = settled.result;
    result.stored += *became == fate::stored;
    result.merged += *became == fate::merged;
    result.seen_again += *became == fate::seen_again;
    if (!is_match)
      continue;
    result.found += *became == fate::stored;
    view_.open().found.push_back({settled.query_id, std::move(id)});
  }
  return {};
}

/// Finds the posting that this one is another sighting of: by one of its
/// signatures, unless something known says that they are different jobs.
expected<std::optional<job_posting>>
ingest::find_canonical(const job_posting& posting,
                       const std::vector<std::string>& keys) const {
  for (const auto& key : keys) {
    auto id = view_.lookup("sig/" + key);
    if (!id)
      return id.error();
    if (!*id)
      continue;
    auto found = view_.posting(**id);
    if (!found)
      return found.error();
    if (*found
        && dedupe::known_difference(dedupe::evidence_of(**found, 0),
                                    dedupe::evidence_of(posting, 0),
                                    config_.rule)
               .empty())
      return found;
  }
  return std::optional<job_posting>{};
}

expected<ingest::fate> ingest::place(job_posting posting,
                                     const std::string& board,
                                     std::string& canonical_id) {
  auto seen_key = dedupe::sighting_key(
      posting.source, board,
      posting.source_id.empty() ? posting.url : posting.source_id);
  auto seen = view_.lookup(seen_key);
  if (!seen)
    return seen.error();
  if (*seen) {
    canonical_id = **seen;
    auto known = view_.posting(canonical_id);
    if (!known)
      return known.error();
    if (*known && (*known)->last_seen < posting.last_seen) {
      (*known)->last_seen = posting.last_seen;
      view_.put_posting(**std::move(known));
    }
    return fate::seen_again;
  }
  auto keys = dedupe::signatures(posting);
  auto canonical = find_canonical(posting, keys);
  if (!canonical)
    return canonical.error();
  auto is_new = !canonical->has_value();
  canonical_id = is_new ? posting.id : (*canonical)->id;
  for (const auto& key : keys) {
    auto full = "sig/" + key;
    auto taken = view_.lookup(full);
    if (!taken)
      return taken.error();
    if (!*taken)
      view_.put_index(std::move(full), canonical_id);
  }
  view_.put_index(std::move(seen_key), canonical_id);
  if (!is_new)
    dedupe::merge_into(**canonical, posting);
  view_.put_posting(is_new ? std::move(posting) : **std::move(canonical));
  return is_new ? fate::stored : fate::merged;
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
  return &matches_.emplace(query_id, plan::query_match(query, as_of))
              .first->second;
}

} // namespace jobfarm::collect
