#pragma once

#include "nodes/link/keys.hpp"

#include <zmq.hpp>

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <unordered_map>

namespace jobfarm::nodes::link_layer {

/// Judges who may connect, by RFC 27/ZAP, and counts those who never got as far
/// as being judged. A connection stays when its key is taken off the list:
/// whoever receives from it asks `name_of` each time. Belongs to the thread of
/// the socket that it guards, and must be made before that.
class door {
public:
  /// `allow_file` is looked at anew when it changes: see `look_again`.
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

  /// Whether there is a question to answer.
  bool is_asked() {
    return (socket_.get(zmq::sockopt::events) & ZMQ_POLLIN) != 0;
  }

  /// Answers one question if there is one; who was refused, in words, or empty
  /// for who was let in.
  std::optional<std::string> answer();

  /// Whom a connection belongs to whose messages have that `User-Id`; empty
  /// once its key is not on the list any more.
  std::string name_of(const std::string& user_id) const;

  /// Reads the list if its file has changed, or did within two seconds. One
  /// that makes no sense changes nothing: returns why, once. Without a file
  /// nobody may come.
  std::optional<std::string> look_again();

  /// How many connections broke off since the last call: they speak no ZMTP,
  /// or no CURVE, or not to this coordinator's key.
  std::size_t strangers();

private:
  void say(const std::string& text, bool more);
  void take(const allow_list& fresh);

  zmq::socket_t socket_;
  zmq::socket_t bell_;
  std::string file_;
  /// By key in hex digits, which are the `User-Id` of who was let in.
  std::unordered_map<std::string, std::string> names_;
  /// The file's time when it was read, once nothing newer can have that time.
  std::filesystem::file_time_type read_at_{};
  std::string trouble_;
};

} // namespace jobfarm::nodes::link_layer
