#include "actors/fetch/file_page_cache.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <optional>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace jobfarm::fetch {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t checksum_bytes = 8;

void append_number(std::string& out, std::uint64_t number, int bytes) {
  for (int i = 0; i < bytes; ++i)
    out += static_cast<char>(number >> (8 * i) & 0xFF);
}

std::string name_of(const std::string& key) {
  auto hash = XXH3_128bits(key.data(), key.size());
  std::array<char, 33> text{};
  std::snprintf(text.data(), text.size(), "%016llx%016llx",
                static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text.data();
}

/// What every file under `key` holds between its checksum and its page.
std::string head_of(const std::string& key) {
  std::string head;
  append_number(head, key.size(), 4);
  return head + key;
}

std::string checksum_of(std::string_view bytes) {
  std::string checksum;
  append_number(checksum, XXH3_64bits(bytes.data(), bytes.size()),
                checksum_bytes);
  return checksum;
}

std::string file_content(const std::string& key, const cached_page& page) {
  std::string content(checksum_bytes, '\0');
  content += head_of(key);
  append_page(content, page);
  auto rest = std::string_view{content}.substr(checksum_bytes);
  return content.replace(0, checksum_bytes, checksum_of(rest));
}

cached_page_ptr page_in(std::string_view content, const std::string& key) {
  if (content.size() < checksum_bytes)
    return nullptr;
  auto rest = content.substr(checksum_bytes);
  auto head = head_of(key);
  if (content.substr(0, checksum_bytes) != checksum_of(rest)
      || rest.substr(0, head.size()) != head)
    return nullptr;
  return decode_page(rest.substr(head.size()));
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    auto written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

/// The bytes of a file of at most `most_bytes`; nothing for any other.
std::optional<std::string> read_all(const fs::path& path,
                                    std::size_t most_bytes) {
  std::error_code failed;
  auto size = fs::file_size(path, failed);
  if (failed || size > most_bytes)
    return {};
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen(path.c_str(), "rbe"), std::fclose);
  std::string bytes(size, '\0');
  if (!file || std::fread(bytes.data(), 1, size, file.get()) != size)
    return {};
  return bytes;
}

class file_page_cache : public page_cache {
public:
  file_page_cache(fs::path directory, std::size_t most_bytes)
      : directory_(std::move(directory)), most_bytes_(most_bytes) {
  }

  cached_page_ptr get(const std::string& key) override {
    auto name = name_of(key);
    std::lock_guard lock(mutex_);
    auto content = read_all(path_of(name), largest_file());
    auto page = content ? page_in(*content, key) : nullptr;
    if (auto found = by_name_.find(name); page && found != by_name_.end())
      files_.splice(files_.begin(), files_, found->second);
    return page;
  }

  void put(const std::string& key, cached_page_ptr page) override {
    auto content = file_content(key, *page);
    if (content.size() > largest_file())
      return;
    auto name = name_of(key);
    std::lock_guard lock(mutex_);
    if (!is_counted_)
      count_files();
    if (!write(name, content))
      return;
    forget(name);
    remember({name, content.size()});
    while (bytes_ > most_bytes_) {
      auto oldest = files_.back().name;
      std::error_code ignored;
      fs::remove(path_of(oldest), ignored);
      forget(oldest);
    }
  }

private:
  struct stored_file {
    std::string name;
    std::size_t bytes = 0;
  };

  std::size_t largest_file() const {
    return most_bytes_ / 8;
  }

  fs::path path_of(const std::string& name) const {
    return directory_ / name.substr(0, 2) / name;
  }

  bool write(const std::string& name, std::string_view content) {
    auto path = path_of(name);
    // Always the same: a process that is killed leaves one at most.
    auto part = directory_ / "part";
    std::error_code failed;
    fs::create_directory(path.parent_path(), failed);
    auto file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
                       0600);
    if (file < 0)
      return false;
    auto is_whole = write_all(file, content);
    is_whole = ::close(file) == 0 && is_whole;
    if (is_whole)
      fs::rename(part, path, failed);
    if (is_whole && !failed)
      return true;
    ::unlink(part.c_str());
    return false;
  }

  /// As the most recently used.
  void remember(stored_file one) {
    bytes_ += one.bytes;
    files_.push_front(std::move(one));
    by_name_[files_.front().name] = files_.begin();
  }

  void forget(const std::string& name) {
    auto found = by_name_.find(name);
    if (found == by_name_.end())
      return;
    bytes_ -= found->second->bytes;
    files_.erase(found->second);
    by_name_.erase(found);
  }

  /// Takes what is there already into account, the newest file as used last.
  void count_files() {
    is_counted_ = true;
    std::vector<std::pair<fs::file_time_type, stored_file>> found;
    std::error_code failed;
    for (fs::recursive_directory_iterator at(directory_, failed), end;
         !failed && at != end; at.increment(failed)) {
      std::error_code gone;
      auto name = at->path().filename().string();
      if (!at->is_regular_file(gone) || path_of(name) != at->path())
        continue;
      auto size = at->file_size(gone);
      auto time = at->last_write_time(gone);
      if (!gone)
        found.push_back({time, {std::move(name), size}});
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    for (auto& [time, one] : found)
      remember(std::move(one));
  }

  const fs::path directory_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  bool is_counted_ = false;
  std::size_t bytes_ = 0;
  /// Most recently used first.
  std::list<stored_file> files_;
  std::unordered_map<std::string, std::list<stored_file>::iterator> by_name_;
};

} // namespace

expected<std::shared_ptr<page_cache>>
open_file_page_cache(const std::string& directory, std::size_t most_bytes) {
  std::error_code failed;
  fs::create_directories(directory, failed);
  if (failed || ::access(directory.c_str(), W_OK | X_OK) != 0)
    return fail(errc::store_failed,
                "open page cache " + directory + ": "
                    + (failed ? failed.message()
                              : std::string{std::strerror(errno)}));
  return std::shared_ptr<page_cache>(
      std::make_shared<file_page_cache>(directory, most_bytes));
}

} // namespace jobfarm::fetch
