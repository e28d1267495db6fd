#include "actors/dedupe/text_print.hpp"

namespace jobfarm::dedupe {

text_print print_of(const text_reading& text) {
  const auto count = text.shingles.size();
  text_print made{text.letters, static_cast<std::uint32_t>(count), {}};
  if (count > 0)
    made.least = sketch_of(text.shingles.begin(), count);
  return made;
}

text_print print_of(std::string_view text) {
  return print_of(read_text(text));
}

} // namespace jobfarm::dedupe
