#include "nodes/link/router.hpp"

#include "nodes/link/limits.hpp"

namespace jobfarm::nodes::link_layer {

namespace {

std::string user_of(zmq::message_t& message) {
  try {
    const auto* name = message.gets("User-Id");
    return name ? name : "";
  } catch (const zmq::error_t&) {
    return {};
  }
}

} // namespace

router::router(zmq::context_t& context, const key_pair& keys,
               std::function<void(const std::string& peer)> lost)
    : socket_(context, zmq::socket_type::router), lost_(std::move(lost)) {
  socket_.set(zmq::sockopt::linger, 0);
  socket_.set(zmq::sockopt::router_mandatory, 1);
  socket_.set(zmq::sockopt::sndhwm, 1000);
  socket_.set(zmq::sockopt::rcvhwm, 1000);
  socket_.set(zmq::sockopt::maxmsgsize, largest_frame);
  socket_.set(zmq::sockopt::heartbeat_ivl, 500);
  socket_.set(zmq::sockopt::heartbeat_timeout, 2000);
  socket_.set(zmq::sockopt::curve_server, 1);
  socket_.set(zmq::sockopt::curve_publickey, keys.public_key);
  socket_.set(zmq::sockopt::curve_secretkey, keys.secret_key);
  socket_.set(zmq::sockopt::zap_domain, "jobfarm");
}

std::string router::bind(const std::string& address) {
  socket_.bind(address);
  return socket_.get(zmq::sockopt::last_endpoint);
}

std::optional<router::message> router::receive() {
  zmq::message_t peer;
  zmq::message_t body;
  if (!socket_.recv(peer, zmq::recv_flags::dontwait))
    return std::nullopt;
  auto is_whole = peer.more();
  if (is_whole)
    (void)socket_.recv(body, zmq::recv_flags::none);
  auto user = is_whole ? user_of(body) : std::string{};
  // A frame of ours is one part; what has more is none.
  for (auto more = body.more(); more;) {
    zmq::message_t extra;
    (void)socket_.recv(extra, zmq::recv_flags::none);
    more = extra.more();
    body.rebuild();
  }
  return message{peer.to_string(), std::move(user), body.to_string()};
}

void router::send(const std::string& peer, std::string bytes) {
  auto late = waiting_.find(peer);
  if (late != waiting_.end()) {
    late->second.push_back(std::move(bytes));
    return;
  }
  if (!try_send(peer, bytes))
    waiting_[peer].push_back(std::move(bytes));
}

/// False if the peer takes no more for now. One that is gone takes all.
bool router::try_send(const std::string& peer, const std::string& bytes) {
  try {
    if (!socket_.send(zmq::buffer(peer),
                      zmq::send_flags::sndmore | zmq::send_flags::dontwait))
      return false;
    return socket_.send(zmq::buffer(bytes), zmq::send_flags::dontwait)
        .has_value();
  } catch (const zmq::error_t&) { // EHOSTUNREACH
    lost_(peer);
    return true;
  }
}

void router::send_waiting() {
  for (auto i = waiting_.begin(); i != waiting_.end();) {
    auto peer = i->first;
    auto late = std::move(i->second);
    waiting_.erase(i);
    while (!late.empty() && try_send(peer, late.front()))
      late.pop_front();
    if (!late.empty())
      waiting_[peer] = std::move(late);
    i = waiting_.upper_bound(peer);
  }
}

} // namespace jobfarm::nodes::link_layer
