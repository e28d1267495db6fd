#include "actors/collect/job_groups.hpp"

#include "actors/collect/record_id.hpp"
#include "actors/dedupe/merge.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace jobfarm::collect {

namespace {

/// Groups of which something is kept in memory, 2 kB each at most.
constexpr std::size_t most_groups = 1024;

/// Records whose outline is kept in memory, 64 bytes each: eight times as many
/// as may share what they are found by, so that all those are kept.
constexpr std::size_t most_outlines = 1u << 14;

} // namespace

job_groups::job_groups(dedupe::decision_options options,
                       store::pending_view& view, finders& finders,
                       record_table& records, edge_table& edges,
                       told_apart& said)
    : options_(options),
      view_(view),
      finders_(finders),
      records_(records),
      edges_(edges),
      said_(said),
      outlines_(most_outlines),
      groups_(most_groups) {
}

expected<dedupe::decision> job_groups::decide(const dedupe::evidence& a,
                                              const dedupe::evidence& b) {
  std::optional<failure> failed;
  auto overlap = [&] {
    auto of_a = records_.text(a.id);
    auto of_b = records_.text(b.id);
    if (of_a && of_b)
      return dedupe::overlap_of(**of_a, **of_b);
    failed = of_a ? of_b.error() : of_a.error();
    return dedupe::overlap{};
  };
  auto made = dedupe::is_before(b, a) ? dedupe::decide(b, a, options_, overlap)
                                      : dedupe::decide(a, b, options_, overlap);
  if (failed)
    return *failed;
  return made;
}

expected<bool> job_groups::connect(const dedupe::evidence& one,
                                   const ids& others) {
  auto connected = false;
  auto is_sure = false;
  for (const auto& id : others) {
    auto other = records_.evidence(id);
    if (!other)
      return other.error();
    keep_outline(**other);
    auto is_sure_other = is_of_one_sort(one, **other);
    if (is_sure && is_sure_other)
      continue;
    is_sure = is_sure || is_sure_other;
    auto made = decide(one, **other);
    if (!made)
      return made.error();
    if (!made->merge)
      continue;
    connected = true;
    edges_.add(one.id, id, made->strength);
  }
  return connected;
}

void job_groups::keep_outline(const dedupe::evidence& one) {
  const auto record = record_of(one.id);
  if (record && !outlines_.find(*record))
    outlines_.put(*record, outline_of(one));
}

bool job_groups::is_settled(const dedupe::outline& one,
                            std::string_view record) {
  const auto* other = outlines_.find(record);
  return other && dedupe::is_settled(one, *other);
}

void job_groups::forget(const std::string& id) {
  if (auto record = record_of(id))
    outlines_.erase(*record);
}

expected<void> job_groups::mend(const std::string& posting_id) {
  id_set component;
  if (auto done = edges_.add_component(posting_id, component); !done)
    return done;
  auto more = regroup(component, nullptr, posting_id);
  return more ? expected<void>{} : more.error();
}

expected<job_groups::ids>
job_groups::members_of(const std::string& posting_id) {
  id_set component;
  if (auto done = edges_.add_component(posting_id, component); !done)
    return done.error();
  ids members;
  for (const auto& id : component) {
    auto group = records_.group_of(id);
    if (!group)
      return group.error();
    if (*group == posting_id)
      members.push_back(id);
  }
  return members;
}

/// Connects each two records that are one job for sure.
void job_groups::add_sure_edges(const std::vector<shared_evidence>& records,
                                std::vector<dedupe::merge_edge>& to) const {
  auto key = [&](std::size_t i) {
    return dedupe::sure_key(*records[i], options_.rule);
  };
  for (std::uint32_t a = 0; a < records.size(); ++a)
    for (auto b = a + 1; b < records.size(); ++b)
      if (key(a) != 0 && key(a) == key(b)) {
        auto made = dedupe::decide(*records[a], *records[b], options_,
                                   [] { return dedupe::overlap{}; });
        to.push_back({a, b, made.strength});
      }
}

