#pragma once

#include <chrono>
#include <cstdint>

/// What both ends of a data link keep to.
namespace jobfarm::nodes::link_layer {

/// Frames and orders that are handled before the other end is looked at.
constexpr int most_in_a_row = 256;

/// Between two looks at the clock.
constexpr std::chrono::milliseconds pulse{50};

/// Bytes. A page of postings is some megabytes at most.
constexpr std::int64_t largest_frame = 256LL << 20;

} // namespace jobfarm::nodes::link_layer
