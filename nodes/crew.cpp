#include "nodes/crew.hpp"

#include "actors/errors.hpp"
#include "actors/fetch/page_client.hpp"
#include "actors/normalize/normalizer_actor.hpp"
#include "actors/sources/wall.hpp"
#include "actors/supervise/pulse_actor.hpp"
#include "actors/watch/log.hpp"

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <thread>
#include <utility>

namespace jobfarm::nodes {

namespace {

/// More deaths than these are a defect that will not go away.
constexpr std::int32_t most_collector_restarts = 20;
constexpr auto collector_restart_period = std::chrono::seconds{10};
constexpr std::int32_t most_crew_restarts = 3;
constexpr auto crew_restart_period = std::chrono::seconds{60};

/// RFC 7617: the Careerjet key is the user, the password is empty.
std::string basic_auth(const std::string& user) {
  constexpr int variant = sodium_base64_VARIANT_ORIGINAL;
  auto plain = user + ':';
  std::string out(sodium_base64_encoded_len(plain.size(), variant), '\0');
  sodium_bin2base64(out.data(), out.size(),
                    reinterpret_cast<const unsigned char*>(plain.data()),
                    plain.size(), variant);
  out.pop_back(); // the zero at its end
  return "Basic " + out;
}

/// Sources know what their walls look like.
bool is_wall(const http_request& request, const fetch::http_response& answer) {
  sources::answer_facts facts;
  facts.status = answer.status;
  facts.headers = answer.headers;
  facts.request_url = request.url;
  facts.final_url = answer.final_url;
  facts.body = answer.body;
  facts.may_move = true;
  for (const auto& one : answer.headers)
    if (one.name == "content-type")
      facts.content_type = one.value;
  auto wall = sources::judge_answer(facts);
  return wall && wall->code == errc::bot_detected;
}

/// True if the configuration wants a browser, whatever recovery decides.
bool needs_browser(const crew_options& options) {
  const auto& all = options.sources;
  return std::any_of(all.begin(), all.end(), [](const auto& one) {
    return one.second.uses_browser.value_or(false);
  });
}

/// A page by a browser, loaded twice if the first one dies on it.
std::chrono::seconds browser_timeout(const fetch::browser_options& browser) {
  constexpr auto to_start = std::chrono::seconds{30};
  return std::chrono::ceil<std::chrono::seconds>(
      2 * (to_start + browser.page_timeout + browser.script_timeout));
}

expected<fetch::page_client> pages_of(const crew_options& options) {
  fetch::page_client_options pages;
  pages.http.allowed_hosts = options.allowed_hosts;
  pages.http.limits.total_timeout = options.request_timeout;
  pages.cache_dir = options.page_cache_dir;
  pages.on_cache_trouble = [](const failure& why) {
    watch::log(watch::log_level::warn, "page_cache_spoilt", why.detail,
               {{"code", to_string(why.code)}});
  };
  pages.identity.proxies = options.proxies;
  pages.identity.user_agents = options.user_agents;
  pages.identity.is_wall = is_wall;
  if (needs_browser(options) || has_browser(options))
    pages.browser = options.browser;
  return fetch::make_page_client(std::move(pages));
}

/// The first life gets `first`, which is known to work; later ones their own.
child_factory fetcher_factory(const crew_options& options,
                              fetch::page_client first,
                              std::shared_ptr<crew_roster> roster) {
  auto next =
      std::make_shared<std::optional<fetch::page_client>>(std::move(first));
  return [options, next, roster = std::move(roster)](
             caf::actor_system& system,
             const supervise::child_spec&) -> expected<caf::actor> {
    if (!*next) {
      auto pages = pages_of(options);
      if (!pages)
        return pages.error();
      *next = *std::move(pages);
    }
    auto pages = *std::exchange(*next, std::nullopt);
    // The actor owns the client: both end together.
    auto one = system.spawn(fetcher, std::move(pages.client));
    roster->enter_fetcher(one, std::move(pages.proxies));
    return caf::actor_cast<caf::actor>(one);
  };
}

collector_config collecting(const crew_options& options) {
  collector_config config;
  config.credit = options.pages_in_hand;
  config.sources = options.sources;
  config.reader = options.reader;
  config.fetch_timeout = options.request_timeout * 2;
  config.browser_timeout = browser_timeout(options.browser);
  config.has_browser = has_browser(options);
  config.hand_in_timeout = options.hand_in_timeout;
  config.prints = options.prints;
  for (const auto& [name, secret] : options.credentials)
    config.credentials[name] = {"Authorization", basic_auth(secret)};
  config.faults = options.faults;
  return config;
}

/// Tells of children that did not end as asked.
auto teller(const crew_options& options) {
  return
      [told = options.told](const std::string& child, const caf::error& why) {
        if (told && why && why != caf::exit_reason::user_shutdown)
          told->on_actor_lost(child, from_error(why));
      };
}

/// `partners` lacks those of the crew, whose lives are shorter.
supervisor_config collectors_config(const crew_options& options,
                                    const collector_partners& partners,
                                    const wall_clock& clock,
                                    std::shared_ptr<crew_roster> roster) {
  supervisor_config config;
  config.flags = {supervise::strategy::one_for_one, most_collector_restarts,
                  collector_restart_period};
  config.children = plan_collectors(options.workers);
  config.on_child_down = [roster, tell = teller(options)](
                             const std::string& id, const caf::error& why) {
    tell(id, why);
    if (!why && roster->is_draining())
      roster->leave(id);
  };
  // Each life has a name of its own: the ledger tells them apart.
  auto lives = std::make_shared<std::atomic<std::size_t>>(0);
  config.factories["collector"] =
      [=, config = collecting(options), node = options.node](
          caf::actor_system& system, const supervise::child_spec& what) {
        if (roster->has_left(what.id))
          return expected<caf::actor>{caf::actor{}};
        auto own = config;
        own.name = node + '-' + std::to_string(++*lives);
        auto others = partners;
        others.fetcher = roster->fetcher();
        others.normalizers = roster->normalizers();
        auto one =
            system.spawn(collector, std::move(own), std::move(others), clock);
        roster->enter_collector(what.id, one);
        return expected<caf::actor>{caf::actor_cast<caf::actor>(one)};
      };
  return config;
}

supervise::child_spec child(std::string id, std::string factory) {
  supervise::child_spec made;
  made.id = std::move(id);
  made.factory = std::move(factory);
  return made;
}

} // namespace

bool has_browser(const crew_options& options) {
  const auto& all = sources::all_sources();
  return std::any_of(all.begin(), all.end(),
                     [&](const sources::source* one) {
                       return plan::may_use_browser(one->traits.name,
                                                    options.sources);
                     })
         && fetch::check_programs(options.browser.programs).has_value();
}

std::vector<supervise::child_spec> plan_crew(std::size_t normalizers) {
  std::vector<supervise::child_spec> all{child("fetcher", "fetcher")};
  for (std::size_t i = 1; i <= normalizers; ++i)
    all.push_back(child("normalizer-" + std::to_string(i), "normalizer"));
  all.push_back(child("collectors", "collectors"));
  all.back().type = supervise::child_type::supervisor;
  all.back().shutdown.what = supervise::shutdown_rule::kind::infinity;
  all.push_back(child("pulse", "pulse"));
  return all;
}

std::vector<supervise::child_spec> plan_collectors(std::size_t collectors) {
  std::vector<supervise::child_spec> all;
  for (std::size_t i = 1; i <= collectors; ++i) {
    all.push_back(child("collector-" + std::to_string(i), "collector"));
    all.back().restart = supervise::restart_kind::transient;
  }
  return all;
}

std::size_t scheduler_threads() {
  return std::max<std::size_t>(2, std::thread::hardware_concurrency());
}

caf::actor_system_config& configure(caf::actor_system_config& config) {
  config.set("scheduler.policy", caf::atom("sharing"));
  config.set("scheduler.max-threads", scheduler_threads());
  return config;
}

wall_clock clock_of(caf::actor_system& system) {
  auto now = std::chrono::system_clock::now().time_since_epoch();
  return {system.clock().now(),
          std::chrono::duration_cast<std::chrono::seconds>(now).count()};
}

expected<crew> make_crew(const crew_options& options,
                         const work_source_actor& source,
                         const outcome_sink_actor& sink,
                         std::shared_ptr<const normalize::normalizer> rules,
                         const wall_clock& clock,
                         std::function<void(const caf::error&)> on_cause) {
  auto pages = pages_of(options);
  if (!pages)
    return pages.error();
  crew made;
  made.roster = std::make_shared<crew_roster>(options.workers);
  auto roster = made.roster;
  auto& config = made.supervisor;
  config.flags = {supervise::strategy::rest_for_one, most_crew_restarts,
                  crew_restart_period};
  config.children = plan_crew(scheduler_threads());
  config.on_end = on_cause;
  config.on_child_down = teller(options);
  config.factories["fetcher"] =
      fetcher_factory(options, *std::move(pages), roster);
  config.factories["normalizer"] = [roster,
                                    rules](caf::actor_system& system,
                                           const supervise::child_spec& what) {
    auto one = system.spawn(normalizer, rules);
    roster->enter_normalizer(what.id, one);
    return expected<caf::actor>{caf::actor_cast<caf::actor>(one)};
  };
  config.factories["pulse"] = [roster](caf::actor_system& system,
                                       const supervise::child_spec&) {
    pulse_config watched;
    watched.whom = [roster] { return roster->collectors(); };
    return expected<caf::actor>{system.spawn(pulse, std::move(watched))};
  };
  collector_partners partners;
  partners.frontier = source;
  partners.ingest = sink;
  partners.rules = std::move(rules);
  auto collectors = collectors_config(options, partners, clock, roster);
  collectors.on_end = std::move(on_cause);
  config.factories["collectors"] = [collectors](caf::actor_system& system,
                                                const supervise::child_spec&) {
    return expected<caf::actor>{system.spawn(supervisor, collectors)};
  };
  return made;
}

} // namespace jobfarm::nodes
