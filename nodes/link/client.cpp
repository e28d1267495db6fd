#include "nodes/link/client.hpp"

#include "nodes/link/client_state.hpp"
#include "nodes/link/keys.hpp"
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

constexpr milliseconds pulse{50};
constexpr int most_in_a_row = 256;
constexpr std::int64_t largest_frame = 256LL << 20;
/// The good-bye may take so long to get out.
constexpr int linger_ms = 500;

} // namespace

class client::implementation {
public:
  implementation(client_options options, key_pair keys,
                 std::unique_ptr<host> owner)
      : options_(std::move(options)),
        keys_(std::move(keys)),
        owner_(std::move(owner)),
        state_(rules_of(options_)),
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
      carry_out(state_.tick(now(), jitter(random_)));
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
                waiting_.empty() ? pulse : milliseconds{2});
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
      carry_out(state_.heard(message.to_string_view(), now()));
    }
  }

  void carry_out(client_steps steps) {
    using step = client_step::kind;
    for (auto& one : steps)
      switch (one.what) {
        case step::dial: dial(options_.coordinators[one.index]); break;
        case step::send:
          // What the socket does not take is not lost yet.
          if (!one.is_repeat || waiting_.empty())
            waiting_.push_back(std::move(one.bytes));
          break;
        case step::lend: owner_->lent(std::move(one.tasks)); break;
        case step::settled: owner_->settled(one.id); break;
        case step::drain: owner_->drain(); break;
        case step::end: owner_->ended(one.why); break;
        case step::note: options_.note("link: " + one.why.detail); break;
      }
    send_waiting();
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
  std::mt19937_64 random_;
  zmq::context_t context_{1};
  zmq::socket_t socket_;
  /// What the socket does not take yet; bounded by credit and beats.
  std::deque<std::string> waiting_;
  wake_up bell_;
  std::mutex mutex_;
  std::deque<std::function<client_steps()>> orders_;
  bool is_over_ = false;
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

void client::finish(std::uint64_t id, std::string body) {
  running_->post([this, id, body = std::move(body)]() mutable {
    return running_->state().finish(id, std::move(body));
  });
}

void client::leave() {
  running_->post([this] { return running_->state().leave(); });
}

} // namespace jobfarm::nodes::link_layer
