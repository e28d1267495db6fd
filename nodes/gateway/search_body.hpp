#pragma once

#include "messages/query.hpp"
#include "nodes/gateway/problem.hpp"

#include <string_view>
#include <variant>

namespace jobfarm::nodes::gateway {

/// Reads the body of a search: the members of a JobQuery that a client may
/// set, each of its own type. Unknown members are told, not ignored: a typo
/// must not be silent.
std::variant<job_query, problem> read_search(std::string_view body);

} // namespace jobfarm::nodes::gateway
