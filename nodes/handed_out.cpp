#include "nodes/handed_out.hpp"

#include "actors/text/time.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::nodes {

namespace {

/// Some milliseconds of reading.
constexpr std::size_t most_counted_at_once = 256;

} // namespace

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

result_count::result_count(const store::store& disk, job_query query,
                           plan::query_match match)
    : disk_(disk), query_(std::move(query)), match_(std::move(match)) {
}

expected<std::optional<std::int64_t>> result_count::go_on() {
  const auto is_all_read =
      is_begun_ && read_ == ids_.size() && read_ < store::most_found_at_once;
  if (is_all_read || (query_.limit > 0 && count_ >= query_.limit))
    return std::optional{count_};
  auto done = read_ == ids_.size() ? find_next() : read_some();
  if (!done)
    return done.error();
  return std::optional<std::int64_t>{};
}

expected<void> result_count::find_next() {
  auto next =
      disk_.found_after(query_.query_id, ids_.empty() ? "" : ids_.back());
  if (!next)
    return next.error();
  ids_ = *std::move(next);
  read_ = 0;
  is_begun_ = true;
  return {};
}

expected<void> result_count::read_some() {
  const auto from = ids_.begin() + static_cast<std::ptrdiff_t>(read_);
  const auto size = std::min(most_counted_at_once, ids_.size() - read_);
  auto read = disk_.read_postings(
      {from, from + static_cast<std::ptrdiff_t>(size)}, room_, [&] {
        count_ += match_(room_);
        return query_.limit == 0 || count_ < query_.limit;
      });
  read_ += size;
  return read;
}

std::function<job_count(const job_query&, std::int64_t)>
job_counter(std::shared_ptr<const store::store> disk,
            std::shared_ptr<const normalize::normalizer> rules) {
  return [disk = std::move(disk), rules = std::move(rules)](
             const job_query& query, std::int64_t found) -> job_count {
    auto match = match_of(query, rules->places());
    if (!match.is_selective())
      return [found] { return std::optional{found}; };
    auto counted = std::make_shared<result_count>(*disk, query, match);
    return [counted] { return counted->go_on(); };
  };
}

} // namespace jobfarm::nodes
