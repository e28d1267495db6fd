#include "actors/fetch/rate_limit.hpp"
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
  if (auto delay = rules.crawl_delay_s();
      delay && !(std::isfinite(*delay) && *delay >= 0))
    std::abort();
  auto wait = retry_after_s({{"Retry-After", text}}, 0);
  if (wait && !(std::isfinite(*wait) && *wait >= 0))
    std::abort();
  for (const auto* name :
       {"RateLimit", "X-RateLimit-Reset", "X-Rate-Limit-Remaining",
        "RateLimit-Reset", "Retry-After-Ms"}) {
    auto limit = rate_limit_of({{name, text}}, 1'700'000'000);
    if (limit.reset_s
        && !(std::isfinite(*limit.reset_s) && *limit.reset_s >= 0))
      std::abort();
    if (limit.remaining && *limit.remaining < 0)
      std::abort();
  }
  auto age = max_age_s({{"Cache-Control", text}});
  if (age && *age < 0)
    std::abort();
  return 0;
}
