#include "actors/fetch/retry_after.hpp"
#include "actors/fetch/robots.hpp"
#include "actors/fetch/robots_cache.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

// robots.txt and the headers that say when to come back.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::fetch;
  std::string text(reinterpret_cast<const char*>(data), size);
  robots_rules rules(text, "jobfarm");
  rules.allows("https://a.example/" + text.substr(0, 100));
  auto wait = retry_after_s({{"Retry-After", text}}, 0);
  if (wait && !(std::isfinite(*wait) && *wait >= 0))
    std::abort();
  auto age = max_age_s({{"Cache-Control", text}});
  if (age && *age < 0)
    std::abort();
  return 0;
}
