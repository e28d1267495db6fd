#pragma once

#include "actors/store/text_file.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>

namespace jobfarm::store {

/// Makes postings of their rows.
class posting_reader {
public:
  explicit posting_reader(const text_file& texts) : texts_(texts) {
  }

  /// The posting whose row stands under the key `at`, in the room of another
  /// one. Its description is not read if it is `likely`, by size and hash.
  /// Errors: store_failed, bad_payload if it is damaged; then it holds
  /// anything.
  expected<void> read(std::string_view at, std::string_view row,
                      job_posting& to, std::string_view likely = {});

private:
  const text_file& texts_;
  std::string text_;
  std::string body_;
};

} // namespace jobfarm::store
