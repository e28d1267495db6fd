#pragma once

#include "nodes/fault_desk.hpp"
#include "nodes/gateway/api_request.hpp"
#include "nodes/gateway/farm_port.hpp"
#include "nodes/gateway/problem.hpp"
#include "nodes/gateway/tokens.hpp"
#include "nodes/gateway/workers.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace jobfarm::nodes::gateway {

/// What the operations work with.
struct api_context {
  farm_port* farm = nullptr;
  /// Streams wait here for what comes next.
  workers* pool = nullptr;
  std::string version;
  /// The boards of a search that names none. May block.
  std::function<expected<std::vector<board>>()> known_boards;
  /// Faults of this node and its workers; null if it takes none.
  fault_desk* faults = nullptr;
};

struct pending;
using api_answer = std::variant<server_response, problem, pending>;

/// An answer that is not there yet: `look` is called again and again, each time
/// on any thread of the pool, until it gives another.
struct pending {
  std::function<api_answer()> look;
};

using operation = api_answer (*)(const api_context&, const api_request&);

/// One operation of the API. The table of them is all there is: the router,
/// the rights and the OpenAPI document are made from it.
struct route {
  std::string_view method;
  /// `{name}` stands for one segment.
  std::string_view pattern;
  std::string_view id;
  permission need = permission::read;
  std::string_view summary;
  /// Query parameters it takes.
  std::vector<std::string_view> parameters;
  /// What it answers when all is well, and of which schema (may be empty).
  int status = 200;
  std::string_view schema;
  operation run = nullptr;
  /// Media types that it can answer in beside application/json.
  std::vector<std::string_view> other_types = {};
};

/// Every route, those of each file in turn.
const std::vector<route>& all_routes();

// Routes by what they are about; the functions are in `*_operations.cpp`.
std::vector<route> query_routes();
std::vector<route> result_routes();
std::vector<route> farm_routes();
std::vector<route> fault_routes();

/// What a request leads to.
struct routed {
  const route* to = nullptr;
  /// Methods that the path takes, if the request's is not among them.
  std::string allowed;
};

/// Finds the route of `method` and `request.path`, and sets `request.parts`.
/// HEAD goes where GET goes.
routed find_route(const std::vector<route>& routes, std::string_view method,
                  api_request& request);

/// Why `to` cannot answer the request: in none of the media types that it
/// accepts, or with a parameter that is not one of its own.
std::optional<problem> misfit(const route& to, const api_request& request);

// -- for operations -----------------------------------------------------------

/// A good answer with a JSON body.
server_response json_answer(std::string body, int status = 200);

/// `limit` of a list: 1 to 100, 25 if it is not given. Errors: invalid_input.
expected<std::size_t> page_limit(const api_request& request);

/// A page of a list: `rows` are JSON objects, `last` is the key of the last
/// one. `list` names list and filter. One row more than `limit` was asked for,
/// so that the last page is known for what it is.
struct page {
  std::vector<std::string> rows;
  std::vector<std::string> keys;
};
server_response page_answer(const api_request& request, std::string_view list,
                            page rows, std::size_t limit);

} // namespace jobfarm::nodes::gateway
