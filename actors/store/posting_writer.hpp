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
  /// `original_rows`); an original may have been a posting of its own before
  /// if it `was_posting`. It stands, and the posting must, until `write`.
  posting_row row_of(std::string_view kind, const job_posting& one,
                     bool was_posting);

  /// Returns after the texts of all rows since the last time are on disk.
  /// Errors: store_failed; then those rows are nothing.
  expected<void> write();

private:
  struct hashed_text {
    std::string_view text;
    text_hash hash = hash_of(text);
  };

  std::string& next_body();
  void take_known_places(posting_row& row, std::string_view kind,
                         const job_posting& one, bool was_posting,
                         const hashed_text& text,
                         const hashed_text& body) const;
  bool take_places(posting_row& row, const std::string& at,
                   const hashed_text& text, const hashed_text& body) const;

  const leveldb_database& rows_;
  text_file& texts_;
  recent_texts recent_;
  /// Those of a batch, the first `bodies_used_`; the others have their room
  /// already.
  std::deque<std::string> bodies_;
  std::size_t bodies_used_ = 0;
};

} // namespace jobfarm::store
