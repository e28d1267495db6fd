#include "actors/fetch/page_client.hpp"

#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/robots_client.hpp"

namespace jobfarm::fetch {

std::shared_ptr<http_client> make_page_client(http_client_options options) {
  robots_cache_options robots;
  robots.agent = options.user_agent;
  return make_robots_client(make_curl_client(std::move(options)),
                            std::move(robots));
}

} // namespace jobfarm::fetch
