#include "nodes/link/remote_worker_actor.hpp"

#include "actors/errors.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>

namespace jobfarm::nodes::link_layer {

namespace {

namespace type = link::frame_type;

/// Ingest waits for the disk: far beyond it.
constexpr auto ingest_timeout = std::chrono::minutes{10};
/// What one pull may ask for, whatever it says.
constexpr std::uint32_t most_credit = 10'000;

class actor_guest : public guest {
public:
  explicit actor_guest(remote_worker_actor stand_in)
      : stand_in_(std::move(stand_in)) {
  }
  ~actor_guest() override {
    caf::anon_send_exit(stand_in_, caf::exit_reason::user_shutdown);
  }

  void heard(link::frame message) override {
    caf::anon_send(stand_in_, link_frame{std::move(message)});
  }
  void gone(const failure&) override {
    caf::anon_send_exit(stand_in_, caf::exit_reason::user_shutdown);
  }

private:
  remote_worker_actor stand_in_;
};

remote_worker_actor::behavior_type
remote_worker(remote_worker_actor::stateful_pointer<remote_worker_state> self,
              session_identity who, frontier_actor frontier,
              ingest_actor ingest, std::shared_ptr<line> to) {
  self->state.start(std::move(who), std::move(frontier), std::move(ingest),
                    std::move(to));
  return {
      [self](work_granted& granted) {
        self->state.on_granted(std::move(granted));
      },
      [self](const jobfarm::host_rest& one) { self->state.on_rest(one); },
      [](atom::pulse) { return atom::done::value; },
      [](atom::drain) {},
      [](atom::tick) {},
      [](atom::wake) {},
      [](lease_query) {},
      [self](link_frame& one) { self->state.on_frame(std::move(one.message)); },
  };
}

} // namespace

void line::connect(session_port* to) {
  std::lock_guard lock(mutex_);
  server_ = to;
}

void line::tell(std::uint64_t session, link::frame message) {
  std::lock_guard lock(mutex_);
  if (server_)
    server_->tell(session, std::move(message));
}

void line::end(std::uint64_t session, failure why) {
  std::lock_guard lock(mutex_);
  if (server_)
    server_->end(session, std::move(why));
}

remote_worker_state::remote_worker_state(remote_worker_actor::pointer self)
    : self_(self) {
}

void remote_worker_state::start(session_identity who, frontier_actor frontier,
                                ingest_actor ingest, std::shared_ptr<line> to) {
  who_ = std::move(who);
  frontier_ = std::move(frontier);
  ingest_ = std::move(ingest);
  line_ = std::move(to);
}

void remote_worker_state::on_granted(work_granted granted) {
  link::lent_tasks lent;
  for (auto& one : granted.leases) {
    lent.tasks.push_back({one.id, std::move(one.task)});
    receipts_.sent(lent.tasks.back());
  }
  auto number = static_cast<std::uint32_t>(lent.tasks.size());
  credit_.lent(number);
  link::frame message;
  message.type = type::lease;
  message.credit = number;
  message.body.data = pack(lent);
  line_->tell(who_.number, std::move(message));
}

void remote_worker_state::on_rest(const jobfarm::host_rest& one) {
  link::host_rest rest;
  rest.host = one.host;
  rest.seconds = std::chrono::duration<double>(one.left).count();
  link::frame message;
  message.type = type::rest;
  message.body.data = pack(rest);
  line_->tell(who_.number, std::move(message));
}

void remote_worker_state::on_frame(link::frame message) {
  switch (message.type) {
    case type::outcome: return on_outcome(message);
    case type::renew: return on_renewal(message);
    case type::waiting: return on_waiting(message);
    default: ask_for(credit_.pulled(std::min(message.credit, most_credit)));
  }
}

/// Workers of the version before name no leases.
void remote_worker_state::on_waiting(const link::frame& message) {
  ask_for(credit_.stated(std::min(message.credit, most_credit)));
  auto held = unpack<link::renewal>(message.body.data);
  if (!held)
    return;
  // Counted as lent when it was sent first.
  link::lent_tasks again{receipts_.stated(held->leases)};
  if (again.tasks.empty())
    return;
  link::frame lost;
  lost.type = type::lease;
  lost.body.data = pack(again);
  line_->tell(who_.number, std::move(lost));
}

void remote_worker_state::ask_for(std::uint32_t credit) {
  // Two sessions of one worker are two to the FRONTIER.
  if (credit > 0)
    self_->send(frontier_,
                work_request{who_.worker + '#' + std::to_string(who_.number),
                             credit, who_.has_browser});
}

void remote_worker_state::on_renewal(const link::frame& message) {
  auto read = unpack<link::renewal>(message.body.data);
  if (!read)
    return refuse(read.error());
  self_->send(frontier_, work_renewal{std::move(read->leases)});
}

void remote_worker_state::on_outcome(const link::frame& message) {
  auto id = message.id;
  if (!in_commit_.insert(id).second)
    return;
  auto read = unpack<link::outcome>(message.body.data);
  if (!read)
    return give_back(id, read.error());
  if (read->what.task_id != read->task.id)
    return give_back(id, fail(errc::bad_payload, "outcome of another task"));
  receipts_.arrived(read->what.lease);
  finished_task finished;
  finished.task = std::move(read->task);
  finished.outcome = std::move(read->what);
  self_->request(ingest_, ingest_timeout, std::move(finished))
      .then(
          [this, id](atom::done) { settled(id); },
          [this, id](caf::error& error) { on_refusal(id, from_error(error)); });
}

/// INGEST has not taken an outcome: it never will, or the next session's.
void remote_worker_state::on_refusal(std::uint64_t id, failure why) {
  if (why.code == errc::invalid_input)
    give_back(id, std::move(why));
  else
    refuse(std::move(why));
}

/// What cannot be taken now cannot be taken later: to be sent again for ever
/// would help nobody.
void remote_worker_state::give_back(std::uint64_t id, failure why) {
  in_commit_.erase(id);
  link::frame message;
  message.type = type::unfit;
  message.id = id;
  message.body.data = pack(link::refusal{std::move(why)});
  line_->tell(who_.number, std::move(message));
}

void remote_worker_state::settled(std::uint64_t id) {
  in_commit_.erase(id);
  link::frame message;
  message.type = type::settled;
  message.id = id;
  line_->tell(who_.number, std::move(message));
}

void remote_worker_state::refuse(failure why) {
  why.detail = "worker " + who_.worker + ": " + why.detail;
  // `cancelled` would tell the worker to end for good.
  if (why.code == errc::cancelled)
    why.code = errc::internal;
  line_->end(who_.number, std::move(why));
}

std::unique_ptr<guest> admit_worker(caf::actor_system& system,
                                    session_identity who,
                                    const frontier_actor& frontier,
                                    const ingest_actor& ingest,
                                    std::shared_ptr<line> to) {
  return std::make_unique<actor_guest>(system.spawn(
      remote_worker, std::move(who), frontier, ingest, std::move(to)));
}

} // namespace jobfarm::nodes::link_layer
