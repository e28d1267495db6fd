#pragma once

#include "actors/collect/job_groups.hpp"
#include "actors/collect/record_table.hpp"
#include "actors/collect/shown_names.hpp"
#include "actors/sources/board_fall.hpp"
#include "actors/store/pending_view.hpp"

#include <optional>
#include <string>
#include <vector>

namespace jobfarm::collect {

/// When the records of the store were seen, and which are closed: by evidence
/// only, and open again once they are seen again.
///
/// Index keys (ID is the id of a record):
///
///     dup/b/BOARD/ID     records of a board that came together, ID first;
///                        BOARD is SOURCE-HASH. Each: how many bytes its name
///                        there has, four in the byte order of the machine,
///                        the name (its source id or else its url), its id in
///                        16 bytes
///     dup/m/ID           how often in a row the record was missing on its
///                        board
///     dup/s/BOARD/       readings in a row that show next to nothing of the
///                        board
///
/// All errors are store_failed.
class posting_life {
public:
  using ids = std::vector<std::string>;

  posting_life(store::pending_view& view, index_keys& keys,
               record_table& records, job_groups& groups);

  /// A new record is on a board.
  void begin(const job_posting& record, const std::string& board);

  /// The record `known` was seen at `now`: it says what it said.
  expected<void> see_again(const job_posting& known, const std::string& now);

  /// The record is on its board, if it was missing there.
  expected<void> not_missing(const std::string& id);

  /// Takes a whole listing, read completely: records of the board that were
  /// missing twice in a row are closed. `shown` are their names. A listing that
  /// shows next to nothing of what the board had is doubted until the next one
  /// agrees: it closes nothing, and the answer is why it is not believed. If
  /// the next one does not agree, it never was.
  expected<std::optional<failure>> board_read(const std::string& source,
                                              const std::string& board,
                                              const shown_names& shown,
                                              const std::string& now);

  /// Closes a record whose page is gone (404 or 410). One that is not known
  /// changes nothing.
  expected<void> page_gone(const std::string& source, const std::string& board,
                           const std::string& name, const std::string& now);

  /// Closes a record, unless it is closed.
  expected<void> close(const std::string& id, const std::string& now);

private:
  expected<void> update(const job_posting& known, const std::string& last_seen,
                        const std::string& closed_at);
  /// An open record that its board does not show, and how often it did not.
  struct missing_record {
    std::string id;
    int times = 0;
  };
  expected<std::vector<missing_record>>
  missing_of(const std::string& at_board, const shown_names& shown) const;
  /// What a reading is worth, and what the one before it was.
  struct trust {
    sources::board_fall_verdict in_this;
    bool in_last = true;
  };
  expected<trust> trust_in(const std::string& at_board, std::size_t missing,
                           std::size_t shown);
  expected<std::string> closed_at_of(const std::string& posting_id) const;

  /// Where the records of a board are, and the entry of those that came last,
  /// for the next one of the same board.
  struct board_place {
    std::string source;
    std::string board;
    std::string prefix;
    store::growing_entry entry;
  };

  store::pending_view& view_;
  index_keys& keys_;
  record_table& records_;
  job_groups& groups_;
  board_place last_;
};

} // namespace jobfarm::collect
