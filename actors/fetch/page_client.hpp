#pragma once

#include "actors/fetch/http_client.hpp"

#include <memory>

namespace jobfarm::fetch {

/// Everything a node fetches pages with: libcurl behind robots.txt.
std::shared_ptr<http_client> make_page_client(http_client_options options);

} // namespace jobfarm::fetch
