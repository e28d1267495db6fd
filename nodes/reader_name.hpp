#pragma once

#include "actors/normalize/gazetteer.hpp"

#include <string>

namespace jobfarm::nodes {

/// Names what reads pages here, this program with these places: another one may
/// find something else in the same page. It is made of the program's build id
/// (`--build-id` of the linker, a hash of what it is made of), the same on all
/// nodes that run it; empty if it has none.
std::string reader_name(const normalize::gazetteer& places);

} // namespace jobfarm::nodes
