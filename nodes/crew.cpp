#include "nodes/crew.hpp"

#include "actors/fetch/page_client.hpp"
#include "actors/normalize/normalizer_actor.hpp"
#include "actors/sources/wall.hpp"

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <thread>

namespace jobfarm::nodes {

namespace {

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

bool uses_browser(const crew_options& options) {
  const auto& all = options.sources;
  return std::any_of(all.begin(), all.end(),
                     [](const auto& one) { return one.second.uses_browser; });
}

/// A page by a browser, loaded twice if the first one dies on it.
std::chrono::seconds fetch_timeout(const crew_options& options) {
  constexpr auto to_start = std::chrono::seconds{30};
  auto longest = options.request_timeout * 2;
  if (uses_browser(options))
    longest += std::chrono::ceil<std::chrono::seconds>(
        2
        * (to_start + options.browser.page_timeout
           + options.browser.script_timeout));
  return longest;
}

expected<fetch::page_client> pages_of(const crew_options& options) {
  fetch::page_client_options pages;
  pages.http.allowed_hosts = options.allowed_hosts;
  pages.http.limits.total_timeout = options.request_timeout;
  pages.cache_dir = options.page_cache_dir;
  pages.identity.proxies = options.proxies;
  pages.identity.user_agents = options.user_agents;
  pages.identity.is_wall = is_wall;
  if (uses_browser(options))
    pages.browser = options.browser;
  return fetch::make_page_client(std::move(pages));
}

} // namespace

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

expected<crew> start_crew(caf::actor_system& system,
                          const crew_options& options,
                          const work_source_actor& source,
                          const outcome_sink_actor& sink,
                          std::shared_ptr<const normalize::normalizer> rules,
                          const wall_clock& clock) {
  crew made;
  auto pages = pages_of(options);
  if (!pages)
    return pages.error();
  made.proxies = std::move(pages->proxies);
  // The actor owns the client: both end together.
  made.fetcher = system.spawn(fetcher, std::move(pages->client));
  for (std::size_t i = 0; i < scheduler_threads(); ++i)
    made.normalizers.push_back(system.spawn(normalizer, rules));
  collector_config collecting;
  collecting.credit = options.pages_in_hand;
  collecting.sources = options.sources;
  collecting.fetch_timeout = fetch_timeout(options);
  collecting.hand_in_timeout = options.hand_in_timeout;
  for (const auto& [name, secret] : options.credentials)
    collecting.credentials[name] = {"Authorization", basic_auth(secret)};
  collector_partners partners{made.fetcher, source, made.normalizers, sink};
  collecting.faults = options.faults;
  auto number = std::make_shared<std::atomic<std::size_t>>(0);
  made.spare = [&system, collecting, partners, clock, number,
                node = options.node]() mutable {
    collecting.name = node + '-' + std::to_string(++*number);
    return system.spawn(collector, collecting, partners, clock);
  };
  for (std::size_t i = 0; i < options.workers; ++i)
    made.collectors.push_back(made.spare());
  return made;
}

void crew::stop() const {
  auto end = [](const auto& one) {
    caf::anon_send_exit(one, caf::exit_reason::user_shutdown);
  };
  for (const auto& one : collectors)
    end(one);
  for (const auto& one : normalizers)
    end(one);
  if (fetcher)
    end(fetcher);
}

} // namespace jobfarm::nodes
