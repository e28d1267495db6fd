#pragma once

#include "actors/sources/source.hpp"

namespace jobfarm::sources {

/// The sources that read pages made for people; registry.cpp lists them.
extern const source indeed;
extern const source linkedin;
extern const source ziprecruiter;
extern const source jsonld;

} // namespace jobfarm::sources
