#include "nodes/link/uplink_actor.hpp"

#include "actors/collect/settlement.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::nodes::link_layer {

uplink_state::uplink_state(uplink_actor::pointer self) : self_(self) {
}

void uplink_state::start(std::function<void()> left,
                         std::shared_ptr<watch::worker_probe> told,
                         outcome_keeper keep) {
  left_ = std::move(left);
  told_ = std::move(told);
  keep_ = std::move(keep);
  self_->set_down_handler(
      [this](const caf::down_msg& down) { on_down(down.source); });
}

void uplink_state::on_line(uplink_line made) {
  line_ = std::move(made.to);
}

void uplink_state::on_request(const work_request& request) {
  auto handle = caf::actor_cast<collector_actor>(self_->current_sender());
  if (collectors_.emplace(handle.address(), handle).second)
    self_->monitor(handle);
  waiting_.push_back({handle, request.credit});
  auto known = std::min(surplus_, request.credit);
  surplus_ -= known;
  if (request.credit > known && line_)
    line_->pull(static_cast<std::uint32_t>(request.credit - known));
  serve();
}

/// What is with no COLLECTOR yet is held as well.
void uplink_state::on_renewal(work_renewal renewal) {
  for (const auto& one : spare_)
    renewal.leases.push_back(one.id);
  if (line_)
    line_->renew(std::move(renewal.leases));
}

void uplink_state::on_tasks(std::vector<link::lent_task> tasks) {
  for (auto& one : tasks)
    spare_.push_back({one.lease, std::move(one.task)});
  serve();
}

void uplink_state::serve() {
  while (!spare_.empty() && !waiting_.empty()) {
    auto& to = waiting_.front();
    work_granted granted;
    while (!spare_.empty() && granted.leases.size() < to.credit) {
      auto one = std::move(spare_.front());
      spare_.pop_front();
      held_[one.id] = {one, to.handle.address()};
      granted.leases.push_back(std::move(one));
    }
    to.credit -= granted.leases.size();
    if (!granted.leases.empty())
      self_->send(to.handle, std::move(granted));
    if (to.credit == 0)
      waiting_.pop_front();
  }
  tell_tasks();
}

void uplink_state::tell_tasks() const {
  if (told_)
    told_->on_tasks(spare_.size(), held_.size(), unsettled_.size());
}

caf::result<atom::done> uplink_state::on_finished(finished_task finished) {
  auto answer = self_->make_response_promise<atom::done>();
  if (told_)
    told_->on_page(collect::report_of(finished));
  held_.erase(finished.outcome.lease);
  hand_in({answer, {}, finished.outcome.lease, false},
          {std::move(finished.task), std::move(finished.outcome)});
  return answer;
}

void uplink_state::hand_in(unsettled_outcome one, link::outcome body) {
  auto id = ++last_id_;
  auto packed = pack(body);
  one.whose = std::move(body.task);
  auto lease = one.lease;
  unsettled_.emplace(id, std::move(one));
  tell_tasks();
  if (line_)
    line_->finish(id, lease, std::move(packed));
}

/// The task has failed, which the coordinator must be able to read: it decides
/// about another try, or the dead letters. If it cannot, the lease runs out.
void uplink_state::on_unfit(uplink_unfit one) {
  auto found = unsettled_.find(one.id);
  if (found == unsettled_.end())
    return;
  auto kept = std::move(found->second);
  unsettled_.erase(found);
  set_aside(kept, one);
  if (std::exchange(kept.is_second, true)) {
    kept.answer.deliver(atom::done::value);
    tell_tasks();
    return leave_if_done();
  }
  link::outcome instead;
  instead.task = std::move(kept.whose);
  instead.what.task_id = instead.task.id;
  instead.what.lease = kept.lease;
  instead.what.status = answer::partial;
  instead.what.failed =
      fail(errc::bad_payload,
           "the coordinator could not take the outcome: " + one.why.detail);
  hand_in(std::move(kept), std::move(instead));
}

void uplink_state::set_aside(const unsettled_outcome& one,
                             const uplink_unfit& what) const {
  auto where = keep_ ? keep_(one.whose.id, what.body)
                     : expected<std::string>{std::string{}};
  if (told_)
    told_->on_unfit_outcome(one.whose.id, what.why, where);
}

void uplink_state::on_settled(std::uint64_t id) {
  auto found = unsettled_.find(id);
  if (found == unsettled_.end())
    return;
  found->second.answer.deliver(atom::done::value);
  unsettled_.erase(found);
  tell_tasks();
  leave_if_done();
}

void uplink_state::on_rest(const jobfarm::host_rest& one) {
  for (const auto& [address, collector] : collectors_)
    self_->send(collector, one);
}

void uplink_state::on_drain() {
  is_draining_ = true;
  for (const auto& [address, one] : collectors_)
    self_->send(one, atom::drain::value);
  leave_if_done();
}

void uplink_state::on_down(const caf::actor_addr& collector) {
  collectors_.erase(collector);
  for (auto i = waiting_.begin(); i != waiting_.end();)
    if (i->handle.address() == collector) {
      surplus_ += i->credit;
      i = waiting_.erase(i);
    } else {
      ++i;
    }
  for (auto i = held_.begin(); i != held_.end();)
    if (i->second.by == collector) {
      spare_.push_back(std::move(i->second.lease));
      // Whoever takes it has asked for a task of the coordinator's beside.
      ++surplus_;
      i = held_.erase(i);
    } else {
      ++i;
    }
  serve();
  leave_if_done();
}

void uplink_state::leave_if_done() {
  if (!is_draining_ || !collectors_.empty() || !unsettled_.empty())
    return;
  if (line_)
    line_->leave();
  if (left_)
    std::exchange(left_, nullptr)();
}

uplink_actor::behavior_type
uplink(uplink_actor::stateful_pointer<uplink_state> self,
       std::function<void()> left, std::shared_ptr<watch::worker_probe> told,
       outcome_keeper keep) {
  self->state.start(std::move(left), std::move(told), std::move(keep));
  return {
      [self](const work_request& request) { self->state.on_request(request); },
      [self](work_renewal& renewal) {
        self->state.on_renewal(std::move(renewal));
      },
      [self](finished_task& finished) {
        return self->state.on_finished(std::move(finished));
      },
      [self](uplink_line& made) { self->state.on_line(std::move(made)); },
      [self](uplink_tasks& lent) {
        self->state.on_tasks(std::move(lent.tasks));
      },
      [self](uplink_settled one) { self->state.on_settled(one.id); },
      [self](uplink_unfit& one) { self->state.on_unfit(std::move(one)); },
      [self](const jobfarm::host_rest& one) { self->state.on_rest(one); },
      [self](atom::drain) { self->state.on_drain(); },
  };
}

} // namespace jobfarm::nodes::link_layer
