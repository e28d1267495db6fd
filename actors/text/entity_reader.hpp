#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jobfarm::text {

/// Reads one character reference at the front of `text`, which begins with
/// `&`, appends what it stands for and returns its length; 0 if it is none.
std::size_t read_entity(std::string_view text, std::string& out);

} // namespace jobfarm::text
