#include "nodes/worker.hpp"

#include "actors/errors.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/random_id.hpp"
#include "actors/text/time.hpp"
#include "nodes/crew.hpp"
#include "nodes/link/remote_worker_actor.hpp"
#include "nodes/link/uplink_actor.hpp"
#include "nodes/reader_name.hpp"
#include "nodes/set_aside.hpp"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <unistd.h>

namespace jobfarm::nodes {

namespace {

/// How the node ends, for the thread that waits.
struct ending {
  std::mutex mutex;
  std::condition_variable changed;
  std::optional<expected<void>> what;

  /// What something has died of, for when that ends the node.
  std::optional<failure> cause;

  void note_cause(failure why) {
    std::lock_guard lock(mutex);
    cause = std::move(why);
  }

  void give_up() {
    std::unique_lock lock(mutex);
    auto why = cause.value_or(fail(errc::internal, "the crew has ended"));
    lock.unlock();
    set(why);
  }

  void set(expected<void> how) {
    std::lock_guard lock(mutex);
    if (!what)
      what = std::move(how);
    changed.notify_all();
  }
};

/// The most that a coordinator has a host left alone for.
constexpr double longest_rest_s = 86'400;

/// What the link says, as messages to the UPLINK.
class link_host : public link_layer::host {
public:
  link_host(link_layer::uplink_actor to, std::shared_ptr<ending> end,
            std::shared_ptr<std::atomic<bool>> is_up,
            std::shared_ptr<watch::worker_probe> told)
      : to_(std::move(to)),
        end_(std::move(end)),
        is_up_(std::move(is_up)),
        told_(std::move(told)) {
  }

  void lent(std::vector<link::lent_task> tasks) override {
    caf::anon_send(to_, link_layer::uplink_tasks{std::move(tasks)});
  }
  void settled(std::uint64_t id) override {
    caf::anon_send(to_, link_layer::uplink_settled{id});
  }
  void unfit(std::uint64_t id, std::string body, failure why) override {
    caf::anon_send(
        to_, link_layer::uplink_unfit{id, std::move(body), std::move(why)});
  }
  void drain() override {
    caf::anon_send(to_, atom::drain::value);
  }
  void rested(const link::host_rest& told) override {
    auto left = std::chrono::duration<double>(
        std::clamp(told.seconds, 0.0, longest_rest_s));
    caf::anon_send(
        to_,
        jobfarm::host_rest{told.host,
                           std::chrono::ceil<std::chrono::milliseconds>(left)});
  }
  void connected(bool is_up) override {
    *is_up_ = is_up;
    if (told_)
      told_->on_link(is_up);
  }
  void ended(const failure& why) override {
    end_->set(why);
  }

private:
  link_layer::uplink_actor to_;
  std::shared_ptr<ending> end_;
  std::shared_ptr<std::atomic<bool>> is_up_;
  std::shared_ptr<watch::worker_probe> told_;
};

/// Ends the node when the UPLINK ends otherwise than as asked.
caf::behavior lookout(caf::event_based_actor* self, std::shared_ptr<ending> end,
                      const caf::actor_addr& uplink) {
  self->monitor(uplink);
  self->set_down_handler([end](const caf::down_msg& down) {
    if (down.reason && down.reason != caf::exit_reason::user_shutdown)
      end->set(from_error(down.reason));
  });
  return {[](atom::done) {}};
}

link_layer::outcome_keeper keeper_in(const std::string& directory) {
  if (directory.empty())
    return nullptr;
  return [directory](const std::string& task_id, std::string_view body) {
    return set_aside(directory, task_id, body);
  };
}

link::hello about_of(const worker_options& options) {
  link::hello about;
  about.incarnation = random_id();
  about.program_version = options.program_version;
  about.cores = static_cast<std::int64_t>(std::thread::hardware_concurrency());
  about.memory_bytes = static_cast<std::int64_t>(::sysconf(_SC_PHYS_PAGES))
                       * ::sysconf(_SC_PAGESIZE);
  about.has_browser = has_browser(options.crew);
  about.tags = options.tags;
  auto now = std::chrono::system_clock::now().time_since_epoch();
  about.started_at = text::format_utc(
      std::chrono::duration_cast<std::chrono::seconds>(now).count());
  return about;
}

} // namespace

struct worker::parts {
  std::shared_ptr<ending> end = std::make_shared<ending>();
  std::shared_ptr<std::atomic<bool>> is_connected =
      std::make_shared<std::atomic<bool>>(false);
  caf::actor_system_config config;
  caf::actor_system system{configure(config)};
  link_layer::uplink_actor uplink;
  caf::actor crew;
  caf::actor watcher;

  ~parts() {
    for (const auto& one : {watcher, crew})
      if (one)
        caf::anon_send_exit(one, caf::exit_reason::user_shutdown);
    caf::anon_send_exit(uplink, caf::exit_reason::user_shutdown);
  }
};

worker::worker(std::unique_ptr<parts> running) : running_(std::move(running)) {
}

worker::~worker() = default;

expected<std::unique_ptr<worker>> worker::start(worker_options options) {
  auto places = normalize::gazetteer::open(options.gazetteer_file);
  if (!places)
    return places.error();
  auto rules =
      std::make_shared<const normalize::normalizer>(*std::move(places));
  auto made = std::make_unique<parts>();
  auto end = made->end;
  made->uplink = made->system.spawn(
      link_layer::uplink, std::function<void()>([end] { end->set({}); }),
      options.told, keeper_in(options.set_aside_dir));
  // No coordinator for a day is a matter for its operator, not for the work.
  options.crew.hand_in_timeout = std::chrono::hours{24 * 7};
  options.crew.node = options.name;
  options.crew.reader = reader_name(rules->places());
  options.crew.told = options.told;
  auto crew =
      make_crew(options.crew, made->uplink, made->uplink, std::move(rules),
                clock_of(made->system), [end](const caf::error& why) {
                  if (why)
                    end->note_cause(from_error(why));
                });
  if (!crew)
    return crew.error();
  link_layer::client_options link;
  link.name = options.name;
  link.coordinators = options.coordinators;
  link.key_file = options.key_file;
  link.coordinator_key = options.coordinator_key;
  link.about = about_of(options);
  link.note = options.note;
  link.faults = options.crew.faults;
  link.proxies = [roster = crew->roster] { return roster->proxies(); };
  auto line = link_layer::client::start(
      std::move(link),
      std::make_unique<link_host>(made->uplink, end, made->is_connected,
                                  options.told));
  if (!line)
    return line.error();
  caf::anon_send(made->uplink, link_layer::uplink_line{*std::move(line)});
  // The crew has no supervisor above it: its end is the node's.
  auto note_cause = crew->supervisor.on_end;
  crew->supervisor.on_end = [note_cause, end](const caf::error& why) {
    note_cause(why);
    end->give_up();
  };
  made->crew = made->system.spawn(supervisor, std::move(crew->supervisor));
  made->watcher = made->system.spawn(lookout, end, made->uplink.address());
  return std::unique_ptr<worker>(new worker(std::move(made)));
}

bool worker::is_connected() const {
  return *running_->is_connected;
}

void worker::drain() {
  caf::anon_send(running_->uplink, atom::drain::value);
}

std::optional<expected<void>> worker::wait(std::chrono::milliseconds patience) {
  auto& end = *running_->end;
  std::unique_lock lock(end.mutex);
  end.changed.wait_for(lock, patience, [&] { return end.what.has_value(); });
  return end.what;
}

} // namespace jobfarm::nodes
