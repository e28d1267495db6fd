#pragma once

#include "actors/text/key_map.hpp"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <vector>

namespace jobfarm::text {

/// How an element changes the flow of text.
enum class flow { inline_, line, paragraph, item, row, cell, raw, keep_space };

/// How the element of a name does, whatever its case; `inline_` for elements
/// that change nothing and for names that are none.
flow flow_of(std::string_view name);

/// The name that a tag begins with.
struct tag_name {
  std::size_t size;
  flow how;
};

/// Reads the name at the front of `text`: it ends before white space, `/` or
/// `>`.
tag_name read_tag_name(std::string_view text);

/// A tag without attributes: `<li>`, `</li>`.
struct bare_tag {
  /// Of all of it; 0 if the tag is another one.
  std::size_t size = 0;
  flow how = flow::inline_;
  bool is_closing = false;
};

/// The frequent tags in small letters by all that is behind their `<`; none of
/// them is `flow::raw`.
class bare_tags {
public:
  static const bare_tags& all();

  /// Reads the tag at the front of `text` if it is bare and one of these.
  bare_tag read(std::string_view text) const {
    std::uint64_t bytes = 0;
    if (text.size() <= sizeof bytes)
      return {};
    std::memcpy(&bytes, text.data() + 1, sizeof bytes);
    // The highest bit of each byte that is `>`, of the first one at least.
    constexpr auto ones = ~std::uint64_t{0} / 0xFF;
    auto others = bytes ^ ones * '>';
    auto ends = (others - ones) & ~others & ones * 0x80;
    if (ends == 0)
      return {};
    auto last = static_cast<unsigned>(__builtin_ctzll(ends));
    auto found = known_.find(bytes & ~std::uint64_t{0} >> (63 - last));
    if (found == 0)
      return {};
    return {last / 8 + 2, static_cast<flow>(found >> 2), (found & 2) != 0};
  }

private:
  /// How they do, whether they close, and a one.
  using numbers = key_map<unsigned, 11>;

  bare_tags();
  static std::vector<numbers::entry> entries();

  numbers known_{entries()};
};

} // namespace jobfarm::text
