#pragma once

#include "actors/fetch/robots_cache.hpp"

#include <functional>
#include <memory>

namespace jobfarm::fetch {

/// Tells the time; a test turns its own.
using fetch_clock = std::function<fetch_time()>;

/// An `http_client` that asks robots.txt before it asks `inner` for a page,
/// once an origin however many pages wait for it. The target of each redirect
/// is judged by its own origin's robots.txt. Pages that may not be had
/// fail with robots_denied, pages of an origin whose robots.txt cannot be
/// reached with the failure that asking for it gave. Orders whose route does
/// not obey robots.txt pass by. Only the first 500 KiB are read (RFC 9309
/// 2.5).
std::shared_ptr<http_client>
make_robots_client(std::shared_ptr<http_client> inner,
                   robots_cache_options options,
                   fetch_clock clock = std::chrono::steady_clock::now);

} // namespace jobfarm::fetch
