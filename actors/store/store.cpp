#include "actors/store/store.hpp"

#include <utility>

namespace jobfarm::store {

expected<void>
store::scan_postings_after(std::string_view query_id, std::string_view after,
                           const visitor<job_posting>& visit) const {
  job_posting one;
  auto goes_on = true;
  std::vector<std::string> ids{std::string{after}};
  do {
    auto next = found_after(query_id, ids.back());
    if (!next)
      return next.error();
    ids = *std::move(next);
    auto read = read_postings(ids, one, [&] {
      goes_on = visit(std::move(one));
      return goes_on;
    });
    if (!read)
      return read;
  } while (goes_on && ids.size() == most_found_at_once);
  return {};
}

} // namespace jobfarm::store
