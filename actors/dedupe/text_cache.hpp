#pragma once

#include "actors/dedupe/shingles.hpp"
#include "messages/expected.hpp"

#include <cstdint>
#include <functional>
#include <list>
#include <optional>
#include <unordered_map>

namespace jobfarm::dedupe {

/// Keeps the shingles of the descriptions that were compared last.
class text_cache {
public:
  using reader = std::function<expected<shingle_set>(std::uint32_t)>;

  text_cache(std::size_t most, reader read)
      : most_(most), read_(std::move(read)) {
  }

  /// Nothing overlaps once reading has failed.
  overlap overlap_of(std::uint32_t a, std::uint32_t b) {
    const auto* of_a = find(a);
    const auto* of_b = find(b);
    return of_a && of_b ? dedupe::overlap_of(*of_a, *of_b) : overlap{};
  }

  const std::optional<failure>& failed() const noexcept {
    return failed_;
  }

private:
  struct entry {
    std::uint32_t number;
    shingle_set shingles;
  };

  const shingle_set* find(std::uint32_t number) {
    if (auto known = by_number_.find(number); known != by_number_.end()) {
      recent_.splice(recent_.begin(), recent_, known->second);
      return &known->second->shingles;
    }
    auto read = read_(number);
    if (!read) {
      failed_ = read.error();
      return nullptr;
    }
    recent_.push_front({number, *std::move(read)});
    by_number_.emplace(number, recent_.begin());
    // Two are in use at a time.
    if (recent_.size() > most_ + 2) {
      by_number_.erase(recent_.back().number);
      recent_.pop_back();
    }
    return &recent_.front().shingles;
  }

  std::size_t most_;
  reader read_;
  std::list<entry> recent_;
  std::unordered_map<std::uint32_t, std::list<entry>::iterator> by_number_;
  std::optional<failure> failed_;
};

} // namespace jobfarm::dedupe
