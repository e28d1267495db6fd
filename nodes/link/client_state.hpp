#pragma once

#include "messages/expected.hpp"
#include "messages/fault.hpp"
#include "messages/link.hpp"
#include "nodes/link/limits.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::nodes::link_layer {

struct client_rules {
  std::string name;
  link::hello about;
  /// Addresses of coordinators, tried in turn.
  std::size_t coordinators = 1;
  /// A coordinator that is silent for so long is lost.
  std::chrono::milliseconds silence{2000};
  std::chrono::milliseconds beat{250};
  std::chrono::milliseconds first_delay{100};
  std::chrono::milliseconds longest_delay{5000};
  /// An outcome that is not settled after so long is sent again, and again
  /// after twice as long, up to the longest: frames may get lost.
  std::chrono::milliseconds first_repeat{2000};
  std::chrono::milliseconds longest_repeat{10'000};
  /// Bytes of an outcome that a frame has room for.
  std::size_t largest_outcome = largest_frame - 4096;
};

/// What the worker's end has to do, in the order given.
struct client_step {
  enum class kind : std::uint8_t {
    dial,    ///< close what is open and connect to coordinator `index`
    send,    ///< `bytes`
    lend,    ///< tasks came
    settled, ///< outcome `id` is on disk
    drain,   ///< finish what is in hand and leave
    end,     ///< nobody wants this worker any more, `why`
    note,    ///< tell the operator `why`
    order,   ///< order `id` about faults is in `bytes`
    rest,    ///< `host` is to be left alone
    unfit,   ///< outcome `id`, in `bytes`, can never be taken, `why`
  } what = kind::note;
  std::size_t index = 0;
  std::string bytes = {};
  /// Sent before; need not go while others wait for the socket.
  bool is_repeat = false;
  std::vector<link::lent_task> tasks = {};
  std::uint64_t id = 0;
  failure why = {};
  link::host_rest host = {};
};
using client_steps = std::vector<client_step>;

/// The worker's end of the data link without socket, thread or clock. Keeps
/// every outcome until the coordinator, or the one after it, says that it is
/// on disk, and sees to it that lost frames cost time and nothing else.
class client_state {
public:
  using time_point = std::chrono::steady_clock::time_point;

  explicit client_state(client_rules rules);

  /// `random` is in [0, 1): jitter of the next dial.
  client_steps tick(time_point now, double random);
  client_steps heard(std::string_view bytes, time_point now);
  /// There is room for `credit` more tasks.
  client_steps pull(std::uint32_t credit);
  /// These leases' tasks are still being worked on.
  client_steps renew(std::vector<std::int64_t> leases);
  /// The task of a lease is finished; kept until it is settled, or unfit.
  client_steps finish(std::uint64_t id, std::int64_t lease, std::string body);
  /// The faults of this node, in answer to an order or to none (0).
  client_steps report(std::uint64_t order, const link::fault_report& faults);
  /// What has become of this node's proxies.
  client_steps report(const std::vector<proxy_status>& proxies);
  /// Nothing is in hand and nothing will be: says good-bye.
  client_steps leave();

  bool is_welcome() const noexcept {
    return is_welcome_;
  }
  std::size_t unsettled() const noexcept {
    return unsettled_.size();
  }

private:
  struct kept_outcome {
    std::int64_t lease = 0;
    std::string body;
    std::uint32_t attempt = 0;
    time_point repeat_at{};
  };

  void send(link::frame message, client_steps& steps);
  void dial(time_point now, client_steps& steps);
  void beat(time_point now, client_steps& steps);
  void repeat(client_steps& steps);
  void greet(time_point now, client_steps& steps);
  void on_welcome(const link::frame& message, client_steps& steps);
  void on_refused(const link::frame& message, client_steps& steps);
  void on_settled(std::uint64_t id, client_steps& steps);
  void on_unfit(const link::frame& message, client_steps& steps);
  void give_up(std::uint64_t id, failure why, client_steps& steps);
  void on_rest(const link::frame& message, client_steps& steps);
  void on_lease(const link::frame& message, client_steps& steps);
  void send_outcome(std::uint64_t id, kept_outcome& kept, client_steps& steps);

  client_rules rules_;
  std::map<std::uint64_t, kept_outcome> unsettled_;
  /// Tasks that were asked for and have not come.
  std::uint32_t credit_ = 0;
  bool is_connected_ = false;
  bool is_welcome_ = false;
  bool is_refused_ = false;
  std::size_t dials_ = 0;
  std::int32_t failures_ = 0;
  /// Leases that came, the newest of them: a frame may come twice.
  std::set<std::int64_t> leases_;
  /// Those whose tasks are not settled.
  std::set<std::int64_t> held_;
  time_point now_{};
  time_point last_heard_{};
  time_point greeted_{};
  time_point next_dial_{};
  time_point next_beat_{};
  std::string coordinator_;
  std::string last_refusal_;
};

} // namespace jobfarm::nodes::link_layer
