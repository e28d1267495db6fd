#include "nodes/link/session_table.hpp"

#include "actors/text/time.hpp"
#include "messages/msgpack.hpp"

#include <algorithm>

namespace jobfarm::nodes::link_layer {

namespace {

namespace type = link::frame_type;

/// Workers that are remembered after they left.
constexpr std::size_t most_members = 4096;

std::string range_text(int oldest, int newest) {
  return oldest == newest
             ? std::to_string(newest)
             : std::to_string(oldest) + " to " + std::to_string(newest);
}

/// Why two ends cannot talk, in words for both operators.
failure no_common_version(const std::string& user, int oldest, int newest) {
  return fail(errc::invalid_input,
              "worker " + user + " speaks link version "
                  + range_text(oldest, newest) + ", this coordinator "
                  + range_text(link::oldest_version, link::newest_version)
                  + "; upgrade the older of the two");
}

failure false_name(const std::string& worker, const std::string& user) {
  return fail(errc::auth_failed,
              user.empty() ? "link: the key of worker " + worker
                                 + " is not allowed any more"
                           : "link: a frame in the name of \"" + worker
                                 + "\" came with the key of \"" + user + '"');
}

void note_unfit(const link::frame& message, const std::string& worker,
                session_steps& steps) {
  auto said = unpack<link::refusal>(message.body.data);
  session_step one;
  one.what = session_step::kind::note;
  one.why = said ? std::move(said->why) : said.error();
  one.why.detail =
      "an outcome of worker " + worker
      + " cannot be taken, and counts as a failure: " + one.why.detail;
  steps.push_back(std::move(one));
}

} // namespace

session_table::session_table(session_rules rules) : rules_(std::move(rules)) {
}

session_table::member* session_table::of_peer(const std::string& peer) {
  auto name = names_.find(peer);
  return name == names_.end() ? nullptr : &members_.at(name->second);
}

session_table::member* session_table::of_session(std::uint64_t id) {
  for (auto& [name, one] : members_)
    if (one.current && one.current->id == id)
      return &one;
  return nullptr;
}

void session_table::send(const session& to, link::frame message,
                         session_steps& steps) {
  message.ver = to.version;
  session_step one;
  one.what = session_step::kind::send;
  one.peer = to.peer;
  one.session = to.id;
  one.message = std::move(message);
  steps.push_back(std::move(one));
}

void session_table::refuse(const std::string& peer, const std::string& user,
                           failure why, session_steps& steps) {
  session_step told;
  told.what = session_step::kind::note;
  told.why = why;
  session_step answer;
  answer.what = session_step::kind::send;
  answer.peer = peer;
  answer.message.ver = link::oldest_version;
  answer.message.type = type::refused;
  answer.message.worker = user;
  answer.message.body.data = pack(link::refusal{why});
  steps.push_back(std::move(told));
  steps.push_back(std::move(answer));
}

void session_table::close(member& of, node_state becomes, failure why,
                          session_steps& steps) {
  session_step ended;
  ended.what = session_step::kind::close;
  ended.peer = of.current->peer;
  ended.session = of.current->id;
  ended.why = std::move(why);
  names_.erase(of.current->peer);
  of.current.reset();
  of.status.state = becomes;
  of.status.tasks_in_hand = 0;
  steps.push_back(std::move(ended));
}

session_steps session_table::heard(const std::string& peer,
                                   const std::string& user,
                                   std::string_view bytes, time_point now) {
  session_steps steps;
  auto* known = of_peer(peer);
  auto message = unpack<link::frame>(bytes);
  // What a connection says of itself counts for nothing, its key does.
  if (!message || user.empty() || message->worker != user
      || message->ver < link::oldest_version) {
    auto why = !message ? message.error() : false_name(message->worker, user);
    if (message && message->worker == user)
      why = no_common_version(user, message->ver, message->ver);
    if (known)
      close(*known, node_state::lost, why, steps);
    refuse(peer, user, std::move(why), steps);
    return steps;
  }
  if (message->type == type::hello) {
    greet(peer, user, *message, now, steps);
    return steps;
  }
  if (!known) {
    session_step ask;
    ask.what = session_step::kind::send;
    ask.peer = peer;
    ask.message.ver = std::min(message->ver, link::newest_version);
    ask.message.type = type::again;
    ask.message.worker = user;
    steps.push_back(std::move(ask));
    return steps;
  }
  known->current->last_heard = now;
  known->last_heard = now;
  handle(*known, *std::move(message), steps);
  return steps;
}

void session_table::greet(const std::string& peer, const std::string& user,
                          const link::frame& message, time_point now,
                          session_steps& steps) {
  auto about = unpack<link::hello>(message.body.data);
  if (!about || about->incarnation.empty())
    return refuse(peer, user,
                  about ? fail(errc::bad_payload, "hello without incarnation")
                        : about.error(),
                  steps);
  if (about->oldest > link::newest_version)
    return refuse(peer, user,
                  no_common_version(user, about->oldest, message.ver), steps);
  forget_the_oldest();
  auto& one = members_[user];
  if (one.current && one.incarnation != about->incarnation) {
    auto replaced = fail(errc::cancelled,
                         "another process has come in the name of worker "
                             + user + "; each worker needs a key of its own");
    link::frame told;
    told.type = type::refused;
    told.worker = user;
    told.body.data = pack(link::refusal{replaced});
    send(*one.current, std::move(told), steps);
    close(one, node_state::lost, std::move(replaced), steps);
  } else if (one.current) {
    close(one, node_state::lost,
          fail(errc::node_lost, "worker " + user + " connects anew"), steps);
  }
  if (one.incarnation != about->incarnation)
    one.is_draining = false;
  one.incarnation = about->incarnation;
  one.last_heard = now;
  auto& status = one.status;
  status.id = user;
  status.role = "worker";
  status.state = one.is_draining ? node_state::draining : node_state::ready;
  status.version = about->program_version;
  status.tags = about->tags;
  if (about->has_browser)
    status.tags.emplace_back("browser");
  status.cores = about->cores;
  status.memory_bytes = about->memory_bytes;
  status.started_at = about->started_at;
  status.tasks_in_hand = 0;
  names_[peer] = user;
  one.current = session{next_session_++, peer,
                        std::min(message.ver, link::newest_version), now};
  session_step opened;
  opened.what = session_step::kind::open;
  opened.peer = peer;
  opened.session = one.current->id;
  opened.message.worker = user;
  opened.about = *std::move(about);
  steps.push_back(std::move(opened));
  link::frame welcome;
  welcome.type = type::welcome;
  welcome.worker = user;
  welcome.body.data =
      pack(link::welcome{rules_.incarnation, rules_.program_version});
  send(*one.current, std::move(welcome), steps);
  if (one.is_draining) {
    link::frame order;
    order.type = type::drain;
    order.worker = user;
    send(*one.current, std::move(order), steps);
  }
}

void session_table::handle(member& of, link::frame message,
                           session_steps& steps) {
  switch (message.type) {
    case type::leaving:
      close(of, node_state::drained, fail(errc::cancelled, "left"), steps);
      return;
    case type::proxies:
      if (auto told = unpack<link::proxy_report>(message.body.data))
        of.status.proxies = std::move(told->proxies);
      return;
    case type::pull:
    case type::waiting:
    case type::outcome:
    case type::fault_report:
    case type::renew: break;
    default: return; // a beat, or news of a later version
  }
  session_step one;
  one.what = session_step::kind::deliver;
  one.peer = of.current->peer;
  one.session = of.current->id;
  one.message = std::move(message);
  steps.push_back(std::move(one));
}

session_steps session_table::unreachable(const std::string& peer,
                                         time_point now) {
  session_steps steps;
  if (auto* one = of_peer(peer)) {
    one->last_heard = std::min(one->last_heard, now);
    close(*one, node_state::lost,
          fail(errc::node_lost, "worker " + one->status.id + " has hung up"),
          steps);
  }
  return steps;
}

session_steps session_table::tick(time_point now) {
  session_steps steps;
  auto is_beat_due = now >= next_beat_;
  if (is_beat_due)
    next_beat_ = now + rules_.beat;
  for (auto& [name, one] : members_) {
    if (!one.current)
      continue;
    if (now - one.current->last_heard >= rules_.silence) {
      close(one, node_state::lost,
            fail(errc::node_lost, "worker " + name + " is silent"), steps);
    } else if (is_beat_due) {
      // An order to drain that got lost is given again.
      link::frame beat;
      beat.type = one.is_draining ? type::drain : type::beat;
      beat.worker = name;
      send(*one.current, std::move(beat), steps);
    }
  }
  return steps;
}

session_steps session_table::tell(std::uint64_t id, link::frame message) {
  session_steps steps;
  auto* one = of_session(id);
  if (!one)
    return steps;
  if (message.type == type::lease)
    one->status.tasks_in_hand += message.credit;
  // What was lent to the session before is settled in this one.
  const auto is_over =
      message.type == type::settled || message.type == type::unfit;
  if (is_over && one->status.tasks_in_hand > 0)
    --one->status.tasks_in_hand;
  if (message.type == type::unfit)
    note_unfit(message, one->status.id, steps);
  message.worker = one->status.id;
  send(*one->current, std::move(message), steps);
  return steps;
}

session_steps session_table::end(std::uint64_t id, failure why, time_point) {
  session_steps steps;
  auto* one = of_session(id);
  if (!one)
    return steps;
  auto peer = one->current->peer;
  auto name = one->status.id;
  close(*one, node_state::lost, why, steps);
  refuse(peer, name, std::move(why), steps);
  return steps;
}

expected<session_steps> session_table::tell(const std::string& name,
                                            link::frame message) {
  auto found = members_.find(name);
  if (found == members_.end() || !found->second.current)
    return fail(errc::not_found, "no such node: " + name);
  session_steps steps;
  message.worker = name;
  send(*found->second.current, std::move(message), steps);
  return steps;
}

expected<session_steps> session_table::drain(const std::string& name) {
  auto found = members_.find(name);
  if (found == members_.end())
    return fail(errc::not_found, "no such node: " + name);
  session_steps steps;
  auto& one = found->second;
  if (!one.current)
    return steps;
  one.is_draining = true;
  one.status.state = node_state::draining;
  link::frame order;
  order.type = type::drain;
  order.worker = name;
  send(*one.current, std::move(order), steps);
  return steps;
}

/// Names come from keys, so there are few; a limit all the same.
void session_table::forget_the_oldest() {
  if (members_.size() < most_members)
    return;
  auto oldest = members_.end();
  for (auto i = members_.begin(); i != members_.end(); ++i)
    if (!i->second.current
        && (oldest == members_.end()
            || i->second.last_heard < oldest->second.last_heard))
      oldest = i;
  if (oldest != members_.end())
    members_.erase(oldest);
}

std::vector<node_status> session_table::nodes(time_point now,
                                              std::int64_t now_seconds) const {
  std::vector<node_status> all;
  for (const auto& [name, one] : members_) {
    auto ago =
        std::chrono::duration_cast<std::chrono::seconds>(now - one.last_heard);
    all.push_back(one.status);
    all.back().last_seen = text::format_utc(now_seconds - ago.count());
  }
  return all;
}

} // namespace jobfarm::nodes::link_layer
