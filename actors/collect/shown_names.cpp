#include "actors/collect/shown_names.hpp"

#include <algorithm>

#include <xxhash.h>

namespace jobfarm::collect {

namespace {

std::uint64_t name_hash(std::string_view name) {
  return XXH3_64bits(name.data(), name.size());
}

} // namespace

shown_names::shown_names(const std::vector<std::string>& names) {
  for (const auto& one : names)
    add(one);
  end();
}

void shown_names::add(std::string_view name) {
  hashes_.push_back(name_hash(name));
}

void shown_names::end() {
  std::sort(hashes_.begin(), hashes_.end());
}

bool shown_names::has(std::string_view name) const {
  return std::binary_search(hashes_.begin(), hashes_.end(), name_hash(name));
}

} // namespace jobfarm::collect
