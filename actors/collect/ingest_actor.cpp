#include "actors/collect/ingest_actor.hpp"

#include "actors/errors.hpp"

#include <utility>

namespace jobfarm {

namespace {

constexpr auto store_timeout = std::chrono::minutes{2};
constexpr auto frontier_timeout = std::chrono::minutes{1};

/// From the end of a commit to the next: a sync costs as much as some pages,
/// and workers with their usual pages in hand do not run dry meanwhile.
constexpr auto between_commits = std::chrono::milliseconds{4};

} // namespace

ingest_state::ingest_state(ingest_actor::pointer self) : self_(self) {
}

void ingest_state::start(std::unique_ptr<collect::ingest> core,
                         store_actor disk, frontier_actor frontier,
                         wall_clock clock) {
  core_ = std::move(core);
  disk_ = std::move(disk);
  frontier_ = std::move(frontier);
  clock_ = clock;
  self_->send(frontier_, atom::subscribe::value, ingest_actor{self_});
}

caf::result<atom::done> ingest_state::on_finished(finished_task finished) {
  auto answer = self_->make_response_promise<atom::done>();
  if (!finished.outcome.failed || finished.is_final) {
    accept(std::move(finished), answer);
    return answer;
  }
  lease_query asked{finished.outcome.lease};
  self_->request(frontier_, frontier_timeout, asked)
      .then(
          [this, answer, finished = std::move(finished)](bool is_lent) mutable {
            if (is_lent)
              accept(std::move(finished), answer);
            else
              answer.deliver(atom::done::value);
          },
          [answer](caf::error& error) mutable { answer.deliver(error); });
  return answer;
}

void ingest_state::accept(finished_task finished, promise answer) {
  // A host that wants to rest is asked again when that is known.
  auto is_read = !finished.outcome.failed && !finished.outcome.rest_s;
  auto settled =
      core_->accept(std::move(finished), clock_->at(self_->clock().now()));
  if (!settled) {
    auto error = to_error(settled.error());
    answer.deliver(error);
    if (settled.error().code == errc::store_failed)
      fail_all(error);
    return;
  }
  if (is_read)
    read_.push_back(settled->lease);
  open_.push_back({*std::move(settled), std::move(answer)});
  queue_flush();
}

/// The flush comes behind every outcome that is already in the mailbox.
void ingest_state::queue_flush() {
  if (!std::exchange(flush_queued_, true))
    self_->send(self_, atom::flush::value);
}

void ingest_state::on_rest(const host_rest& one) {
  auto kept =
      core_->keep_rest(one.host, one.left, clock_->at(self_->clock().now()));
  if (!kept)
    return fail_all(to_error(kept.error()));
  has_news_ = true;
  queue_flush();
}

void ingest_state::on_flush() {
  flush_queued_ = false;
  if (!read_.empty())
    self_->send(frontier_, pages_read{std::exchange(read_, {})});
  if (is_committing_ || (open_.empty() && !has_news_)
      || self_->clock().now() < next_commit_)
    return;
  is_committing_ = true;
  has_news_ = false;
  sent_ = std::exchange(open_, {});
  self_->request(disk_, store_timeout, core_->changes().take_batch())
      .then([this](atom::done) { on_committed(); },
            [this](caf::error& error) { fail_all(error); });
}

void ingest_state::on_committed() {
  is_committing_ = false;
  next_commit_ = self_->clock().now() + between_commits;
  self_->delayed_send(self_, between_commits, atom::flush::value);
  core_->changes().committed();
  auto settled = std::exchange(sent_, {});
  settled_tasks news;
  for (auto& one : settled)
    news.tasks.push_back(std::move(one.settled));
  // Their leases have ended before their workers ask for more.
  if (!news.tasks.empty())
    self_->send(frontier_, std::move(news));
  for (auto& one : settled)
    one.answer.deliver(atom::done::value);
}

/// The disk refuses: nothing is acknowledged, and ROOT decides. What is open
/// may have a part of an outcome: it is never written.
void ingest_state::fail_all(const caf::error& error) {
  for (auto* list : {&sent_, &open_})
    for (auto& one : std::exchange(*list, {}))
      one.answer.deliver(error);
  self_->quit(error);
}

ingest_actor::behavior_type
ingest(ingest_actor::stateful_pointer<ingest_state> self,
       std::shared_ptr<std::unique_ptr<collect::ingest>> core, store_actor disk,
       frontier_actor frontier, wall_clock clock) {
  self->state.start(std::move(*core), std::move(disk), std::move(frontier),
                    clock);
  return {
      [self](finished_task& finished) {
        return self->state.on_finished(std::move(finished));
      },
      [self](const host_rest& one) { self->state.on_rest(one); },
      [self](browser_news news) { self->state.on_browsers(news.is_there); },
      [self](atom::flush) { self->state.on_flush(); },
  };
}

} // namespace jobfarm
