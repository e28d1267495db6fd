#include "nodes/link/client_state.hpp"

#include "messages/msgpack.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::nodes::link_layer {

namespace {

namespace type = link::frame_type;

/// Remembered to tell those that come twice: far more than come at a time.
constexpr std::size_t most_leases = 4096;

client_step note_of(failure why) {
  client_step one;
  one.what = client_step::kind::note;
  one.why = std::move(why);
  return one;
}

} // namespace

client_state::client_state(client_rules rules) : rules_(std::move(rules)) {
}

void client_state::send(link::frame message, client_steps& steps) {
  message.worker = rules_.name;
  client_step one;
  one.what = client_step::kind::send;
  one.bytes = pack(message);
  steps.push_back(std::move(one));
}

void client_state::greet(time_point now, client_steps& steps) {
  is_welcome_ = false;
  is_refused_ = false;
  greeted_ = now;
  link::frame hello;
  hello.type = type::hello;
  hello.body.data = pack(rules_.about);
  send(std::move(hello), steps);
}

client_steps client_state::tick(time_point now, double random) {
  client_steps steps;
  now_ = now;
  if (is_connected_ && now - last_heard_ >= rules_.silence) {
    is_connected_ = false;
    if (std::exchange(is_welcome_, false))
      steps.push_back(note_of(
          fail(errc::node_lost, "the coordinator is silent; reconnecting")));
    auto exponent = std::min(failures_++, 10);
    auto ceiling =
        std::min(rules_.first_delay * (1 << exponent), rules_.longest_delay);
    next_dial_ =
        now
        + std::chrono::duration_cast<time_point::duration>(ceiling * random);
  }
  if (!is_connected_ && now >= next_dial_)
    dial(now, steps);
  // The hello or its welcome got lost.
  if (is_connected_ && !is_welcome_ && !is_refused_
      && now - greeted_ >= rules_.silence / 2)
    greet(now, steps);
  if (is_connected_ && now >= next_beat_)
    beat(now, steps);
  if (is_welcome_)
    repeat(steps);
  return steps;
}

void client_state::dial(time_point now, client_steps& steps) {
  client_step dial;
  dial.what = client_step::kind::dial;
  dial.index = dials_++ % rules_.coordinators;
  steps.push_back(std::move(dial));
  is_connected_ = true;
  is_refused_ = false;
  last_heard_ = now;
  next_beat_ = now + rules_.beat;
  greet(now, steps);
}

void client_state::beat(time_point now, client_steps& steps) {
  next_beat_ = now + rules_.beat;
  link::frame beat;
  beat.type = is_welcome_ ? type::waiting : type::beat;
  if (is_welcome_) {
    beat.credit = credit_;
    beat.body.data = pack(link::renewal{{held_.begin(), held_.end()}});
  }
  send(std::move(beat), steps);
}

void client_state::repeat(client_steps& steps) {
  for (auto& [id, kept] : unsettled_)
    if (now_ >= kept.repeat_at) {
      send_outcome(id, kept, steps);
      steps.back().is_repeat = true;
    }
}

client_steps client_state::heard(std::string_view bytes, time_point now) {
  client_steps steps;
  auto message = unpack<link::frame>(bytes);
  if (!message) {
    steps.push_back(note_of(message.error()));
    return steps;
  }
  now_ = now;
  // Who was refused is greeted anew after a silence, whatever is heard: the
  // refusal may be of a coordinator before the one that beats now.
  if (!is_refused_)
    last_heard_ = now;
  switch (message->type) {
    case type::welcome: on_welcome(*message, steps); break;
    case type::refused: on_refused(*message, steps); break;
    case type::again:
      // Every frame before the hello is answered so: one hello will do.
      if (is_welcome_ || now - greeted_ >= rules_.silence / 2)
        greet(now, steps);
      break;
    case type::drain: {
      client_step one;
      one.what = client_step::kind::drain;
      steps.push_back(std::move(one));
      break;
    }
    case type::settled: on_settled(message->id, steps); break;
    case type::unfit: on_unfit(*message, steps); break;
    case type::rest: on_rest(*message, steps); break;
    case type::lease: on_lease(*message, steps); break;
    case type::fault_order: {
      client_step one;
      one.what = client_step::kind::order;
      one.id = message->id;
      one.bytes = std::move(message->body.data);
      steps.push_back(std::move(one));
      break;
    }
    default: break; // a beat, or news of a later version
  }
  return steps;
}

void client_state::on_settled(std::uint64_t id, client_steps& steps) {
  auto kept = unsettled_.find(id);
  if (kept == unsettled_.end())
    return;
  held_.erase(kept->second.lease);
  unsettled_.erase(kept);
  client_step one;
  one.what = client_step::kind::settled;
  one.id = id;
  steps.push_back(std::move(one));
}

void client_state::on_unfit(const link::frame& message, client_steps& steps) {
  auto said = unpack<link::refusal>(message.body.data);
  give_up(message.id, said ? std::move(said->why) : said.error(), steps);
}

