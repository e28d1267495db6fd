#include "nodes/link/server.hpp"

#include "messages/msgpack.hpp"
#include "nodes/link/door.hpp"
#include "nodes/link/frame_faults.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/link/limits.hpp"
#include "nodes/link/router.hpp"
#include "nodes/link/scarce_notes.hpp"
#include "nodes/link/session_table.hpp"
#include "nodes/link/wake_up.hpp"

#include <zmq.hpp>

#include <array>
#include <deque>
#include <map>
#include <mutex>
#include <thread>

namespace jobfarm::nodes::link_layer {

namespace {

using std::chrono::milliseconds;

/// For so long a key that was taken off the allow-list may still be good.
constexpr std::chrono::seconds between_looks{1};

/// What a line of the log is about. Each is kept scarce by itself, so that no
/// noise of one kind hides the others.
enum class about { keys, strangers, sessions, frames };

std::int64_t unix_seconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

} // namespace

class server::implementation {
public:
  implementation(server_options options, const key_pair& keys)
      : options_(std::move(options)),
        table_({options_.program_version, options_.incarnation}),
        clock_(options_.faults, "link.clock"),
        leaving_(options_.faults, "link.send"),
        coming_(options_.faults, "link.receive"),
        door_(context_, options_.allow_file),
        router_(context_, keys,
                [this](const std::string& peer) { lose(peer); }) {
  }

  void start() {
    door_.watch(router_.socket());
    address_ = router_.bind(options_.listen);
    thread_ = std::thread([this] { run(); });
    if (options_.desk)
      options_.desk->connect(
          [this](const std::string& worker, link::frame order) {
            return tell_worker(worker, std::move(order));
          });
  }

  ~implementation() {
    if (options_.desk)
      options_.desk->connect(nullptr);
    if (thread_.joinable()) {
      post([this] { is_over_ = true; });
      thread_.join();
    }
  }

  const std::string& address() const {
    return address_;
  }

  void post(std::function<void()> order) {
    {
      std::lock_guard lock(orders_mutex_);
      orders_.push_back(std::move(order));
    }
    bell_.ring();
  }

  void tell(std::uint64_t session, link::frame message) {
    post([this, session, message = std::move(message)]() mutable {
      std::unique_lock lock(table_mutex_);
      auto steps = table_.tell(session, std::move(message));
      lock.unlock();
      carry_out(std::move(steps));
    });
  }

  void end(std::uint64_t session, failure why) {
    post([this, session, why = std::move(why)] {
      std::unique_lock lock(table_mutex_);
      auto steps = table_.end(session, why, now());
      lock.unlock();
      carry_out(std::move(steps));
    });
  }

  expected<void> drain(const std::string& name) {
    std::unique_lock lock(table_mutex_);
    auto steps = table_.drain(name);
    lock.unlock();
    if (!steps)
      return steps.error();
    post([this, steps = *std::move(steps)]() mutable {
      carry_out(std::move(steps));
    });
    return {};
  }

  bool tell_worker(const std::string& name, link::frame order) {
    std::unique_lock lock(table_mutex_);
    auto steps = table_.tell(name, std::move(order));
    lock.unlock();
    if (!steps)
      return false;
    post([this, steps = *std::move(steps)]() mutable {
      carry_out(std::move(steps));
    });
    return true;
  }

  std::vector<node_status> nodes() const {
    std::lock_guard lock(table_mutex_);
    return table_.nodes(now(), unix_seconds());
  }

private:
  static time_point now() {
    return std::chrono::steady_clock::now();
  }

  void run() {
    while (!is_over_) {
      wait();
      hear_the_door();
      hear_orders();
      hear_peers();
      pass_delayed();
      router_.send_waiting();
      std::unique_lock lock(table_mutex_);
      auto steps = table_.tick(clock_.read(now()));
      lock.unlock();
      carry_out(std::move(steps));
    }
    for (auto& [id, one] : guests_)
      one->gone(fail(errc::cancelled, "the coordinator stops"));
  }

  void wait() {
    std::array<zmq::pollitem_t, 4> what = {{
        {router_.socket().handle(), 0, ZMQ_POLLIN, 0},
        {door_.socket().handle(), 0, ZMQ_POLLIN, 0},
        {door_.bell().handle(), 0, ZMQ_POLLIN, 0},
        {nullptr, bell_.fd(), ZMQ_POLLIN, 0},
    }};
    try {
      zmq::poll(what.data(), what.size(),
                router_.holds_any() || leaving_.holds_any()
                        || coming_.holds_any()
                    ? milliseconds{2}
                    : pulse);
    } catch (const zmq::error_t& e) {
      if (e.num() != EINTR)
        throw;
    }
    bell_.heard();
  }

