#pragma once

#include "actors/normalize/work_mode.hpp"

#include <catch2/catch.hpp>

namespace jobfarm::normalize::test {

struct mode_row {
  const char* text;
  work_mode mode;
};

template <std::size_t N, class Read>
void check_modes(const mode_row (&rows)[N], Read read) {
  for (const auto& one : rows) {
    INFO(one.text);
    CHECK(read(one.text) == one.mode);
  }
}

} // namespace jobfarm::normalize::test
