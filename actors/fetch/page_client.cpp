#include "actors/fetch/page_client.hpp"

#include "actors/fetch/browser_client.hpp"
#include "actors/fetch/caching_client.hpp"
#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/robots_client.hpp"

namespace jobfarm::fetch {

namespace {

expected<std::shared_ptr<page_cache>>
open_cache(const page_client_options& options) {
  std::shared_ptr<page_cache> memory =
      std::make_shared<memory_page_cache>(options.cache_memory_bytes);
  if (options.cache_dir.empty())
    return memory;
  auto disk = open_file_page_cache(options.cache_dir, options.cache_disk_bytes,
                                   options.on_cache_trouble);
  if (!disk)
    return disk.error();
  return make_page_cache_levels(std::move(memory), *std::move(disk));
}

/// What asks the sites themselves.
expected<std::shared_ptr<http_client>>
make_carrier(page_client_options& options) {
  std::shared_ptr<http_client> plain = make_curl_client(options.http);
  if (!options.browser)
    return plain;
  return make_browser_client(std::move(plain), *std::move(options.browser),
                             std::move(options.http));
}

} // namespace

expected<page_client> make_page_client(page_client_options options) {
  auto cache = open_cache(options);
  if (!cache)
    return cache.error();
  if (!options.identity.user_agents.empty())
    options.http.user_agent = options.identity.user_agents.front();
  robots_cache_options robots;
  robots.agent = options.http.user_agent;
  auto carrier = make_carrier(options);
  if (!carrier)
    return carrier.error();
  auto identified =
      make_identity_client(*std::move(carrier), std::move(options.identity));
  auto polite =
      make_robots_client(std::move(identified.client), std::move(robots));
  return page_client{make_caching_client(std::move(polite), *std::move(cache)),
                     std::move(identified.board)};
}

} // namespace jobfarm::fetch
