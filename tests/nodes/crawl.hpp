#pragma once

#include "nodes/farm.hpp"

#include <catch2/catch.hpp>

#include <chrono>

namespace jobfarm::test {

/// A query by a farm of its own, so that memory remembers nothing of the one
/// before.
inline collection_result crawl(const nodes::farm_options& options,
                               const job_query& query) {
  auto one = *nodes::farm::start(options);
  REQUIRE(one->submit(query));
  for (;;) {
    auto ended = one->wait(query.query_id, std::chrono::milliseconds{5});
    REQUIRE(ended);
    if (*ended)
      return **ended;
  }
}

} // namespace jobfarm::test
