#include "nodes/farm.hpp"

#include "actors/collect/collector_actor.hpp"
#include "actors/collect/ingest_actor.hpp"
#include "actors/errors.hpp"
#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/fetcher_actor.hpp"
#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer_actor.hpp"
#include "actors/plan/frontier_actor.hpp"
#include "actors/plan/planner_actor.hpp"
#include "actors/store/leveldb_store.hpp"
#include "actors/store/store_actor.hpp"

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

namespace jobfarm::nodes {

namespace {

constexpr auto answer_timeout = std::chrono::minutes{2};

/// Scheduler threads: the machine's, at least two, so that one long page does
/// not hold up the rest.
std::size_t scheduler_threads() {
  return std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

caf::actor_system_config& configure(caf::actor_system_config& config) {
  config.set("scheduler.policy", caf::atom("sharing"));
  config.set("scheduler.max-threads", scheduler_threads());
  return config;
}

std::map<std::string, plan::host_budget>
budgets_of(const plan::source_settings_map& settings) {
  std::map<std::string, plan::host_budget> budgets;
  for (const auto* source : sources::all_sources()) {
    auto base = plan::base_url_of(*source, settings);
    if (base.empty())
      continue;
    auto configured = settings.find(source->traits.name);
    auto key = plan::host_key(
        base, configured == settings.end() ? "" : configured->second.base_url);
    budgets[key] = plan::budget_of(*source, settings);
  }
  return budgets;
}

/// RFC 7617: the Careerjet key is the user, the password is empty.
std::string basic_auth(const std::string& user) {
  constexpr char digits[] =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  auto text = user + ':';
  std::string out = "Basic ";
  for (std::size_t i = 0; i < text.size(); i += 3) {
    unsigned bits = 0;
    for (std::size_t k = 0; k < 3; ++k)
      bits = bits << 8
             | (i + k < text.size() ? static_cast<unsigned char>(text[i + k])
                                    : 0u);
    for (std::size_t k = 0; k < 4; ++k)
      out += i + k <= text.size() ? digits[bits >> (18 - 6 * k) & 63] : '=';
  }
  return out;
}

} // namespace

/// Everything that runs. Members are destroyed bottom up: handles first, then
/// the system, which waits for the actors, then what they used.
struct farm::actors {
  std::shared_ptr<store::store> disk;
  caf::actor_system_config config;
  caf::actor_system system{configure(config)};
  caf::scoped_actor self{system};
  std::vector<collector_actor> collectors;
  std::vector<normalizer_actor> normalizers;
  fetcher_actor fetcher;
  store_actor writer;
  frontier_actor frontier;
  ingest_actor ingest;
  planner_actor planner;

  ~actors() {
    for (const auto& one : collectors)
      self->send_exit(one, caf::exit_reason::user_shutdown);
    for (const auto& one : normalizers)
      self->send_exit(one, caf::exit_reason::user_shutdown);
    self->send_exit(planner, caf::exit_reason::user_shutdown);
    self->send_exit(frontier, caf::exit_reason::user_shutdown);
    self->send_exit(ingest, caf::exit_reason::user_shutdown);
    self->send_exit(writer, caf::exit_reason::user_shutdown);
    self->send_exit(fetcher, caf::exit_reason::user_shutdown);
  }

  /// Watches every actor: none may end while the farm runs.
  void monitor_all();
  /// Why an actor has ended, if one does within `patience`.
  std::optional<failure> lost_actor(std::chrono::milliseconds patience);

