#pragma once

#include <cstddef>
#include <string_view>

namespace jobfarm::normalize {

/// True if a sentence of folded text ends with the mark at `at`: a line end, or
/// a stop before a blank that belongs to no abbreviation of job ads.
bool ends_sentence(std::string_view text, std::size_t at);

} // namespace jobfarm::normalize
