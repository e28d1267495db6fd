#include "actors/store/store.hpp"

#include "actors/store/found_reader.hpp"

#include <utility>

namespace jobfarm::store {

expected<void>
store::scan_postings_after(std::string_view query_id, std::string_view after,
                           const visitor<job_posting>& visit) const {
  found_reader found(*this, std::string{query_id}, std::string{after});
  job_posting one;
  for (auto goes_on = true; goes_on;) {
    auto ids = found.next(most_found_at_once);
    if (!ids || ids->empty())
      return ids ? expected<void>{} : ids.error();
    auto read = read_postings(*ids, one, [&] {
      goes_on = visit(std::move(one));
      return goes_on;
    });
    if (!read)
      return read;
  }
  return {};
}

} // namespace jobfarm::store
