#include "actors/fetch/retry_after.hpp"
#include "actors/fetch/robots.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

// robots.txt and the headers that say when to come back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::fetch;
  std::string text(reinterpret_cast<const char*>(data), size);
  robots_rules rules(text, "jobfarm");
  rules.allows("https://a.example/" + text.substr(0, 100));
  retry_after_s({{"Retry-After", text}}, 0);
  return 0;
}
