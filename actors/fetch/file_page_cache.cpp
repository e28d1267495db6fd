#include "actors/fetch/file_page_cache.hpp"

#include "actors/fetch/page_segment.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <map>
#include <optional>

#include <unistd.h>

namespace jobfarm::fetch {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t segments_at_most = 32;

/// The number of a segment by the path of its pages; nothing for other paths.
std::optional<std::uint32_t> number_of(const fs::path& path) {
  auto name = path.stem().string();
  auto end = name.data() + name.size();
  std::uint32_t number = 0;
  auto parsed = std::from_chars(name.data(), end, number);
  // There are numbers left behind ours, and one spelling of each.
  constexpr std::uint32_t most = 1u << 31;
  if (path.extension() != ".pages" || parsed.ec != std::errc{}
      || parsed.ptr != end || number > most || std::to_string(number) != name)
    return std::nullopt;
  return number;
}

class file_page_cache : public page_cache {
public:
  file_page_cache(fs::path directory, std::size_t most_bytes,
                  cache_trouble on_trouble)
      : directory_(std::move(directory)),
        most_bytes_(most_bytes),
        on_trouble_(std::move(on_trouble)) {
    std::error_code failed;
    for (fs::directory_iterator at(directory_, failed), end;
         !failed && at != end; at.increment(failed))
      if (auto number = number_of(at->path()))
        take_over(*number, *at);
    for (auto& [number, one] : segments_) {
      one.used = ++uses_;
      bytes_ += one.bytes;
      for (const auto& [hash, place] : places_in(stem_of(number)))
        by_key_[hash] = {number, place};
    }
  }

  cached_page_ptr get(const std::string& key) override {
    auto known = find(hash_of_key(key));
    if (!known)
      return nullptr;
    auto page = read_page_at(stem_of(known->segment), known->place, key);
    if (!page) {
      tell(page.error());
      return nullptr;
    }
    if (*page)
      note_use(known->segment);
    return *std::move(page);
  }

  std::int64_t fresh_until(const std::string& key) override {
    auto known = find(hash_of_key(key));
    if (!known)
      return 0;
    note_use(known->segment);
    return fresh_until_at(stem_of(known->segment), known->place, key);
  }

  void put(const std::string& key, cached_page_ptr page) override {
    const page_entry entry(key, *page);
    if (entry.size() > most_bytes_ / 8)
      return;
    auto hash = hash_of_key(key);
    std::lock_guard lock(mutex_);
    if (!open_segment())
      return;
    auto number = segments_.rbegin()->first;
    auto place = growing_->add(hash, entry);
    if (!place)
      return tell(trouble_of(number, std::strerror(errno)));
    by_key_[hash] = {number, *place};
    auto& grown = segments_[number];
    grown.used = ++uses_;
    grown.bytes += place->size;
    bytes_ += place->size;
    while (bytes_ > most_bytes_ && segments_.size() > 1)
      drop_segment();
  }

private:
  struct segment {
    std::uint64_t bytes = 0;
    /// When it was used last, in uses of the cache.
    std::uint64_t used = 0;
  };
  struct known_page {
    std::uint32_t segment = 0;
    page_place place;
  };

  fs::path stem_of(std::uint32_t number) const {
    return directory_ / std::to_string(number);
  }

  std::optional<known_page> find(std::uint64_t hash) {
    std::lock_guard lock(mutex_);
    auto found = by_key_.find(hash);
    if (found == by_key_.end())
      return std::nullopt;
    return found->second;
  }

  void note_use(std::uint32_t number) {
    std::lock_guard lock(mutex_);
    if (auto found = segments_.find(number); found != segments_.end())
      found->second.used = ++uses_;
  }

  /// Counts a segment of an earlier run; what is none only has its number.
  void take_over(std::uint32_t number, const fs::directory_entry& file) {
    last_number_ = std::max(last_number_, number);
    std::error_code failed;
    auto is_file = file.is_regular_file(failed);
    auto bytes = is_file ? file.file_size(failed) : 0;
    if (is_file && !failed)
      segments_[number].bytes = bytes;
    else
      tell(trouble_of(number, failed ? failed.message() : "not a file"));
  }

  /// Sees to it that `growing_` is the last segment and has room; false if it
  /// cannot be.
  bool open_segment() {
    auto is_full = segments_.empty()
                   || segments_.rbegin()->second.bytes >= segment_bytes();
    if (growing_ && !is_full)
      return true;
    growing_.reset();
    // What cannot be grown further is left as it is.
    return (!is_full && grow(segments_.rbegin()->first))
           || grow(++last_number_);
  }

  bool grow(std::uint32_t number) {
    growing_ = page_segment::open(stem_of(number));
    if (growing_)
      segments_[number];
    else
      tell(trouble_of(number, std::strerror(errno)));
    return growing_.has_value();
  }

  failure trouble_of(std::uint32_t number, const std::string& why) const {
    return fail(errc::store_failed, "open page cache "
                                        + stem_of(number).string()
                                        + ".pages: " + why);
  }

  /// The first time only: what spoilt one page has spoilt many.
  void tell(const failure& why) {
    if (on_trouble_ && !is_told_.exchange(true))
      on_trouble_(why);
  }

  std::size_t segment_bytes() const {
    return most_bytes_ / segments_at_most;
  }

  /// Drops the segment that was not used for longest, but not the last one,
  /// which grows.
  void drop_segment() {
    auto oldest =
        std::min_element(segments_.begin(), std::prev(segments_.end()),
                         [](const auto& a, const auto& b) {
                           return a.second.used < b.second.used;
                         });
    auto number = oldest->first;
    for (auto at = by_key_.begin(); at != by_key_.end();)
      at = at->second.segment == number ? by_key_.erase(at) : std::next(at);
    for (const auto* ending : {".index", ".pages"}) {
      auto path = stem_of(number);
      path += ending;
      std::error_code ignored;
      fs::remove(path, ignored);
    }
    bytes_ -= oldest->second.bytes;
    segments_.erase(oldest);
  }

  const fs::path directory_;
  const std::size_t most_bytes_;
  const cache_trouble on_trouble_;
  std::atomic<bool> is_told_{false};
  std::mutex mutex_;
  std::uint64_t bytes_ = 0;
  std::uint64_t uses_ = 0;
  std::map<std::uint32_t, segment> segments_;
  /// The highest number that is taken, by whatever it is.
  std::uint32_t last_number_ = 0;
  std::optional<page_segment> growing_;
  /// By the hash of the key.
  std::unordered_map<std::uint64_t, known_page> by_key_;
};

} // namespace

expected<std::shared_ptr<page_cache>>
open_file_page_cache(const std::string& directory, std::size_t most_bytes,
                     cache_trouble on_trouble) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed || ::access(directory.c_str(), W_OK | X_OK) != 0)
    return fail(
        errc::store_failed,
        "open page cache " + directory + ": "
            + (failed ? failed.message() : std::string{std::strerror(errno)}));
  return std::shared_ptr<page_cache>(std::make_shared<file_page_cache>(
      directory, most_bytes, std::move(on_trouble)));
}

} // namespace jobfarm::fetch
