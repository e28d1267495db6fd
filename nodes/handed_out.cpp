#include "nodes/handed_out.hpp"

#include "actors/text/time.hpp"

#include <utility>

namespace jobfarm::nodes {

plan::query_match match_of(const job_query& query,
                           const normalize::gazetteer& world) {
  return {query, text::parse_utc(query.submitted_at).value_or(0), &world};
}

handed_out::handed_out(const store::store& disk, const job_query& query,
                       const plan::query_match& match)
    : disk_(disk), query_(query), match_(match) {
}

expected<void>
handed_out::visit(const std::string& after,
                  const store::visitor<job_posting>& visit) const {
  return disk_.scan_postings_after(
      query_.query_id, after,
      [&](job_posting&& one) { return !match_(one) || visit(std::move(one)); });
}

expected<std::int64_t> handed_out::count() const {
  std::int64_t count = 0;
  auto visited = visit("", [&](const job_posting&) {
    ++count;
    return query_.limit == 0 || count < query_.limit;
  });
  if (!visited)
    return visited.error();
  return count;
}

expected<std::string> handed_out::last() const {
  std::string last;
  if (query_.limit == 0)
    return last;
  std::int64_t count = 0;
  auto visited = visit("", [&](const job_posting& one) {
    if (++count == query_.limit)
      last = one.id;
    return count < query_.limit;
  });
  if (!visited)
    return visited.error();
  return last;
}

expected<std::vector<job_posting>> handed_out::behind(const std::string& after,
                                                      const std::string& last,
                                                      std::size_t most) const {
  std::vector<job_posting> some;
  auto visited = visit(after, [&](job_posting&& one) {
    if (!last.empty() && one.id > last)
      return false;
    some.push_back(std::move(one));
    return some.size() < most;
  });
  if (!visited)
    return visited.error();
  return some;
}

std::function<expected<std::int64_t>(const job_query&, std::int64_t)>
job_counter(std::shared_ptr<const store::store> disk,
            std::shared_ptr<const normalize::normalizer> rules) {
  return [disk = std::move(disk), rules = std::move(rules)](
             const job_query& query,
             std::int64_t found) -> expected<std::int64_t> {
    auto match = match_of(query, rules->places());
    if (!match.is_selective())
      return found;
    return handed_out{*disk, query, match}.count();
  };
}

} // namespace jobfarm::nodes
