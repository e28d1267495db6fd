#pragma once

#include "nodes/link/keys.hpp"

#include <zmq.hpp>

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace jobfarm::nodes::link_layer {

/// The ROUTER socket that workers dial, under CURVE with ZAP. What a peer reads
/// too slowly waits here, bounded by its credit. Belongs to one thread.
class router {
public:
  struct message {
    /// The connection it came by.
    std::string peer;
    /// The `User-Id` of who was let in, see `door`; empty for nobody.
    std::string user;
    std::string bytes;
  };

  /// `lost` is told of a peer that is gone when something is sent to it.
  router(zmq::context_t& context, const key_pair& keys,
         std::function<void(const std::string& peer)> lost);

  /// Listens; returns the address with its port. Throws zmq::error_t.
  std::string bind(const std::string& address);

  zmq::socket_t& socket() noexcept {
    return socket_;
  }

  /// The next message, if one is there.
  std::optional<message> receive();

  void send(const std::string& peer, std::string bytes);
  /// Sends of what waits what can be sent now.
  void send_waiting();
  bool holds_any() const noexcept {
    return !waiting_.empty();
  }
  /// Drops what waits for a peer.
  void forget(const std::string& peer) {
    waiting_.erase(peer);
  }

private:
  bool try_send(const std::string& peer, const std::string& bytes);

  zmq::socket_t socket_;
  std::function<void(const std::string& peer)> lost_;
  std::map<std::string, std::deque<std::string>> waiting_;
};

} // namespace jobfarm::nodes::link_layer
