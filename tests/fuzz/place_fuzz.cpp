#include "actors/normalize/place.hpp"

#include <cstddef>
#include <cstdint>

// Places out of any location text, with any other text as a second place.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::normalize;
  static const auto world = *gazetteer::open(JOBFARM_GAZETTEER);
  std::string_view text(reinterpret_cast<const char*>(data), size);
  auto half = size / 2;
  std::vector<std::string> others{std::string{text.substr(half)}};
  place_hints hints;
  hints.location = text.substr(0, half);
  hints.locations = &others;
  hints.addresses.push_back(
      {std::string{text.substr(0, half)}, std::string{text.substr(half)}, ""});
  resolve_places(*world, hints);
  hints.addresses.clear();
  resolve_places(*world, hints);
  return 0;
}