  void spawn_services(const farm_options& options, wall_clock clock,
                      std::shared_ptr<const normalize::normalizer> rules);
  void spawn_workers(const farm_options& options, wall_clock clock,
                     std::shared_ptr<const normalize::normalizer> rules);
};

void farm::actors::spawn_services(
    const farm_options& options, wall_clock clock,
    std::shared_ptr<const normalize::normalizer> rules) {
  writer = system.spawn<caf::detached>(store_writer, disk);
  frontier_config frontier_options;
  frontier_options.budgets = budgets_of(options.sources);
  frontier_options.standard_budget = {1, 2};
  frontier = system.spawn(jobfarm::frontier, std::move(frontier_options));
  planner_config planner_options{options.sources, disk};
  planner = system.spawn(jobfarm::planner, std::move(planner_options), writer,
                         frontier, clock);
  collect::ingest_config ingest_options;
  ingest_options.recovery = options.recovery;
  ingest_options.seed = std::random_device{}();
  auto core = std::make_shared<std::unique_ptr<collect::ingest>>(
      std::make_unique<collect::ingest>(ingest_options, disk,
                                        std::move(rules)));
  ingest = system.spawn<caf::detached>(jobfarm::ingest, std::move(core), writer,
                                       frontier, clock);
}

void farm::actors::spawn_workers(
    const farm_options& options, wall_clock clock,
    std::shared_ptr<const normalize::normalizer> rules) {
  fetch::http_client_options http;
  http.allowed_hosts = options.allowed_hosts;
  http.limits.total_timeout = options.request_timeout;
  fetcher = system.spawn(jobfarm::fetcher, std::shared_ptr<fetch::http_client>(
                                               fetch::make_curl_client(http)));
  for (std::size_t i = 0; i < scheduler_threads(); ++i)
    normalizers.push_back(system.spawn(jobfarm::normalizer, rules));
  collector_config collecting;
  collecting.credit = options.pages_in_hand;
  collecting.sources = options.sources;
  collecting.fetch_timeout = options.request_timeout * 2;
  for (const auto& [name, secret] : options.credentials)
    collecting.credentials[name] = {"Authorization", basic_auth(secret)};
  collector_partners partners{fetcher, frontier, normalizers, ingest};
  for (std::size_t i = 0; i < options.workers; ++i) {
    collecting.name = "collector-" + std::to_string(i + 1);
    collectors.push_back(
        system.spawn(jobfarm::collector, collecting, partners, clock));
  }
}

void farm::actors::monitor_all() {
  for (const auto& one : collectors)
    self->monitor(one);
  for (const auto& one : normalizers)
    self->monitor(one);
  self->monitor(fetcher);
  self->monitor(writer);
  self->monitor(frontier);
  self->monitor(ingest);
  self->monitor(planner);
}

std::optional<failure>
farm::actors::lost_actor(std::chrono::milliseconds patience) {
  std::optional<failure> lost;
  self->receive([&](caf::down_msg& down) { lost = from_error(down.reason); },
                caf::after(patience) >> [] {});
  return lost;
}

farm::farm(std::unique_ptr<actors> running) : running_(std::move(running)) {
}

farm::~farm() = default;

expected<std::unique_ptr<farm>> farm::start(farm_options options) {
  auto places = normalize::gazetteer::open(options.gazetteer_file);
  if (!places)
    return places.error();
  auto disk = store::open_leveldb_store(options.store_dir);
  if (!disk)
    return disk.error();
  auto rules =
      std::make_shared<const normalize::normalizer>(*std::move(places));
  auto running = std::make_unique<actors>();
  running->disk = *std::move(disk);
  auto now = std::chrono::system_clock::now().time_since_epoch();
  wall_clock clock(
      running->system.clock().now(),
      std::chrono::duration_cast<std::chrono::seconds>(now).count());
  running->spawn_services(options, clock, rules);
  running->spawn_workers(options, clock, rules);
  running->monitor_all();
  return std::unique_ptr<farm>(new farm(std::move(running)));
}

namespace {

/// Asks an actor and waits for its answer.
template <class Answer, class Actor, class... Words>
expected<Answer> ask(caf::scoped_actor& self, const Actor& whom,
                     Words&&... words) {
  std::optional<expected<Answer>> got;
  self->request(whom, answer_timeout, std::forward<Words>(words)...)
      .receive([&](Answer& answer) { got.emplace(std::move(answer)); },
               [&](caf::error& error) { got.emplace(from_error(error)); });
  return *std::move(got);
}

} // namespace

expected<std::string> farm::submit(const job_query& query) {
  auto accepted = ask<query_accepted>(running_->self, running_->planner, query);
  if (!accepted)
    return accepted.error();
  return std::move(accepted->query_id);
}

expected<std::string> farm::resume(const query_record& stored) {
  auto accepted =
      ask<query_accepted>(running_->self, running_->planner, stored);
  if (!accepted)
    return accepted.error();
  return std::move(accepted->query_id);
}

expected<query_progress> farm::progress(const std::string& query_id) {
  return ask<query_progress>(running_->self, running_->planner,
                             atom::progress::value, query_id);
}

expected<std::optional<collection_result>>
farm::wait(const std::string& query_id, std::chrono::milliseconds patience) {
  auto going = progress(query_id);
  if (going && !going->done) {
    if (auto lost = running_->lost_actor(patience))
      return *std::move(lost);
    return std::optional<collection_result>{};
  }
  auto ended = ask<collection_result>(running_->self, running_->planner,
                                      atom::wait::value, query_id);
  if (!ended)
    return ended.error();
  return std::optional{*std::move(ended)};
}

void farm::cancel(const std::string& query_id) {
  running_->self->send(running_->planner, atom::cancel::value, query_id);
}

const store::store& farm::disk() const {
  return *running_->disk;
}

} // namespace jobfarm::nodes