/// The groups of components; members in the order in which they were seen.
expected<std::vector<job_groups::ids>>
job_groups::groups_of(const id_set& components) {
  std::vector<shared_evidence> records;
  for (const auto& id : components) {
    auto one = records_.evidence(id);
    if (!one)
      return one.error();
    records.push_back(*std::move(one));
  }
  std::sort(records.begin(), records.end(), [](const auto& a, const auto& b) {
    return dedupe::is_before(*a, *b);
  });
  std::unordered_map<std::string_view, std::uint32_t> numbers;
  for (const auto& one : records)
    numbers.emplace(one->id, static_cast<std::uint32_t>(numbers.size()));
  std::vector<dedupe::merge_edge> edges;
  for (const auto& [id, number] : numbers) {
    auto of_one = edges_.of(std::string{id});
    if (!of_one)
      return of_one.error();
    for (const auto& one : **of_one)
      if (auto to = numbers.find(one.to);
          to != numbers.end() && number < to->second)
        edges.push_back({number, to->second, one.strength});
  }
  auto said = said_.among(components);
  if (!said)
    return said.error();
  // One that a person took out no longer connects the others.
  if (!said->empty())
    add_sure_edges(records, edges);
  auto is_different = [&](std::uint32_t a, std::uint32_t b) {
    const auto& of_a = *records[a];
    const auto& of_b = *records[b];
    return !dedupe::known_difference(of_a, of_b, options_.rule).empty()
           || (!said->empty() && told_apart::has(*said, of_a.id, of_b.id));
  };
  dedupe::sort_edges(edges);
  auto made = dedupe::cluster(records.size(), edges, is_different);
  std::vector<ids> groups;
  for (const auto& group : made.groups) {
    groups.emplace_back();
    for (auto number : group)
      groups.back().push_back(records[number]->id);
  }
  return groups;
}

expected<std::int64_t>
job_groups::regroup(const id_set& components,
                    const store::shared_posting& newcomer,
                    const std::string& rewritten) {
  grouping before;
  std::map<std::string, std::string> group_before;
  for (const auto& id : components) {
    if (newcomer && id == newcomer->id)
      continue;
    auto group = records_.group_of(id);
    if (!group)
      return group.error();
    before[*group].insert(id);
    group_before[id] = *std::move(group);
  }
  auto groups = groups_of(components);
  if (!groups)
    return groups.error();
  id_set heads;
  for (const auto& members : *groups) {
    const auto& head = members.front();
    heads.insert(head);
    auto old = before.find(head);
    if (old != before.end()
        && old->second == id_set(members.begin(), members.end())
        && old->second.count(rewritten) == 0)
      continue;
    if (auto done = write_group(members, newcomer); !done)
      return done.error();
    id_set moved;
    for (const auto& id : members)
      if (auto from = group_before.find(id);
          from != group_before.end() && from->second != head)
        moved.insert(from->second);
    for (const auto& from : moved)
      if (auto done = finders_.move(from, head); !done)
        return done.error();
  }
  for (const auto& [head, members] : before)
    if (heads.count(head) == 0)
      view_.remove_posting(head);
  return static_cast<std::int64_t>(groups->size())
         - static_cast<std::int64_t>(before.size());
}

expected<void> job_groups::write_group(const ids& members,
                                       const store::shared_posting& newcomer) {
  std::vector<store::shared_posting> records;
  records.reserve(members.size());
  for (const auto& id : members) {
    auto is_new = newcomer && id == newcomer->id;
    auto one = is_new ? expected<store::shared_posting>{newcomer}
                      : records_.original(id);
    if (!one)
      return one.error();
    records.push_back(*std::move(one));
  }
  groups_.erase(members.front());
  if (records.size() == 1) {
    records_.put_alone(std::move(records.front()));
    return {};
  }
  std::vector<const job_posting*> group;
  for (auto wants_readable : {true, false})
    if (group.empty())
      for (const auto& one : records)
        if (!wants_readable || !is_unreadable(*one))
          group.push_back(one.get());
  group_facts known;
  known.best = dedupe::best_of(group).id;
  for (const auto& id : members) {
    auto one = records_.evidence(id);
    if (!one)
      return one.error();
    if (auto done = add_sort(**one, known); !done)
      return done;
  }
  groups_.put(members.front(), std::move(known));
  view_.put_posting(store::share(dedupe::canonical_of(group)));
  for (auto& one : records)
    if (auto done = records_.put_in_group(members.front(), std::move(one));
        !done)
      return done;
  return {};
}

} // namespace jobfarm::collect
