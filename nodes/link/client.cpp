#include "nodes/link/client.hpp"

#include "messages/msgpack.hpp"
#include "nodes/link/client_state.hpp"
#include "nodes/link/frame_faults.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/link/limits.hpp"
#include "nodes/link/wake_up.hpp"

#include <zmq.hpp>

#include <array>
#include <deque>
#include <mutex>
#include <random>
#include <thread>

namespace jobfarm::nodes::link_layer {

namespace {

using std::chrono::milliseconds;

/// The good-bye may take so long to get out.
constexpr int linger_ms = 500;
/// How often the coordinator is told of this node's faults, if it has any.
constexpr std::chrono::seconds report_period{1};

} // namespace

class client::implementation {
public:
  implementation(client_options options, key_pair keys,
                 std::unique_ptr<host> owner)
      : options_(std::move(options)),
        keys_(std::move(keys)),
        owner_(std::move(owner)),
        state_(rules_of(options_)),
        clock_(options_.faults, "link.clock"),
        leaving_(options_.faults, "link.send"),
        coming_(options_.faults, "link.receive"),
        random_(std::random_device{}()),
        thread_([this] { run(); }) {
  }

  ~implementation() {
    post([this] {
      is_over_ = true;
      return client_steps{};
    });
    thread_.join();
  }

  void post(std::function<client_steps()> order) {
    {
      std::lock_guard lock(mutex_);
      orders_.push_back(std::move(order));
    }
    bell_.ring();
  }

  client_state& state() {
    return state_;
  }

private:
  static client_rules rules_of(const client_options& options) {
    client_rules rules;
    rules.name = options.name;
    rules.about = options.about;
    rules.coordinators = options.coordinators.size();
    return rules;
  }

  static client_state::time_point now() {
    return std::chrono::steady_clock::now();
  }

  void run() {
    while (!is_over_) {
      std::uniform_real_distribution<double> jitter(0, 1);
      carry_out(state_.tick(clock_.read(now()), jitter(random_)));
      report_faults();
      report_proxies();
      pass_delayed();
      send_waiting();
      wait();
      hear_orders();
      hear_coordinator();
    }
    send_waiting();
  }

  void wait() {
    std::array<zmq::pollitem_t, 2> what = {{
        {nullptr, bell_.fd(), ZMQ_POLLIN, 0},
        {socket_ ? socket_.handle() : nullptr, 0, ZMQ_POLLIN, 0},
    }};
    try {
      zmq::poll(what.data(), socket_ ? 2u : 1u,
                waiting_.empty() && !leaving_.holds_any()
                        && !coming_.holds_any()
                    ? pulse
                    : milliseconds{2});
    } catch (const zmq::error_t& e) {
      if (e.num() != EINTR)
        throw;
    }
    bell_.heard();
  }

  void hear_orders() {
    std::deque<std::function<client_steps()>> orders;
    {
      std::lock_guard lock(mutex_);
      orders.swap(orders_);
    }
    for (auto& order : orders)
      carry_out(order());
  }

  void hear_coordinator() {
    for (int i = 0; socket_ && i < most_in_a_row; ++i) {
      zmq::message_t message;
      if (!socket_.recv(message, zmq::recv_flags::dontwait))
        return;
      for (auto& [from, bytes] : coming_.pass({}, message.to_string(), now()))
        hear(bytes);
    }
  }

  void hear(const std::string& bytes) {
    carry_out(state_.heard(bytes, clock_.read(now())));
  }

  /// What faults have held back until now.
  void pass_delayed() {
    for (auto& [from, bytes] : coming_.due(now()))
      hear(bytes);
    for (auto& [to, bytes] : leaving_.due(now()))
      waiting_.push_back(std::move(bytes));
  }

  /// Does what the coordinator orders about faults, and answers.
  void obey(std::uint64_t id, const std::string& body) {
    link::fault_report report;
    auto order = unpack<link::fault_order>(body);
    if (!order)
      report.refused = order.error();
    else if (!options_.faults)
      report.refused = fail(errc::auth_failed, "this node takes no faults");
    else if (order->is_clear)
      options_.faults->clear(order->fault.id);
    else if (auto armed = options_.faults->arm(order->fault); !armed)
      report.refused = armed.error();
    if (options_.faults)
      report.armed = options_.faults->armed();
    carry_out(state_.report(id, report));
  }

  void report_faults() {
    if (!options_.faults || now() < next_report_)
      return;
    next_report_ = now() + report_period;
    link::fault_report report;
    report.armed = options_.faults->armed();
    if (!report.armed.empty())
      carry_out(state_.report(0, report));
  }

