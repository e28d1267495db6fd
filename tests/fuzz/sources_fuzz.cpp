#include "actors/sources/page_text.hpp"
#include "actors/sources/sitemap.hpp"
#include "actors/sources/source.hpp"
#include "actors/text/utf8.hpp"

#include <cstddef>
#include <cstdint>
#include <cstdlib>

// Every parser on any payload.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  using namespace jobfarm::sources;
  std::string_view payload(reinterpret_cast<const char*>(data), size);
  parse_context context;
  context.url = "https://a.example/b?start=0&page=1";
  context.fetched_at = "2026-11-24T10:00:00Z";
  for (const auto* one : all_sources())
    static_cast<void>(one->parse(payload, context));
  for (auto is_text : {false, true})
    if (auto found = read_sitemap(payload, is_text, 100);
        found && found->entries.size() > 100)
      std::abort();
  auto page = page_text(payload, payload.substr(0, 40));
  if (jobfarm::text::repair_utf8(page) != page)
    std::abort();
  return 0;
}
