#pragma once

#include "actors/fetch/http_client.hpp"
#include "actors/fetch/page_cache.hpp"

#include <functional>
#include <memory>

namespace jobfarm::fetch {

struct caching_options {
  /// A site's `max-age` is believed up to this.
  std::chrono::seconds longest_fresh{600};
  /// How long "no such page" is believed; 0 for never.
  std::chrono::seconds negative_life{60};
};

/// Seconds since 1970.
using wall_seconds = std::function<std::int64_t()>;

/// The system's clock.
std::int64_t system_seconds();

/// An `http_client` that keeps pages with an ETag or Last-Modified in `cache`
/// and asks for them again by condition (RFC 9110 13, RFC 9111 4.3): a 304
/// gives the kept page, so that an unchanged board costs no body and its
/// postings are seen anew all the same. Only plain GETs are kept: no
/// credentials, no `no-store`, no wall. Equal requests at the same time are
/// one. Who knows a version already (`fetch_route::known`) gets the 304 itself,
/// whether the page is kept here or not.
std::shared_ptr<http_client> make_caching_client(
    std::shared_ptr<http_client> inner, std::shared_ptr<page_cache> cache,
    caching_options options = {}, wall_seconds clock = system_seconds);

} // namespace jobfarm::fetch
