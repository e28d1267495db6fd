#include "actors/dedupe/text_print.hpp"

#include "actors/text/long_hash.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace jobfarm::dedupe {

text_print print_of(const text_reading& text) {
  const auto count = text.shingles.size();
  text_print made;
  made.letters = text.letters;
  made.shingles = static_cast<std::uint32_t>(count);
  made.sum = std::accumulate(text.shingles.begin(), text.shingles.end(),
                             std::uint64_t{0});
  if (count > 0)
    made.least = sketch_of(text.shingles.begin(), count);
  return made;
}

text_print print_of(std::string_view text) {
  description_reader reader;
  return print_of(reader.read(text));
}

const text_print& recent_prints::of(std::string_view text) {
  const auto hash = text::long_hash(text);
  const auto known = std::find(hashes_.begin(), hashes_.end(), hash);
  if (known != hashes_.end())
    return prints_[static_cast<std::size_t>(known - hashes_.begin())];
  const auto at = std::exchange(next_, (next_ + 1) % most);
  hashes_[at] = hash;
  return prints_[at] = print_of(text);
}

} // namespace jobfarm::dedupe
