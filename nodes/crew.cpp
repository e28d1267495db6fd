#include "nodes/crew.hpp"

#include "actors/fetch/page_client.hpp"
#include "actors/normalize/normalizer_actor.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

namespace jobfarm::nodes {

namespace {

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

crew start_crew(caf::actor_system& system, const crew_options& options,
                const work_source_actor& source, const outcome_sink_actor& sink,
                std::shared_ptr<const normalize::normalizer> rules,
                const wall_clock& clock) {
  crew made;
  fetch::http_client_options http;
  http.allowed_hosts = options.allowed_hosts;
  http.limits.total_timeout = options.request_timeout;
  made.fetcher = system.spawn(fetcher, fetch::make_page_client(http));
  for (std::size_t i = 0; i < scheduler_threads(); ++i)
    made.normalizers.push_back(system.spawn(normalizer, rules));
  collector_config collecting;
  collecting.credit = options.pages_in_hand;
  collecting.sources = options.sources;
  collecting.fetch_timeout = options.request_timeout * 2;
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
