#pragma once

#include "actors/sources/source.hpp"

namespace jobfarm::sources {

/// The sources that answer in JSON; registry.cpp lists them.
extern const source remoteok;
extern const source careerjet;
extern const source greenhouse;
extern const source lever;
extern const source ashby;
extern const source workable;
extern const source smartrecruiters;

} // namespace jobfarm::sources