  void hear_the_door() {
    if (now() >= next_look_ || door_.is_asked()) {
      next_look_ = now() + between_looks;
      if (auto trouble = door_.look_again())
        note(about::keys, *trouble);
    }
    while (auto refused = door_.answer())
      if (!refused->empty())
        note(about::keys, *refused);
    if (auto strangers = door_.strangers(); strangers > 0)
      note(about::strangers,
           "refused " + std::to_string(strangers)
               + " connections that do not speak the link's protocol");
  }

  void note(about what, const std::string& text) {
    if (auto line = notes_[what].pass(text, now()))
      options_.note(*line);
  }

  void hear_orders() {
    std::deque<std::function<void()>> orders;
    {
      std::lock_guard lock(orders_mutex_);
      orders.swap(orders_);
    }
    for (auto& order : orders)
      order();
  }

  void hear_peers() {
    for (int i = 0; i < most_in_a_row; ++i) {
      auto message = router_.receive();
      if (!message)
        return;
      for (auto& [from, bytes] :
           coming_.pass(door_.name_of(message->user) + '/' + message->peer,
                        message->bytes, now()))
        hear(from, bytes);
    }
  }

  /// `from` is the name that the key belongs to, which has no slash, or nothing
  /// if it is not allowed any more, and the connection.
  void hear(const std::string& from, const std::string& bytes) {
    auto slash = from.find('/');
    std::unique_lock lock(table_mutex_);
    auto steps = table_.heard(from.substr(slash + 1), from.substr(0, slash),
                              bytes, clock_.read(now()));
    lock.unlock();
    carry_out(std::move(steps));
  }

  /// What faults have held back until now.
  void pass_delayed() {
    for (auto& [from, bytes] : coming_.due(now()))
      hear(from, bytes);
    for (auto& [to, bytes] : leaving_.due(now()))
      router_.send(to, std::move(bytes));
  }

  void carry_out(session_steps steps) {
    using step = session_step::kind;
    for (auto& one : steps)
      switch (one.what) {
        case step::send:
          for (auto& [to, bytes] :
               leaving_.pass(one.peer, pack(one.message), now()))
            router_.send(to, std::move(bytes));
          break;
        case step::open:
          note(about::sessions, "worker " + one.message.worker + " has come");
          names_[one.session] = one.message.worker;
          guests_[one.session] =
              options_.open(one.session, one.message.worker, one.about);
          break;
        case step::deliver:
          if (one.message.type == link::frame_type::fault_report)
            hear_of_faults(one.message);
          else if (auto to = guests_.find(one.session); to != guests_.end())
            to->second->heard(std::move(one.message));
          break;
        case step::close:
          if (auto to = guests_.find(one.session); to != guests_.end()) {
            to->second->gone(one.why);
            guests_.erase(to);
          }
          if (options_.desk)
            options_.desk->gone(names_[one.session]);
          names_.erase(one.session);
          router_.forget(one.peer);
          note(about::sessions, "link: " + one.why.detail);
          break;
        case step::note: note(about::frames, one.why.detail); break;
      }
  }

  void hear_of_faults(const link::frame& message) {
    auto report = unpack<link::fault_report>(message.body.data);
    if (report && options_.desk)
      options_.desk->reported(message.worker, message.id, *std::move(report));
  }

  void lose(const std::string& peer) {
    std::unique_lock lock(table_mutex_);
    auto steps = table_.unreachable(peer, now());
    lock.unlock();
    carry_out(std::move(steps));
  }

  server_options options_;
  mutable std::mutex table_mutex_;
  session_table table_;
  watch::fault_clock clock_;
  frame_faults leaving_;
  frame_faults coming_;
  zmq::context_t context_{1};
  door door_;
  time_point next_look_{};
  router router_;
  std::string address_;
  wake_up bell_;
  std::mutex orders_mutex_;
  std::deque<std::function<void()>> orders_;
  std::map<std::uint64_t, std::unique_ptr<guest>> guests_;
  /// Of open sessions.
  std::map<std::uint64_t, std::string> names_;
  std::map<about, scarce_notes> notes_;
  bool is_over_ = false;
  std::thread thread_;
};

server::server(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

server::~server() = default;

expected<std::unique_ptr<server>> server::start(server_options options) {
  auto keys = read_key_file(options.key_file);
  if (!keys)
    return keys.error();
  if (auto list = allow_list::read(options.allow_file); !list)
    return list.error();
  auto where = options.listen;
  try {
    auto made = std::make_unique<implementation>(std::move(options), *keys);
    made->start();
    return std::unique_ptr<server>(new server(std::move(made)));
  } catch (const zmq::error_t& e) {
    return fail(errc::invalid_input,
                "cannot listen on " + where + ": " + e.what());
  }
}

std::string server::address() const {
  return running_->address();
}

void server::tell(std::uint64_t session, link::frame message) {
  running_->tell(session, std::move(message));
}

void server::end(std::uint64_t session, failure why) {
  running_->end(session, std::move(why));
}

expected<void> server::drain(const std::string& name) {
  return running_->drain(name);
}

std::vector<node_status> server::nodes() const {
  return running_->nodes();
}

} // namespace jobfarm::nodes::link_layer
