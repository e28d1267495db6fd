#pragma once

#include "messages/expected.hpp"

#include <string>
#include <string_view>

namespace jobfarm::nodes::gateway {

/// A place in a list, for clients to hand back unread: the key of the last row
/// they got. `list` names the list and its filter; a cursor of another list is
/// refused.
std::string make_cursor(std::string_view list, std::string_view last_key);

/// The key, empty for an empty cursor. Errors: invalid_input.
expected<std::string> read_cursor(std::string_view list,
                                  std::string_view cursor);

} // namespace jobfarm::nodes::gateway
