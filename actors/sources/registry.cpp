#include "actors/sources/api_sources.hpp"
#include "actors/sources/page_sources.hpp"

#include <algorithm>

namespace jobfarm::sources {

const std::vector<const source*>& all_sources() {
  static const std::vector<const source*> all = {
      &remoteok, &careerjet,    &greenhouse,      &lever,
      &ashby,    &workable,     &smartrecruiters, &indeed,
      &linkedin, &ziprecruiter, &jsonld,
  };
  return all;
}

const source* find_source(std::string_view name) {
  const auto& all = all_sources();
  auto found = std::find_if(all.begin(), all.end(), [&](const source* one) {
    return one->traits.name == name;
  });
  return found == all.end() ? nullptr : *found;
}

bool can_be_board(const source& one, std::string_view token) {
  if (!one.traits.is_board)
    return true;
  plan_context context;
  context.board.source = one.traits.name;
  context.board.token = token;
  return one.plan(context).has_value();
}

} // namespace jobfarm::sources
