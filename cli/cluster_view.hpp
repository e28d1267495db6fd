#pragma once

#include "messages/expected.hpp"
#include "messages/ledger.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::cli {

class cluster_client;

/// A query as a gateway tells it.
struct cluster_query {
  query_record record;
  /// running, complete, partial, cancelled or interrupted.
  std::string status;
  /// The JSON as it came.
  std::string text;
};

/// Reads a query's JSON. Errors: bad_payload if this is no such thing.
expected<cluster_query> read_cluster_query(std::string_view text);

/// Goes through a paged list of the API, row by row (each a JSON object), until
/// `visit` says false. `path` may have a query. Errors: of the client.
expected<void>
each_row(const cluster_client& client, const std::string& path,
         const std::function<expected<bool>(const std::string&)>& visit);

/// Rows of cells with their columns aligned by two spaces; a header only if
/// stdout is a terminal.
std::string format_table(const std::vector<std::string>& header,
                         const std::vector<std::vector<std::string>>& rows);

} // namespace jobfarm::cli
