#include "actors/collect/key_filter.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

constexpr std::size_t keys_in_first_layer = 1u << 16;
constexpr std::size_t most_layers = 8;
constexpr std::size_t bits_a_key = 12;
constexpr std::size_t bits_a_block = 256;

/// Parquet's: any odd numbers that are far from each other.
constexpr std::uint32_t salts[] = {0x47b6137b, 0x44974d91, 0x8824ad5b,
                                   0xa2b7289d, 0x705495c7, 0x2df1424b,
                                   0x9efc4947, 0x5c6bfb31};

/// The bit of a key in word `i` of its block.
std::uint32_t bit(std::uint64_t hash, std::size_t i) {
  return 1u << (static_cast<std::uint32_t>(hash) * salts[i] >> 27);
}

/// Which of `blocks` a key is in.
std::size_t place_of(std::uint64_t hash, std::size_t blocks) {
  return (hash >> 32) * blocks >> 32;
}

} // namespace

bool key_filter::may_have(std::uint64_t hash) const noexcept {
  return std::any_of(layers_.rbegin(), layers_.rend(), [&](const auto& layer) {
    const auto& words = layer[place_of(hash, layer.size())];
    std::uint32_t missing = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
      missing |= ~words[i] & bit(hash, i);
    return missing == 0;
  });
}

void key_filter::add(std::uint64_t hash) {
  if (room_ == 0 && layers_.size() < most_layers) {
    room_ = keys_in_first_layer << layers_.size();
    layers_.emplace_back(room_ * bits_a_key / bits_a_block);
  }
  room_ -= room_ > 0;
  auto& layer = layers_.back();
  auto& words = layer[place_of(hash, layer.size())];
  for (std::size_t i = 0; i < words.size(); ++i)
    words[i] |= bit(hash, i);
}

std::size_t key_filter::bytes() const noexcept {
  std::size_t sum = 0;
  for (const auto& layer : layers_)
    sum += layer.size() * sizeof(block);
  return sum;
}

} // namespace jobfarm::collect
