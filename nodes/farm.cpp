#include "nodes/farm.hpp"

#include "actors/collect/ingest_actor.hpp"
#include "actors/collect/print_demand.hpp"
#include "actors/collect/read_pages.hpp"
#include "actors/errors.hpp"
#include "actors/fetch/curl_client.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/plan/frontier_actor.hpp"
#include "actors/plan/planner_actor.hpp"
#include "actors/random_id.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/store/store_actor.hpp"
#include "actors/text/time.hpp"
#include "actors/watch/watched_store.hpp"
#include "nodes/crew.hpp"
#include "nodes/handed_out.hpp"
#include "nodes/link/remote_worker_actor.hpp"
#include "nodes/link/server.hpp"
#include "nodes/reader_name.hpp"
#include "nodes/run.hpp"
#include "nodes/vital_signs.hpp"

#include <chrono>
#include <cstdlib>
#include <functional>
#include <future>
#include <random>
#include <thread>

namespace jobfarm::nodes {

namespace {

using namespace std::chrono_literals;

constexpr auto answer_timeout = std::chrono::minutes{2};

crew_options crew_of(const farm_options& options,
                     std::shared_ptr<const collect::print_demand> prints) {
  crew_options crew;
  crew.prints = std::move(prints);
  crew.workers = options.workers;
  crew.sources = options.sources;
  crew.allowed_hosts = options.allowed_hosts;
  crew.request_timeout = options.request_timeout;
  crew.credentials = options.credentials;
  crew.page_cache_dir = options.page_cache_dir;
  crew.proxies = options.proxies;
  crew.user_agents = options.user_agents;
  crew.browser = options.browser;
  crew.told = options.told;
  crew.faults = options.faults;
  return crew;
}

/// ROOT's children hold handles of each other and what they are up to, so none
/// is started again alone: the end of one ends the farm, and what the store has
/// is taken up by the next. They are waited for, however long a write takes.
supervise::child_spec permanent(const std::string& id) {
  supervise::child_spec made;
  made.id = id;
  made.factory = id;
  made.shutdown.what = supervise::shutdown_rule::kind::infinity;
  return made;
}

/// A child that runs already.
template <class Handle>
child_factory given(const Handle& one) {
  return [handle = caf::actor_cast<caf::actor>(one)](
             caf::actor_system&, const supervise::child_spec&) {
    return expected<caf::actor>{handle};
  };
}

} // namespace

/// Everything that runs. Members are destroyed bottom up: handles first, then
/// the system, which waits for the actors, then what they used.
struct farm::actors {
  std::shared_ptr<store::store> disk;
  std::shared_ptr<const normalize::normalizer> rules;
  caf::actor_system_config config;
  caf::actor_system system{configure(config)};
  std::shared_ptr<vital_signs> signs = std::make_shared<vital_signs>();
  std::shared_ptr<collect::print_demand> prints =
      std::make_shared<collect::print_demand>();
  caf::actor root;
  std::shared_ptr<crew_roster> roster;
  store_actor writer;
  frontier_actor frontier;
  ingest_actor ingest;
  planner_actor planner;
  std::shared_ptr<link_layer::line> line = std::make_shared<link_layer::line>();
  std::unique_ptr<link_layer::server> link;

  ~actors() {
    line->connect(nullptr);
    link.reset();
    if (!root) {
      for (const auto& one : services())
        caf::anon_send_exit(one.second, caf::exit_reason::user_shutdown);
      return;
    }
    caf::scoped_actor self{system};
    self->send_exit(root, caf::exit_reason::user_shutdown);
    self->wait_for(root);
  }

  /// In the order of their start.
  std::vector<std::pair<std::string, caf::actor>> services() const {
    return {{"store", caf::actor_cast<caf::actor>(writer)},
            {"frontier", caf::actor_cast<caf::actor>(frontier)},
            {"planner", caf::actor_cast<caf::actor>(planner)},
            {"ingest", caf::actor_cast<caf::actor>(ingest)}};
  }

  void spawn_root(nodes::crew crew);

