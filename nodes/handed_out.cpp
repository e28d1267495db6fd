#include "nodes/handed_out.hpp"

#include "actors/text/time.hpp"

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

expected<std::string> last_handed_out(const store::store& disk,
                                      const job_query& query,
                                      const plan::query_match& match) {
  std::string last;
  if (query.limit == 0)
    return last;
  std::int64_t count = 0;
  auto visited =
      disk.scan_postings(query.query_id, [&](const job_posting& one) {
        if (match(one) && ++count == query.limit)
          last = one.id;
        return count < query.limit;
      });
  if (!visited)
    return visited.error();
  return last;
}

result_pages::result_pages(const store::store& disk,
                           const std::string& query_id, plan::query_match match,
                           const std::string& after, std::string last)
    : disk_(disk),
      match_(std::move(match)),
      last_(std::move(last)),
      found_(disk, query_id, after) {
}

expected<std::vector<job_posting>> result_pages::next(std::size_t most) {
  std::vector<job_posting> some;
  auto goes_on = true;
  auto take = [&] {
    goes_on = last_.empty() || room_.id <= last_;
    if (goes_on && match_(room_))
      some.push_back(std::move(room_));
    return goes_on;
  };
  while (goes_on && some.size() < most) {
    auto ids = found_.next(most - some.size());
    if (!ids)
      return ids.error();
    if (ids->empty())
      break;
    if (auto read = disk_.read_postings(*ids, room_, take); !read)
      return read.error();
  }
  return some;
}

result_count::result_count(const store::store& disk, const job_query& query,
                           plan::query_match match)
    : disk_(disk),
      limit_(query.limit),
      match_(std::move(match)),
      found_(disk, query.query_id) {
}

expected<std::optional<std::int64_t>> result_count::go_on() {
  auto ids = found_.next(most_counted_at_once);
  if (!ids)
    return ids.error();
  auto is_complete = [&] { return limit_ > 0 && count_ >= limit_; };
  auto read = disk_.read_postings(*ids, room_, [&] {
    count_ += match_(room_);
    return !is_complete();
  });
  if (!read)
    return read.error();
  return ids->empty() || is_complete() ? std::optional{count_} : std::nullopt;
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
