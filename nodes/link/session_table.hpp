#pragma once

#include "messages/expected.hpp"
#include "messages/link.hpp"
#include "messages/operations.hpp"

#include <chrono>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::link_layer {

using time_point = std::chrono::steady_clock::time_point;

/// How the coordinator's end of the link behaves.
struct session_rules {
  std::string program_version;
  /// Random for each process.
  std::string incarnation;
  /// A worker that is silent for so long is lost.
  std::chrono::milliseconds silence{1500};
  /// How often each worker is told that the coordinator lives.
  std::chrono::milliseconds beat{200};
};

/// What the coordinator's end has to do, in the order given.
struct session_step {
  enum class kind : std::uint8_t {
    send,    ///< `message` to `peer`
    open,    ///< a worker has come: session, with what its `hello` says
    deliver, ///< `message` of an open session
    close,   ///< the session has ended, `why`; nothing more comes of it
    note,    ///< tell the operator `why`
  } what = kind::note;
  std::string peer = {};
  std::uint64_t session = 0;
  link::frame message = {};
  link::hello about = {};
  failure why = {};
};
using session_steps = std::vector<session_step>;

/// Who is connected: the coordinator's end of the data link without socket,
/// thread or clock. A peer is a connection; a session is one introduction of a
/// worker, from its `hello` until it leaves, falls silent or says hello again.
/// Whatever a peer sends, only frames of a proven name within an open session
/// are delivered.
class session_table {
public:
  explicit session_table(session_rules rules);

  /// `bytes` came from connection `peer`, whose key belongs to `user`; to
  /// nobody if that is empty, which ends a session.
  session_steps heard(const std::string& peer, const std::string& user,
                      std::string_view bytes, time_point now);
  /// The connection of `peer` is gone.
  session_steps unreachable(const std::string& peer, time_point now);
  /// Ends silent sessions and sends what is due. Call it often.
  session_steps tick(time_point now);
  /// A frame of ours to an open session; nothing if it has ended.
  session_steps tell(std::uint64_t session, link::frame message);
  /// Ends a session from this side, with the reason for the worker.
  session_steps end(std::uint64_t session, failure why, time_point now);

  /// A frame of ours to the open session of a worker. Errors: not_found.
  expected<session_steps> tell(const std::string& name, link::frame message);

  /// Asks a worker to finish and leave. Errors: not_found.
  expected<session_steps> drain(const std::string& name);

  /// Every worker that was seen, those that left or were lost too.
  /// Times of day are made from `now`, which is `now_seconds` since 1970.
  std::vector<node_status> nodes(time_point now,
                                 std::int64_t now_seconds) const;

private:
  struct session {
    std::uint64_t id = 0;
    std::string peer;
    std::uint8_t version = link::newest_version;
    time_point last_heard{};
  };
  struct member {
    node_status status;
    std::string incarnation;
    std::optional<session> current;
    time_point last_heard{};
    bool is_draining = false;
  };

  void greet(const std::string& peer, const std::string& user,
             const link::frame& message, time_point now, session_steps& steps);
  void handle(member& of, link::frame message, session_steps& steps);
  void close(member& of, node_state becomes, failure why, session_steps& steps);
  void send(const session& to, link::frame message, session_steps& steps);
  void refuse(const std::string& peer, const std::string& user, failure why,
              session_steps& steps);
  member* of_peer(const std::string& peer);
  member* of_session(std::uint64_t id);
  void forget_the_oldest();

  session_rules rules_;
  std::map<std::string, member> members_;
  std::map<std::string, std::string> names_;
  std::uint64_t next_session_ = 1;
  time_point next_beat_{};
};

} // namespace jobfarm::nodes::link_layer
