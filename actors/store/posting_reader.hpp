#pragma once

#include "actors/store/text_file.hpp"
#include "messages/posting.hpp"

#include <string_view>

namespace jobfarm::store {

/// Makes postings of their rows, one after another in the same room.
class posting_reader {
public:
  explicit posting_reader(const text_file& texts) : texts_(texts) {
  }

  /// The posting whose row stands under the key `at`: the caller's until the
  /// next is read. Its description is not read if it is `likely`, by size and
  /// hash. Errors: store_failed.
  expected<job_posting*> read(std::string_view at, std::string_view row,
                              std::string_view likely = {}) &;

private:
  text_reader texts_;
  job_posting read_;
};

} // namespace jobfarm::store
