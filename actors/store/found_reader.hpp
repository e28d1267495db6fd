#pragma once

#include "actors/store/store.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace jobfarm::store {

/// Gives out what a query found, a few ids at a time. The store looks through
/// all of it for the lowest that are left, so that many are asked for at once,
/// and kept: some 3 MB.
class found_reader {
public:
  /// Begins above `after`. `from` lives longer.
  found_reader(const store& from, std::string query_id, std::string after = {});

  /// The next ids, in order, at most `most`; none at the end. Errors:
  /// store_failed.
  expected<std::vector<std::string>> next(std::size_t most);

private:
  expected<void> find_more();

  const store& from_;
  std::string query_id_;
  /// The last id of those before.
  std::string after_;
  std::vector<std::string> ids_;
  std::size_t at_ = 0;
  bool has_all_ = false;
};

} // namespace jobfarm::store
