#include "actors/normalize/dates.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

// A date out of any text, seen at a good time and at any: a date and a bound
// are never both told.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::normalize;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto date = parse_posted(text, "2026-11-24T10:00:00Z");
  if (!date.at.empty() && !date.before.empty())
    std::abort();
  parse_posted(text.substr(size / 2), text.substr(0, size / 2));
  return 0;
}
