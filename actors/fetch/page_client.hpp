#pragma once

#include "actors/fetch/browser_session.hpp"
#include "actors/fetch/file_page_cache.hpp"
#include "actors/fetch/http_client.hpp"
#include "actors/fetch/identity_client.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace jobfarm::fetch {

struct page_client_options {
  http_client_options http;
  identity_options identity;
  /// Where pages are kept on disk for conditional requests; empty for in
  /// memory only.
  std::string cache_dir;
  std::size_t cache_disk_bytes = 2048u << 20;
  /// See `open_file_page_cache`.
  cache_trouble on_cache_trouble;
  /// A crawl asks for each page once: memory is for what is asked again soon.
  std::size_t cache_memory_bytes = 1u << 20;
  /// Set if a source is loaded by browsers.
  std::optional<browser_options> browser;
};

struct page_client {
  std::shared_ptr<http_client> client;
  std::shared_ptr<const proxy_board> proxies;
};

/// Everything a node fetches pages with: kept pages before robots.txt before
/// sessions and proxies before browsers before libcurl. Errors: store_failed
/// (the cache's directory), invalid_input (no browser).
expected<page_client> make_page_client(page_client_options options);

} // namespace jobfarm::fetch
