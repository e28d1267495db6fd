#pragma once

#include "actors/sources/page_sources.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include <string>

namespace jobfarm::test {

/// The bytes of a page under `tests/data/sources`.
inline std::string page(const std::string& name) {
  return read_file(data_dir() / "sources" / name);
}

/// A context as the collector gives it.
inline sources::parse_context context_for(const std::string& url = {}) {
  sources::parse_context context;
  context.url = url;
  context.fetched_at = "2026-11-24T10:00:00Z";
  return context;
}

/// Parses a page that must be readable.
inline sources::parsed_page parsed(const sources::source& source,
                                   const std::string& name,
                                   const std::string& url = {}) {
  auto result = source.parse(page(name), context_for(url));
  INFO((result ? "" : result.error().detail));
  REQUIRE(result);
  return *result;
}

/// `extra` of a posting as JSON.
inline nlohmann::json extra_of(const raw_posting& raw) {
  return raw.extra.empty() ? nlohmann::json::object()
                           : nlohmann::json::parse(raw.extra.text);
}

} // namespace jobfarm::test
