#include "actors/sources/source.hpp"

#include <cstddef>
#include <cstdint>

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
  return 0;
}
