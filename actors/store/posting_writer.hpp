#pragma once

#include "actors/store/leveldb_database.hpp"
#include "actors/store/posting_row.hpp"
#include "actors/store/recent_texts.hpp"
#include "messages/posting.hpp"

#include <deque>
#include <string>
#include <string_view>

namespace jobfarm::store {

/// Makes rows of postings, whose texts it writes where they are not yet.
class posting_writer {
public:
  posting_writer(const leveldb_database& rows, text_file& texts)
      : rows_(rows), texts_(texts), recent_(texts) {
  }

  /// The row of a posting among those of a kind (`posting_rows` or
  /// `original_rows`). It stands, and the posting must, until `write`.
  posting_row row_of(std::string_view kind, const job_posting& one);

  /// Returns after the texts of all rows since the last time are on disk.
  /// Errors: store_failed; then those rows are nothing.
  expected<void> write();

private:
  struct hashed_text {
    std::string_view text;
    text_hash hash = hash_of(text);
  };

  posting_row known_places(std::string_view kind, const job_posting& one,
                           const hashed_text& text,
                           const hashed_text& body) const;
  bool take_places(posting_row& row, const std::string& at,
                   const hashed_text& text, const hashed_text& body) const;

  const leveldb_database& rows_;
  text_file& texts_;
  recent_texts recent_;
  std::deque<std::string> bodies_;
};

} // namespace jobfarm::store
