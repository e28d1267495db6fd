#pragma once

#include <functional>
#include <string>
#include <vector>

namespace jobfarm::report {

/// A text that is made while it is written: each call appends the next piece;
/// false, with nothing appended, once there is none. A copy that was taken
/// before the first call begins at the beginning.
using piece_source = std::function<bool(std::string& out)>;

/// One piece.
piece_source whole(std::string text);

/// One after the other.
piece_source joined(std::vector<piece_source> parts);

/// `append_one(out, i)` for each i below `count`, many to a piece.
piece_source
counted(std::size_t count,
        std::function<void(std::string& out, std::size_t i)> append_one);

} // namespace jobfarm::report