  void report_proxies() {
    if (now() < next_proxies_)
      return;
    next_proxies_ = now() + report_period;
    auto proxies = options_.proxies();
    if (!proxies.empty())
      carry_out(state_.report(proxies));
  }

  void carry_out(client_steps steps) {
    using step = client_step::kind;
    // What the socket has not taken yet is not lost yet.
    auto is_blocked = !waiting_.empty();
    for (auto& one : steps)
      switch (one.what) {
        case step::dial: dial(options_.coordinators[one.index]); break;
        case step::send:
          if (!one.is_repeat || !is_blocked)
            for (auto& [to, bytes] :
                 leaving_.pass({}, std::move(one.bytes), now()))
              waiting_.push_back(std::move(bytes));
          break;
        case step::order: obey(one.id, one.bytes); break;
        case step::lend: owner_->lent(std::move(one.tasks)); break;
        case step::settled: owner_->settled(one.id); break;
        case step::unfit:
          owner_->unfit(one.id, std::move(one.bytes), std::move(one.why));
          break;
        case step::drain: owner_->drain(); break;
        case step::rest: owner_->rested(one.host); break;
        case step::end: owner_->ended(one.why); break;
        case step::note: options_.note("link: " + one.why.detail); break;
      }
    tell_of_coordinator();
    send_waiting();
  }

  void tell_of_coordinator() {
    auto is_welcome = state_.is_welcome();
    if (std::exchange(was_welcome_, is_welcome) != is_welcome)
      owner_->connected(is_welcome);
  }

  void dial(const std::string& address) {
    waiting_.clear();
    socket_ = zmq::socket_t(context_, zmq::socket_type::dealer);
    socket_.set(zmq::sockopt::linger, linger_ms);
    socket_.set(zmq::sockopt::sndhwm, 1000);
    socket_.set(zmq::sockopt::rcvhwm, 1000);
    socket_.set(zmq::sockopt::maxmsgsize, largest_frame);
    socket_.set(zmq::sockopt::heartbeat_ivl, 500);
    socket_.set(zmq::sockopt::heartbeat_timeout, 2000);
    socket_.set(zmq::sockopt::curve_serverkey, options_.coordinator_key);
    socket_.set(zmq::sockopt::curve_publickey, keys_.public_key);
    socket_.set(zmq::sockopt::curve_secretkey, keys_.secret_key);
    try {
      socket_.connect(address);
    } catch (const zmq::error_t& e) {
      options_.note("cannot dial " + address + ": " + e.what());
    }
  }

  void send_waiting() {
    while (socket_ && !waiting_.empty()
           && socket_.send(zmq::buffer(waiting_.front()),
                           zmq::send_flags::dontwait))
      waiting_.pop_front();
  }

  client_options options_;
  key_pair keys_;
  std::unique_ptr<host> owner_;
  client_state state_;
  watch::fault_clock clock_;
  frame_faults leaving_;
  frame_faults coming_;
  client_state::time_point next_report_{};
  client_state::time_point next_proxies_{};
  std::mt19937_64 random_;
  zmq::context_t context_{1};
  zmq::socket_t socket_;
  /// What the socket does not take yet; bounded by credit and beats.
  std::deque<std::string> waiting_;
  wake_up bell_;
  std::mutex mutex_;
  std::deque<std::function<client_steps()>> orders_;
  bool is_over_ = false;
  bool was_welcome_ = false;
  std::thread thread_;
};

client::client(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

client::~client() = default;

expected<std::unique_ptr<client>> client::start(client_options options,
                                                std::unique_ptr<host> owner) {
  auto keys = read_key_file(options.key_file);
  if (!keys)
    return keys.error();
  if (options.coordinators.empty())
    return fail(errc::invalid_input, "a worker needs a coordinator to dial");
  for (const auto& one : options.coordinators)
    if (one.rfind("tcp://", 0) != 0)
      return fail(errc::invalid_input,
                  "a coordinator is tcp://ADDRESS:PORT, not \"" + one + '"');
  return std::unique_ptr<client>(new client(std::make_unique<implementation>(
      std::move(options), *std::move(keys), std::move(owner))));
}

void client::pull(std::uint32_t credit) {
  running_->post([this, credit] { return running_->state().pull(credit); });
}

void client::renew(std::vector<std::int64_t> leases) {
  running_->post([this, leases = std::move(leases)]() mutable {
    return running_->state().renew(std::move(leases));
  });
}

void client::finish(std::uint64_t id, std::int64_t lease, std::string body) {
  running_->post([this, id, lease, body = std::move(body)]() mutable {
    return running_->state().finish(id, lease, std::move(body));
  });
}

void client::leave() {
  running_->post([this] { return running_->state().leave(); });
}

} // namespace jobfarm::nodes::link_layer
