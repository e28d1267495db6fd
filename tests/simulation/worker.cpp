#include "tests/simulation/worker.hpp"

#include "actors/normalize/normalizer_actor.hpp"
#include "nodes/crew.hpp"
#include "tests/simulation/web.hpp"

#include <utility>

namespace jobfarm::simulation {

namespace {

using namespace nodes::link_layer;

constexpr milliseconds pulse{50};
constexpr std::size_t collectors_a_worker = 2;

client_rules rules_of(const std::string& name, process life, bool has_browser) {
  client_rules rules;
  rules.name = name;
  rules.about.incarnation = "process " + std::to_string(life);
  rules.about.has_browser = has_browser;
  return rules;
}

watch::armed_fault death(stage& on) {
  watch::armed_fault made;
  made.point = "collector.page";
  made.effect = watch::fault_effect::kill;
  made.probability = on.bad.collector_death;
  made.seed = on.luck.seed();
  return made;
}

} // namespace

/// What the UPLINK says to the link.
class worker::port : public coordinator_port {
public:
  explicit port(worker& of) : of_(of), is_alive_(of.is_alive_) {
  }
  void pull(std::uint32_t credit) override {
    if (*is_alive_)
      of_.obey(of_.link_.pull(credit));
  }
  void renew(std::vector<std::int64_t> leases) override {
    if (*is_alive_)
      of_.obey(of_.link_.renew(std::move(leases)));
  }
  void finish(std::uint64_t id, std::int64_t lease, std::string body) override {
    if (*is_alive_)
      of_.obey(of_.link_.finish(id, lease, std::move(body)));
  }
  void leave() override {
    if (*is_alive_)
      of_.obey(of_.link_.leave());
  }

private:
  worker& of_;
  std::shared_ptr<const bool> is_alive_;
};

worker::worker(stage& on, std::int32_t number, process life, address dials,
               std::function<void()> over)
    : on_(on),
      number_(number),
      life_(life),
      dials_(std::move(dials)),
      over_(std::move(over)),
      name_("w" + std::to_string(number)),
      has_browser_(on.luck.chance(0.4)),
      reader_(on.luck.chance(0.8) ? "new" : "old"),
      link_(rules_of(name_, life, has_browser_)) {
}

worker::~worker() {
  crash();
}

void worker::start() {
  on_.log.note(on_.time.now(), name_ + " life " + std::to_string(life_));
  if (on_.bad.collector_death > 0)
    (void)faults_->arm(death(on_));
  on_.time.as(life_, [&] { spawn_crew(); });
  tick();
}

void worker::spawn_crew() {
  auto& system = on_.time.system();
  uplink_ = system.spawn(uplink, std::function<void()>([this] {
                           if (*is_alive_)
                             end();
                         }),
                         nullptr, nullptr);
  caf::anon_send(uplink_, uplink_line{std::make_shared<port>(*this)});
  fetcher_ = system.spawn(fetcher, make_web_client(on_, life_, has_browser_));
  normalizer_ = system.spawn(normalizer, on_.rules);
  collectors_ = system.spawn(supervisor, collectors());
}

/// As `nodes::make_crew` has them.
supervisor_config worker::collectors() const {
  supervisor_config config;
  config.flags = {supervise::strategy::one_for_one, 20,
                  std::chrono::seconds{10}};
  config.children = nodes::plan_collectors(collectors_a_worker);
  config.on_end = [this, is_alive = is_alive_](const caf::error&) {
    if (*is_alive)
      const_cast<worker*>(this)->end();
  };
  collector_config own;
  own.credit = 3;
  own.sources = on_.sources;
  own.reader = reader_;
  own.fetch_timeout = std::chrono::seconds{15};
  own.hand_in_timeout = std::chrono::hours{24};
  own.renewal = std::chrono::seconds{1};
  own.faults = faults_;
  own.has_browser = has_browser_;
  auto lives = std::make_shared<int>(0);
  collector_partners partners{
      fetcher_, uplink_, {normalizer_}, uplink_, on_.rules};
  config.factories["collector"] = [own, lives, partners, clock = on_.clock(),
                                   name = name_](caf::actor_system& system,
                                                 const supervise::child_spec&) {
    auto next = own;
    next.name = name + '-' + std::to_string(++*lives);
    return expected<caf::actor>{caf::actor_cast<caf::actor>(
        system.spawn(collector, std::move(next), partners, clock))};
  };
  return config;
}

void worker::crash() {
  if (!std::exchange(*is_alive_, false))
    return;
  on_.time.thaw(life_);
  on_.time.as(life_, [&] {
    caf::anon_send_exit(collectors_, caf::exit_reason::kill);
    caf::anon_send_exit(uplink_, caf::exit_reason::kill);
    caf::anon_send_exit(fetcher_, caf::exit_reason::kill);
    caf::anon_send_exit(normalizer_, caf::exit_reason::kill);
  });
}

/// The process ends by itself.
void worker::end() {
  if (over_)
    on_.time.after(milliseconds{1}, std::exchange(over_, nullptr));
}

void worker::do_or_wait(std::function<void()> what) {
  if (on_.time.is_frozen(life_))
    missed_.push_back(std::move(what));
  else
    what();
}

void worker::freeze() {
  on_.time.freeze(life_);
}

void worker::thaw() {
  on_.time.thaw(life_);
  for (auto& one : std::exchange(missed_, {}))
    one();
}

void worker::tick() {
  if (!on_.time.is_frozen(life_))
    obey(link_.tick(on_.time.now(), on_.luck.share()));
  on_.time.after(pulse, [this, is_alive = is_alive_] {
    if (*is_alive)
      tick();
  });
}

void worker::hear(const std::string& peer, const std::string& bytes) {
  do_or_wait([=, is_alive = is_alive_] {
    if (*is_alive && peer == peer_)
      obey(link_.heard(bytes, on_.time.now()));
  });
}

void worker::send(const std::string& bytes) {
  on_.wires->carry(up_, bytes,
                   [self = shared_from_this(), peer = peer_,
                    dials = dials_](const std::string& frame) {
                     if (auto* to = dials())
                       to->hear(peer, self, frame);
                   });
}

void worker::obey(client_steps steps) {
  using step = client_step::kind;
  for (auto& one : steps)
    switch (one.what) {
      case step::dial:
        peer_ = name_ + '.' + std::to_string(life_) + '.'
                + std::to_string(++dials_made_);
        up_ = {peer_ + ">c", number_, {}};
        break;
      case step::send: send(one.bytes); break;
      case step::lend:
        caf::anon_send(uplink_, uplink_tasks{std::move(one.tasks)});
        break;
      case step::settled:
        caf::anon_send(uplink_, uplink_settled{one.id});
        break;
      case step::unfit:
        caf::anon_send(uplink_, uplink_unfit{one.id, std::move(one.bytes),
                                             std::move(one.why)});
        break;
      case step::drain: caf::anon_send(uplink_, atom::drain::value); break;
      case step::rest:
        caf::anon_send(
            uplink_, jobfarm::host_rest{
                         one.host.host,
                         std::chrono::ceil<milliseconds>(
                             std::chrono::duration<double>(one.host.seconds))});
        break;
      case step::order: break; // nobody gives any here
      case step::end: end(); break;
      case step::note:
        on_.log.note(on_.time.now(), name_ + ": " + one.why.detail);
        break;
    }
}

} // namespace jobfarm::simulation
