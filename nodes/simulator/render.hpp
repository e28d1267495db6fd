#pragma once

#include "nodes/simulator/world.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Answers of the sources as the sources shape them (docs: sources' own).
namespace jobfarm::simulator_world {

/// One page of a source's answer and the postings on it.
struct page {
  std::string body;
  std::string content_type = "application/json; charset=utf-8";
  int status = 200;
  /// Board and indexes of the postings handed out with it.
  const board_plan* on = nullptr;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};

/// What a source is asked for, taken from the target behind its prefix.
struct question {
  std::string source;
  /// Path behind `/SOURCE`, without the query.
  std::string path;
  /// Query, decoded not.
  std::string query;
  /// `http://host:port`, for links to itself.
  std::string self;
  /// Seconds since 1970 that count as now.
  std::int64_t now = 0;
  /// The board shows none of its postings.
  bool is_emptied = false;
};

/// Answers as the source would; 404 in the source's own words for what it does
/// not have.
page answer(const world& of, const question& asked);

/// The address of a posting for people.
std::string public_url(const world& of, const board_plan& on,
                       const posting& one, const std::string& self);

/// The value of `name` in a query, or the fallback.
std::uint64_t query_number(std::string_view query, std::string_view name,
                           std::uint64_t fallback);

} // namespace jobfarm::simulator_world
