#pragma once

#include "actors/collect/settlement.hpp"
#include "actors/collect/shown_names.hpp"
#include "actors/store/pending_view.hpp"
#include "messages/task.hpp"

#include <optional>

/// Boards whose listings have several pages.
namespace jobfarm::collect {

/// Takes what a page shows of its board, if that counts, and gives the names of
/// the whole board once that was the last page and the same query has read all
/// before it.
///
/// Index key (BOARD is SOURCE-HASH), until the last page is read or another
/// query reads the same one:
///
///     dup/p/BOARD/PAGE   the query, and the names that the page shows; a line
///                        each
///
/// Errors: store_failed.
expected<std::optional<shown_names>>
read_board(store::pending_view& view, const task& from,
           const std::optional<board_page>& here);

} // namespace jobfarm::collect
