#include "actors/collect/job_groups.hpp"

#include "actors/dedupe/merge.hpp"

#include <utility>

// A new record comes into a group that is there: most do, and making the group
// anew would take as long as it has records.

namespace jobfarm::collect {

namespace {

/// Records of one group that may differ from others each in its own way. If
/// there is one more, nobody is let in by them.
constexpr std::size_t most_sorts = 16;

} // namespace

expected<bool> job_groups::join(const dedupe::evidence& one,
                                const store::shared_posting& record) {
  auto edges = edges_.of(one.id);
  auto are_any_different = said_.are_any();
  if (!edges || !are_any_different)
    return edges ? are_any_different.error() : edges.error();
  if (*are_any_different)
    return false;
  const auto first = (*edges)->front().to;
  auto is_grouped = records_.is_grouped(first);
  if (!is_grouped)
    return is_grouped.error();
  if (*is_grouped)
    return join_group(one, **edges, record);
  return (*edges)->size() == 1 ? join_alone(one, first, record)
                               : expected<bool>{false};
}

/// Makes a group with a record that is alone, if no other edge leads there.
expected<bool> job_groups::join_alone(const dedupe::evidence& one,
                                      const std::string& id,
                                      const store::shared_posting& record) {
  auto edges = edges_.of(id);
  auto other = records_.evidence(id);
  if (!edges || !other)
    return edges ? other.error() : edges.error();
  if ((*edges)->size() != 1)
    return false;
  const auto is_first = dedupe::is_before(one, **other);
  const auto& head = is_first ? one.id : id;
  const auto& member = is_first ? id : one.id;
  if (auto done = write_group({head, member}, record); !done)
    return done.error();
  if (!is_first)
    return true;
  if (auto done = finders_.move(member, head); !done)
    return done.error();
  view_.remove_posting(member);
  return true;
}

/// Adds a record to a group that stays as it is otherwise.
expected<bool> job_groups::join_group(const dedupe::evidence& one,
                                      const edge_table::edge_list& edges,
                                      const store::shared_posting& record) {
  auto group = records_.group_of(edges.front().to);
  if (!group)
    return group.error();
  auto* known = groups_.find(*group);
  if (!known)
    return false;
  auto has_place = fits(one, edges, *group, *known);
  if (!has_place || !*has_place)
    return has_place;
  auto head = records_.evidence(*group);
  auto posting = view_.posting(*group);
  if (!posting && is_damage(posting.error()))
    return false;
  auto member = records_.original(known->best);
  if (!head || !posting || !member)
    return !head ? head.error() : posting ? member.error() : posting.error();
  if (!*posting || dedupe::is_before(one, **head))
    return false;
  if (!dedupe::can_join(**posting, **member, *record))
    return false;
  if (auto done = add_sort(one, *known); !done)
    return done.error();
  dedupe::join(own(*std::move(posting)), *record);
  if (auto done = records_.put_in_group(*group, record); !done)
    return done.error();
  return true;
}

/// True if all groups are as they were once a record is in one of them: all its
/// edges lead there, and it differs from none there. Then no edge is refused
/// that was not, since those that the record brings together sooner end in one
/// group anyway; and none is taken that was refused, since groups only grow.
expected<bool> job_groups::fits(const dedupe::evidence& one,
                                const edge_table::edge_list& edges,
                                const std::string& group,
                                const group_facts& known) {
  // Those of one sort are in one group.
  std::set<std::uint64_t> sorts;
  for (const auto& edge : edges) {
    auto other = records_.evidence(edge.to);
    if (!other)
      return other.error();
    const auto sort = dedupe::sure_key(**other, options_.rule);
    if (sort != 0 && !sorts.insert(sort).second)
      continue;
    auto of_other = records_.group_of(edge.to);
    if (!of_other || *of_other != group)
      return of_other ? expected<bool>{false} : of_other.error();
  }
  for (const auto& id : known.sorts) {
    auto other = records_.evidence(id);
    if (!other)
      return other.error();
    if (is_of_one_sort(one, **other))
      return true;
    if (!dedupe::known_difference(one, **other, options_.rule).empty())
      return false;
  }
  return known.sorts.size() <= most_sorts;
}

/// Takes the sort of a record that comes into a group, if it is new there.
expected<void> job_groups::add_sort(const dedupe::evidence& one,
                                    group_facts& to) {
  for (const auto& id : to.sorts) {
    auto other = records_.evidence(id);
    if (!other)
      return other.error();
    if (is_of_one_sort(one, **other))
      return {};
  }
  if (to.sorts.size() <= most_sorts)
    to.sorts.push_back(one.id);
  return {};
}

bool job_groups::is_of_one_sort(const dedupe::evidence& a,
                                const dedupe::evidence& b) const {
  const auto sure = dedupe::sure_key(a, options_.rule);
  return sure != 0 && dedupe::sure_key(b, options_.rule) == sure;
}

/// The posting of a group, to be changed: the one that is in the open batch if
/// it was put there for this and nobody else holds it, else a copy that takes
/// its place.
job_posting& job_groups::own(store::shared_posting posting) {
  constexpr auto holders = 3; // this one, the batch, the argument
  if (posting != grown_ || grown_in_ != view_.taken()
      || grown_.use_count() != holders) {
    grown_ = std::make_shared<job_posting>(*posting);
    grown_in_ = view_.taken();
    view_.put_posting(grown_);
  }
  return *grown_;
}

} // namespace jobfarm::collect