  /// Has the end of a query told to `signs`, however long it takes. PLANNER's
  /// own end leaves the question unanswered: it is watched.
  void tell_end(const std::string& query_id) {
    system.spawn([query_id, planner_of = planner,
                  told = signs](caf::event_based_actor* self) {
      auto give_up = [=](const caf::error& why) {
        told->end(query_id, from_error(why));
        self->quit();
      };
      self->monitor(planner_of);
      self->set_down_handler(
          [=](caf::down_msg& down) { give_up(down.reason); });
      self->request(planner_of, caf::infinite, atom::wait::value, query_id)
          .then(
              [=](collection_result& result) {
                told->end(query_id, std::move(result));
                self->quit();
              },
              [=](caf::error& why) { give_up(why); });
    });
  }

  void spawn_services(const farm_options& options, run begun, wall_clock clock);
};

void farm::actors::spawn_services(const farm_options& options, run begun,
                                  wall_clock clock) {
  writer = system.spawn<caf::detached>(store_writer, disk);
  frontier_config frontier_options;
  frontier_options.rules.standard = {1, 2};
  frontier_options.rules.first_lease = begun.first_lease;
  frontier_options.pauses = std::move(begun.pauses);
  frontier_options.rules.circuit = options.recovery.circuit;
  frontier_options.rules.pauses = options.recovery.delays();
  frontier_options.most_refusals = options.recovery.most_refusals;
  frontier_options.seed = std::random_device{}();
  frontier_options.budgets = plan::budgets_of(options.sources);
  frontier_options.told = options.told;
  frontier_options.faults = options.faults;
  frontier = system.spawn(jobfarm::frontier, std::move(frontier_options));
  planner_config planning{options.sources, disk, job_counter(disk, rules)};
  planning.recall_version = [disk = disk](task& page, const auto& now) {
    return collect::recall_version(*disk, page, now);
  };
  planner = system.spawn(jobfarm::planner, std::move(planning), writer,
                         frontier, clock);
  collect::ingest_config ingest_options;
  ingest_options.recovery = options.recovery;
  ingest_options.sources = options.sources;
  ingest_options.told = options.told;
  ingest_options.prints = prints;
  ingest_options.seed = std::random_device{}();
  auto core = std::make_shared<std::unique_ptr<collect::ingest>>(
      std::make_unique<collect::ingest>(ingest_options, disk, rules));
  ingest = system.spawn<caf::detached>(jobfarm::ingest, std::move(core), writer,
                                       frontier, clock);
}

void farm::actors::spawn_root(nodes::crew crew) {
  supervisor_config tree;
  tree.flags.intensity = 0;
  for (const auto& [id, one] : services()) {
    tree.children.push_back(permanent(id));
    tree.factories[id] = given(one);
  }
  tree.children.push_back(permanent("crew"));
  tree.children.back().type = supervise::child_type::supervisor;
  tree.factories["crew"] = [crew = std::move(crew.supervisor)](
                               caf::actor_system& sys,
                               const supervise::child_spec&) {
    return expected<caf::actor>{sys.spawn(supervisor, crew)};
  };
  tree.on_child_down = [signs = signs](const std::string&,
                                       const caf::error& why) {
    signs->lose(why);
  };
  roster = crew.roster;
  root = system.spawn(supervisor, std::move(tree));
}

farm::farm(std::unique_ptr<actors> running) : running_(std::move(running)) {
}

farm::~farm() = default;

expected<std::unique_ptr<farm>> farm::start(farm_options options) {
  // Beside what else is opened; what fails is told by the first client.
  auto loading = std::async(std::launch::async, fetch::load_curl);
  auto places = normalize::gazetteer::open(options.gazetteer_file);
  if (!places)
    return places.error();
  auto disk = store::open_leveldb_store(options.store_dir, options.note_damage);
  if (!disk)
    return disk.error();
  auto running = std::make_unique<actors>();
  running->rules =
      std::make_shared<const normalize::normalizer>(*std::move(places));
  running->disk =
      watch::make_watched_store(*std::move(disk), options.told, options.faults);
  auto clock = clock_of(running->system);
  auto now = text::parse_utc(clock.at(running->system.clock().now()));
  auto begun = begin_run(*running->disk, now.value_or(0));
  if (!begun)
    return begun.error();
  running->spawn_services(options, *std::move(begun), clock);
  auto working = crew_of(options, running->prints);
  working.reader = reader_name(running->rules->places());
  auto crew =
      make_crew(working, running->frontier, running->ingest, running->rules,
                clock, [signs = running->signs](const caf::error& why) {
                  signs->note_cause(why);
                });
  if (!crew)
    return crew.error();
  running->spawn_root(*std::move(crew));
  return std::unique_ptr<farm>(new farm(std::move(running)));
}

namespace {

/// Asks an actor and waits for its answer.
template <class Answer, class Actor, class... Words>
expected<Answer> ask(caf::actor_system& system, const Actor& whom,
                     Words&&... words) {
  caf::scoped_actor self{system};
  std::optional<expected<Answer>> got;
  self->request(whom, answer_timeout, std::forward<Words>(words)...)
      .receive([&](Answer& answer) { got.emplace(std::move(answer)); },
               [&](caf::error& error) { got.emplace(from_error(error)); });
  return *std::move(got);
}

} // namespace

expected<std::string> farm::submit(const job_query& query) {
  auto accepted =
      ask<query_accepted>(running_->system, running_->planner, query);
  if (!accepted)
    return accepted.error();
  return std::move(accepted->query_id);
}

expected<std::string> farm::resume(const query_record& stored) {
  auto accepted =
      ask<query_accepted>(running_->system, running_->planner, stored);
  if (!accepted)
    return accepted.error();
  return std::move(accepted->query_id);
}

expected<query_progress> farm::progress(const std::string& query_id) {
  return ask<query_progress>(running_->system, running_->planner,
                             atom::progress::value, query_id);
}

expected<std::optional<collection_result>>
farm::wait(const std::string& query_id, std::chrono::milliseconds patience) {
  if (running_->signs->expect_end(query_id))
    running_->tell_end(query_id);
  auto ended = running_->signs->wait(query_id, patience);
  if (!ended)
    return std::optional<collection_result>{};
  if (!*ended)
    return ended->error();
  return std::optional{**std::move(ended)};
}

void farm::cancel(const std::string& query_id) {
  caf::anon_send(running_->planner, atom::cancel::value, query_id);
}

expected<void> farm::note(std::vector<event> events) {
  store::batch changes;
  changes.events = std::move(events);
  auto done = ask<atom::done>(running_->system, running_->writer,
                              store::share(std::move(changes)));
  if (!done)
    return done.error();
  return {};
}

expected<void> farm::retry_dead(const std::string& query_id,
                                const std::string& task_id) {
  auto done = ask<atom::done>(running_->system, running_->planner,
                              atom::retry::value, task_name{query_id, task_id});
  if (!done)
    return done.error();
  return {};
}

expected<void> farm::drop_dead(const std::string& query_id,
                               const std::string& task_id,
                               const std::string& reason) {
  auto done =
      ask<atom::done>(running_->system, running_->planner, atom::drop::value,
                      task_name{query_id, task_id}, reason);
  if (!done)
    return done.error();
  return {};
}

void farm::drain() {
  running_->roster->drain();
}

std::size_t farm::workers() const {
  return running_->roster->working();
}

bool farm::is_draining() const {
  return running_->roster->is_draining();
}

std::optional<failure> farm::lost(std::chrono::milliseconds patience) const {
  return running_->signs->wait(patience);
}

expected<void> farm::open_link(const link_options& options) {
  link_layer::server_options serving;
  serving.listen = options.listen;
  serving.key_file = options.key_file;
  serving.allow_file = options.allow_file;
  serving.program_version = options.program_version;
  serving.incarnation = random_id();
  serving.note = options.note;
  serving.faults = options.faults;
  serving.desk = options.desk;
  auto* running = running_.get();
  serving.open = [running](std::uint64_t session, const std::string& name,
                           const link::hello& about) {
    return link_layer::admit_worker(running->system,
                                    {session, name, about.has_browser},
                                    running->frontier, running->ingest,
                                    running->line);
  };
  auto link = link_layer::server::start(std::move(serving));
  if (!link)
    return link.error();
  running_->link = *std::move(link);
  running_->line->connect(running_->link.get());
  return {};
}

std::string farm::link_address() const {
  return running_->link ? running_->link->address() : std::string{};
}

std::vector<node_status> farm::remote_nodes() const {
  return running_->link ? running_->link->nodes() : std::vector<node_status>{};
}

expected<void> farm::drain(const std::string& worker) {
  if (!running_->link)
    return fail(errc::not_found, "no such node: " + worker);
  return running_->link->drain(worker);
}

std::vector<proxy_status> farm::proxies() const {
  return running_->roster->proxies();
}

const store::store& farm::disk() const {
  return *running_->disk;
}

plan::query_match farm::match_of(const job_query& query) const {
  return nodes::match_of(query, running_->rules->places());
}

} // namespace jobfarm::nodes
