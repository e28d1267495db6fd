#pragma once

#include "nodes/http_message.hpp"

#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace jobfarm::nodes::gateway {

/// Hands a body from a thread that may wait to a client that takes it piece by
/// piece. Holds little: a slow client slows the giver down. For one giver and
/// one client.
class body_channel : public std::enable_shared_from_this<body_channel> {
public:
  /// Gives a piece, waiting while too much is not taken. False once the client
  /// is gone: nothing more is wanted.
  bool give(std::string bytes);
  /// The body is whole, or `is_broken`.
  void end(bool is_broken);

  bool is_abandoned();

  /// What the client takes; call once. When it is dropped, the client is gone.
  body_source source();

private:
  using taker = std::function<void(body_part)>;
  class client_end;

  void take(taker wanted);
  void abandon();
  void hand_over(std::unique_lock<std::mutex> lock, body_part part);

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<body_part> parts_;
  std::size_t held_bytes_ = 0;
  /// The client waits.
  taker wanted_;
  bool is_gone_ = false;
};

} // namespace jobfarm::nodes::gateway
