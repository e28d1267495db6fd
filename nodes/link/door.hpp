#pragma once

#include "nodes/link/keys.hpp"

#include <zmq.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>

namespace jobfarm::nodes::link_layer {

/// Judges who may connect, by RFC 27/ZAP, and counts those who never got as far
/// as being judged. Belongs to the thread of the socket that it guards, and
/// must be made before that.
class door {
public:
  /// `allow_file` is looked at anew when it changes.
  door(zmq::context_t& context, std::string allow_file);

  /// Counts connections of `guarded` that break off before they are judged.
  /// Call it before that is bound.
  void watch(zmq::socket_t& guarded);

  /// To be polled: there is somebody to judge; somebody broke off.
  zmq::socket_t& socket() {
    return socket_;
  }
  zmq::socket_t& bell() {
    return bell_;
  }

  /// Answers one question if there is one; who was refused, in words, or empty
  /// for who was let in.
  std::optional<std::string> answer();

  /// How many connections broke off since the last call: they speak no ZMTP,
  /// or no CURVE, or not to this coordinator's key.
  std::size_t strangers();

private:
  void say(const std::string& text, bool more);
  void look_again();

  zmq::socket_t socket_;
  zmq::socket_t bell_;
  std::string file_;
  allow_list list_;
  std::filesystem::file_time_type read_at_{};
};

} // namespace jobfarm::nodes::link_layer
