#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::enrich {

/// Calls `take` with each word of `text`, folded for matching: case, width and
/// diacritics gone, a plural `s` of words over three letters cut off. A word
/// is a run of letters and digits, with `+` and `#` inside ("c++", "c#").
void for_each_term(std::string_view text,
                   const std::function<void(std::string_view)>& take);

/// The different terms of `text` in order, without words that mean nothing to
/// a search ("the", "of").
std::vector<std::string> query_terms(std::string_view text);

} // namespace jobfarm::enrich