/// An outcome that nobody can take is not kept.
void client_state::give_up(std::uint64_t id, failure why, client_steps& steps) {
  auto kept = unsettled_.find(id);
  if (kept == unsettled_.end())
    return;
  client_step one;
  one.what = client_step::kind::unfit;
  one.id = id;
  one.bytes = std::move(kept->second.body);
  one.why = std::move(why);
  held_.erase(kept->second.lease);
  unsettled_.erase(kept);
  steps.push_back(std::move(one));
}

void client_state::on_rest(const link::frame& message, client_steps& steps) {
  auto host = unpack<link::host_rest>(message.body.data);
  if (!host) {
    steps.push_back(note_of(host.error()));
    return;
  }
  client_step one;
  one.what = client_step::kind::rest;
  one.host = *std::move(host);
  steps.push_back(std::move(one));
}

void client_state::on_lease(const link::frame& message, client_steps& steps) {
  // Lent to who we were before the last hello: lent again meanwhile.
  if (!is_welcome_)
    return;
  auto lent = unpack<link::lent_tasks>(message.body.data);
  if (!lent) {
    steps.push_back(note_of(lent.error()));
    return;
  }
  client_step one;
  one.what = client_step::kind::lend;
  for (auto& task : lent->tasks)
    if (leases_.insert(task.lease).second) {
      held_.insert(task.lease);
      one.tasks.push_back(std::move(task));
    }
  while (leases_.size() > most_leases)
    leases_.erase(leases_.begin());
  credit_ -= std::min(credit_, static_cast<std::uint32_t>(one.tasks.size()));
  if (!one.tasks.empty())
    steps.push_back(std::move(one));
}

void client_state::on_welcome(const link::frame& message, client_steps& steps) {
  is_welcome_ = true;
  is_refused_ = false;
  failures_ = 0;
  last_refusal_.clear();
  auto from = unpack<link::welcome>(message.body.data);
  if (from && from->incarnation != coordinator_) {
    coordinator_ = from->incarnation;
    steps.push_back(note_of(fail(errc::internal, "taken in by a coordinator")));
  }
  for (auto& [id, kept] : unsettled_)
    send_outcome(id, kept, steps);
  if (credit_ == 0)
    return;
  link::frame pull;
  pull.type = type::pull;
  pull.credit = credit_;
  send(std::move(pull), steps);
}

void client_state::on_refused(const link::frame& message, client_steps& steps) {
  is_welcome_ = false;
  is_refused_ = true;
  auto said = unpack<link::refusal>(message.body.data);
  auto why = said ? std::move(said->why) : said.error();
  if (why.code == errc::cancelled) {
    client_step one;
    one.what = client_step::kind::end;
    one.why = std::move(why);
    steps.push_back(std::move(one));
    return;
  }
  if (std::exchange(last_refusal_, why.detail) != why.detail)
    steps.push_back(note_of(why));
  // Silence will end this connection, and back-off comes before the next.
}

void client_state::send_outcome(std::uint64_t id, kept_outcome& kept,
                                client_steps& steps) {
  link::frame message;
  message.type = type::outcome;
  message.id = id;
  message.attempt = ++kept.attempt;
  auto doublings = std::min(kept.attempt - 1, 10u);
  kept.repeat_at =
      now_
      + std::min(rules_.first_repeat * (1 << doublings), rules_.longest_repeat);
  message.body.data = kept.body;
  send(std::move(message), steps);
}

client_steps client_state::pull(std::uint32_t credit) {
  client_steps steps;
  credit_ += credit;
  if (!is_welcome_)
    return steps;
  link::frame message;
  message.type = type::pull;
  message.credit = credit;
  send(std::move(message), steps);
  return steps;
}

client_steps client_state::renew(std::vector<std::int64_t> leases) {
  client_steps steps;
  if (!is_welcome_)
    return steps;
  link::frame message;
  message.type = type::renew;
  message.body.data = pack(link::renewal{std::move(leases)});
  send(std::move(message), steps);
  return steps;
}

client_steps client_state::finish(std::uint64_t id, std::int64_t lease,
                                  std::string body) {
  client_steps steps;
  auto& kept = unsettled_[id];
  kept.lease = lease;
  kept.body = std::move(body);
  if (kept.body.size() > rules_.largest_outcome)
    give_up(id, fail(errc::too_large, "it is larger than a frame may be"),
            steps);
  else if (is_welcome_)
    send_outcome(id, kept, steps);
  return steps;
}

client_steps client_state::report(std::uint64_t order,
                                  const link::fault_report& faults) {
  client_steps steps;
  if (!is_welcome_)
    return steps;
  link::frame message;
  message.type = type::fault_report;
  message.id = order;
  message.body.data = pack(faults);
  send(std::move(message), steps);
  return steps;
}

client_steps client_state::report(const std::vector<proxy_status>& proxies) {
  client_steps steps;
  if (!is_welcome_)
    return steps;
  link::frame message;
  message.type = type::proxies;
  message.body.data = pack(link::proxy_report{proxies});
  send(std::move(message), steps);
  return steps;
}

client_steps client_state::leave() {
  client_steps steps;
  if (!is_welcome_)
    return steps;
  link::frame message;
  message.type = type::leaving;
  send(std::move(message), steps);
  return steps;
}

} // namespace jobfarm::nodes::link_layer
