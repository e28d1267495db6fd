#include "actors/collect/index_keys.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <string_view>

#include <xxhash.h>

namespace jobfarm::collect {

namespace {

constexpr std::string_view numbers = "dup/n/";

} // namespace

std::uint64_t hash_of(std::string_view key) {
  return XXH3_64bits(key.data(), key.size());
}

index_keys::index_keys(store::pending_view& view) : view_(view) {
}

expected<void> index_keys::open() {
  if (is_open_)
    return {};
  auto scanned = view_.scan_index(std::string{numbers}, [&](const auto& entry) {
    std::uint64_t hash = 0;
    for (std::size_t at = 0; at + sizeof hash <= entry.value.size();
         at += sizeof hash) {
      std::memcpy(&hash, &entry.value[at], sizeof hash);
      filter_.add(hash);
    }
    auto number = std::strtoull(&entry.key[numbers.size()], nullptr, 16);
    next_number_ = std::max<std::uint64_t>(next_number_, number + 1);
    return true;
  });
  is_open_ = scanned.has_value();
  return scanned;
}

expected<std::optional<std::string>>
index_keys::lookup(const std::string& key) const {
  if (is_open_ && !filter_.may_have(hash_of(key)))
    return std::optional<std::string>{};
  return view_.lookup(key);
}

expected<void> index_keys::each_numbered(const std::string& prefix,
                                         const entry_visitor& visit) const {
  return view_.scan_index(prefix, [&](const store::index_entry& one) {
    visit(std::strtoull(one.key.c_str() + prefix.size(), nullptr, 10),
          one.value);
    return true;
  });
}

void index_keys::add(std::string key, std::string value) {
  note(key);
  view_.put_index(std::move(key), std::move(value));
}

void index_keys::note(const std::string& key) {
  const auto hash = hash_of(key);
  filter_.add(hash);
  auto* hashes = hashes_.in(view_);
  if (!hashes)
    hashes = hashes_.begin(view_, numbered(numbers, ++next_number_));
  hashes->append(reinterpret_cast<const char*>(&hash), sizeof hash);
}

} // namespace jobfarm::collect
