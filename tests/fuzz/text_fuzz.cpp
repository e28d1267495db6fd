#include "actors/text/entities.hpp"
#include "actors/text/html.hpp"
#include "actors/text/url.hpp"
#include "actors/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// HTML, entities, URLs; the canonical form of a canonical URL is itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::text;
  std::string_view text(reinterpret_cast<const char*>(data), size);
  html_to_text(text);
  decode_entities(text);
  repair_mojibake(text);
  if (auto once = canonical_url(text)) {
    auto twice = canonical_url(*once);
    if (!twice || *twice != *once)
      std::abort();
  }
  return 0;
}
