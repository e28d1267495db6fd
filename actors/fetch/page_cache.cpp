#include "actors/fetch/page_cache.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace jobfarm::fetch {

namespace {

std::size_t size_of(const std::string& key, const cached_page& page) {
  return 256 + 2 * key.size() + page.body.size() + page.etag.size()
         + page.final_url.size() + page.sitemaps.size();
}

constexpr char layout_version = 3;

void append_size(std::string& out, std::size_t size) {
  for (int shift = 0; shift < 32; shift += 8)
    out += static_cast<char>(size >> shift & 0xFF);
}

void append(std::string& out, std::string_view text) {
  append_size(out, text.size());
  out += text;
}

bool read(std::string_view& bytes, std::string& text) {
  if (bytes.size() < 4)
    return false;
  std::uint32_t size = 0;
  for (std::size_t i = 0; i < 4; ++i)
    size |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i]))
            << (8 * i);
  bytes.remove_prefix(4);
  if (bytes.size() < size)
    return false;
  text = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return true;
}

template <class Number>
bool read(std::string_view& bytes, Number& number) {
  std::string text;
  if (!read(bytes, text))
    return false;
  auto end = text.data() + text.size();
  auto parsed = std::from_chars(text.data(), end, number);
  return parsed.ec == std::errc{} && parsed.ptr == end;
}

/// All that comes before the body.
bool read_head(std::string_view& bytes, cached_page& page) {
  if (bytes.empty() || bytes.front() != layout_version)
    return false;
  bytes.remove_prefix(1);
  for (auto* text : {&page.etag, &page.last_modified, &page.content_type,
                     &page.final_url, &page.sitemaps})
    if (!read(bytes, *text))
      return false;
  return read(bytes, page.status) && read(bytes, page.stored_at)
         && read(bytes, page.fresh_until);
}

class page_cache_levels : public page_cache {
public:
  page_cache_levels(std::shared_ptr<page_cache> upper,
                    std::shared_ptr<page_cache> lower)
      : upper_(std::move(upper)), lower_(std::move(lower)) {
  }

  cached_page_ptr get(const std::string& key) override {
    if (auto found = upper_->get(key))
      return found;
    auto found = lower_->get(key);
    if (found)
      upper_->put(key, found);
    return found;
  }

  void put(const std::string& key, cached_page_ptr page) override {
    upper_->put(key, page);
    lower_->put(key, std::move(page));
  }

  std::int64_t fresh_until(const std::string& key) override {
    return std::max(upper_->fresh_until(key), lower_->fresh_until(key));
  }

private:
  std::shared_ptr<page_cache> upper_;
  std::shared_ptr<page_cache> lower_;
};

} // namespace

void append_page_head(std::string& out, const cached_page& page) {
  out += layout_version;
  for (const auto* text : {&page.etag, &page.last_modified, &page.content_type,
                           &page.final_url, &page.sitemaps})
    append(out, *text);
  append(out, std::to_string(page.status));
  append(out, std::to_string(page.stored_at));
  append(out, std::to_string(page.fresh_until));
  append_size(out, page.body.size());
}

cached_page_ptr decode_page(std::string_view bytes) {
  cached_page page;
  std::string body;
  if (!read_head(bytes, page) || !read(bytes, body) || !bytes.empty())
    return nullptr;
  page.body = std::move(body);
  return std::make_shared<const cached_page>(std::move(page));
}

std::int64_t fresh_until_in(std::string_view bytes) {
  cached_page page;
  return read_head(bytes, page) ? page.fresh_until : 0;
}

memory_page_cache::memory_page_cache(std::size_t most_bytes)
    : most_bytes_(most_bytes) {
}

cached_page_ptr memory_page_cache::get(const std::string& key) {
  std::lock_guard lock(mutex_);
  auto found = by_key_.find(key);
  if (found == by_key_.end())
    return nullptr;
  items_.splice(items_.begin(), items_, found->second);
  return found->second->page;
}

void memory_page_cache::put(const std::string& key, cached_page_ptr page) {
  std::lock_guard lock(mutex_);
  if (auto found = by_key_.find(key); found != by_key_.end())
    drop(found->second);
  auto size = size_of(key, *page);
  if (size > most_bytes_ / 8)
    return;
  items_.push_front({key, std::move(page)});
  by_key_[key] = items_.begin();
  bytes_ += size;
  while (bytes_ > most_bytes_)
    drop(std::prev(items_.end()));
}

std::int64_t memory_page_cache::fresh_until(const std::string& key) {
  auto page = get(key);
  return page ? page->fresh_until : 0;
}

std::size_t memory_page_cache::bytes() const {
  std::lock_guard lock(mutex_);
  return bytes_;
}

void memory_page_cache::drop(std::list<item>::iterator one) {
  bytes_ -= size_of(one->key, *one->page);
  by_key_.erase(one->key);
  items_.erase(one);
}

std::shared_ptr<page_cache>
make_page_cache_levels(std::shared_ptr<page_cache> upper,
                       std::shared_ptr<page_cache> lower) {
  return std::make_shared<page_cache_levels>(std::move(upper),
                                             std::move(lower));
}

} // namespace jobfarm::fetch
