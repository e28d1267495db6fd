#pragma once

#include "actors/fetch/http_client.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace jobfarm::fetch {

/// An answer kept with what the site needs to tell whether it still holds.
struct cached_page {
  /// `ETag` and `Last-Modified` as they were sent: opaque (RFC 9110 8.8).
  std::string etag;
  std::string last_modified;
  std::string content_type;
  std::string final_url;
  /// What robots.txt named beside it, one a line.
  std::string sitemaps;
  page_body body;
  /// 200; or 404 and 410, kept for a short time only.
  std::int32_t status = 200;
  /// Seconds since 1970: when it was stored or last confirmed, and until when
  /// it may be used without asking.
  std::int64_t stored_at = 0;
  std::int64_t fresh_until = 0;
};

using cached_page_ptr = std::shared_ptr<const cached_page>;

/// Appends what comes before the body of a page as bytes: a version byte, then
/// each text and number behind its length, then the length of the body.
/// `decode_page` takes these with the body behind them; null if they are no
/// page.
void append_page_head(std::string& out, const cached_page& page);
cached_page_ptr decode_page(std::string_view bytes);

/// `fresh_until` of a page of which at least the head is there; 0 if not.
std::int64_t fresh_until_in(std::string_view bytes);

/// One level of the cache. Thread-safe; a level may forget at any time, and an
/// error of its medium is a miss.
class page_cache {
public:
  virtual ~page_cache() = default;
  /// The page under `key`, or null.
  virtual cached_page_ptr get(const std::string& key) = 0;
  virtual void put(const std::string& key, cached_page_ptr page) = 0;
  /// Until when the page under `key` may be used without asking, as far as can
  /// be told without reading all of it: in the past for one that is not there.
  virtual std::int64_t fresh_until(const std::string& key) = 0;
};

/// Least recently used pages go first when `most_bytes` are exceeded; pages
/// larger than an eighth of that are not taken.
class memory_page_cache : public page_cache {
public:
  explicit memory_page_cache(std::size_t most_bytes);

  cached_page_ptr get(const std::string& key) override;
  void put(const std::string& key, cached_page_ptr page) override;
  std::int64_t fresh_until(const std::string& key) override;
  std::size_t bytes() const;

private:
  struct item {
    std::string key;
    cached_page_ptr page;
  };

  void drop(std::list<item>::iterator one);

  const std::size_t most_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  /// Most recently used first.
  std::list<item> items_;
  std::unordered_map<std::string, std::list<item>::iterator> by_key_;
};

/// `upper` before `lower`: what is found below is promoted, what is put goes
/// to both.
std::shared_ptr<page_cache>
make_page_cache_levels(std::shared_ptr<page_cache> upper,
                       std::shared_ptr<page_cache> lower);

} // namespace jobfarm::fetch
