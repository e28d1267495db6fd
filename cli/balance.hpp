#pragma once

#include "actors/store/store.hpp"
#include "nodes/simulator/simulator.hpp"

#include <cstdint>
#include <string>

namespace jobfarm::cli {

/// What became of every posting that a simulator handed out, by the store.
struct balance {
  std::int64_t handed_out = 0;
  std::int64_t stored = 0;
  std::int64_t merged = 0;
  std::int64_t rejected = 0;
  /// Named by a list whose detail page was not had: given up, or not asked for
  /// when the query was cancelled. The task is in the store.
  std::int64_t not_fetched = 0;
  /// Handed out, but nowhere in the store.
  std::int64_t lost = 0;
  /// In the store, but never handed out.
  std::int64_t invented = 0;

  bool adds_up() const {
    return lost == 0 && invented == 0
           && handed_out == stored + merged + rejected + not_fetched;
  }
};

/// Compares a simulator's ledger with a store, record by record.
expected<balance> balance_of(const nodes::simulator& boards,
                             const store::store& disk);

/// One line: "balance: 2,000 handed out = 1,900 stored + ...".
std::string to_text(const balance& of);

} // namespace jobfarm::cli
