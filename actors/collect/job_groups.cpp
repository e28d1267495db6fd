#include "actors/collect/job_groups.hpp"

#include "actors/dedupe/merge.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <unordered_map>

namespace jobfarm::collect {

namespace {

using id_pair = std::pair<std::string, std::string>;

std::string edges_of(const std::string& id) {
  return "dup/e/" + id + '/';
}
std::string found_key(const std::string& query_id,
                      const std::string& posting_id) {
  return "dup/f/" + posting_id + '/' + query_id;
}
std::string differences_of(const std::string& id) {
  return "dup/x/" + id + '/';
}

/// Exactly, whatever the number.
std::string strength_text(double strength) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%a", strength);
  return digits;
}

std::string last_part(std::string_view key) {
  return std::string{key.substr(key.rfind('/') + 1)};
}

id_pair in_order(std::string a, std::string b) {
  if (b < a)
    std::swap(a, b);
  return {std::move(a), std::move(b)};
}

} // namespace

job_groups::job_groups(dedupe::decision_options options,
                       store::pending_view& view, record_table& records)
    : options_(options), view_(view), records_(records) {
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
  auto made = dedupe::is_before(b, a)
                  ? dedupe::decide(b, a, options_, overlap)
                  : dedupe::decide(a, b, options_, overlap);
  if (failed)
    return *failed;
  return made;
}

expected<bool> job_groups::connect(const dedupe::evidence& one,
                                   const ids& others) {
  auto connected = false;
  for (const auto& id : others) {
    auto other = records_.evidence(id);
    if (!other)
      return other.error();
    auto made = decide(one, **other);
    if (!made)
      return made.error();
    if (!made->merge)
      continue;
    connected = true;
    view_.put_index(edges_of(one.id) + id, strength_text(made->strength));
    view_.put_index(edges_of(id) + one.id, strength_text(made->strength));
  }
  return connected;
}

expected<void> job_groups::add_component(const std::string& id,
                                         id_set& to) const {
  if (!to.insert(id).second)
    return {};
  ids open{id};
  while (!open.empty()) {
    auto at = std::move(open.back());
    open.pop_back();
    auto scanned = view_.scan_index(edges_of(at), [&](const auto& edge) {
      auto next = last_part(edge.key);
      if (to.insert(next).second)
        open.push_back(std::move(next));
      return true;
    });
    if (!scanned)
      return scanned;
  }
  return {};
}

expected<std::vector<id_pair>>
job_groups::edges_among(const ids& among) const {
  const id_set all(among.begin(), among.end());
  std::vector<id_pair> edges;
  for (const auto& id : all) {
    auto scanned = view_.scan_index(edges_of(id), [&](const auto& edge) {
      auto to = last_part(edge.key);
      if (id < to && all.count(to) != 0)
        edges.emplace_back(id, std::move(to));
      return true;
    });
    if (!scanned)
      return scanned.error();
  }
  return edges;
}

void job_groups::remove_edge(const std::string& a, const std::string& b) {
  view_.remove_index(edges_of(a) + b);
  view_.remove_index(edges_of(b) + a);
}

void job_groups::say_different(const std::string& a, const std::string& b,
                               bool are_different) {
  for (auto key : {differences_of(a) + b, differences_of(b) + a})
    if (are_different)
      view_.put_index(std::move(key), {});
    else
      view_.remove_index(std::move(key));
}

expected<job_groups::ids>
job_groups::said_different_from(const std::string& id) const {
  ids others;
  auto scanned = view_.scan_index(differences_of(id), [&](const auto& one) {
    others.push_back(last_part(one.key));
    return true;
  });
  if (!scanned)
    return scanned.error();
  return others;
}

expected<std::set<id_pair>>
job_groups::said_different(const id_set& among) const {
  std::set<id_pair> pairs;
  for (const auto& id : among) {
    auto others = said_different_from(id);
    if (!others)
      return others.error();
    for (auto& other : *others)
      pairs.insert(in_order(id, std::move(other)));
  }
  return pairs;
}

expected<job_groups::ids>
job_groups::members_of(const std::string& posting_id) const {
  id_set component;
  if (auto done = add_component(posting_id, component); !done)
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
    auto scanned = view_.scan_index(
        edges_of(std::string{id}), [&, from = number](const auto& edge) {
          auto to = numbers.find(last_part(edge.key));
          if (to != numbers.end() && from < to->second)
            edges.push_back(
                {from, to->second, std::strtod(edge.value.c_str(), nullptr)});
          return true;
        });
    if (!scanned)
      return scanned.error();
  }
  auto said = said_different(components);
  if (!said)
    return said.error();
  auto is_different = [&](std::uint32_t a, std::uint32_t b) {
    const auto& of_a = *records[a];
    const auto& of_b = *records[b];
    return !dedupe::known_difference(of_a, of_b, options_.rule).empty()
           || (!said->empty()
               && said->count(in_order(of_a.id, of_b.id)) != 0);
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

expected<std::int64_t> job_groups::regroup(const id_set& components,
                                           const job_posting* newcomer) {
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
        && old->second == id_set(members.begin(), members.end()))
      continue;
    if (auto done = write_group(members, newcomer); !done)
      return done.error();
    id_set moved;
    for (const auto& id : members)
      if (auto from = group_before.find(id);
          from != group_before.end() && from->second != head)
        moved.insert(from->second);
    for (const auto& from : moved)
      if (auto done = move_found(from, head); !done)
        return done.error();
  }
  for (const auto& [head, members] : before)
    if (heads.count(head) == 0)
      view_.remove_posting(head);
  return static_cast<std::int64_t>(groups->size())
         - static_cast<std::int64_t>(before.size());
}

expected<void> job_groups::write_group(const ids& members,
                                       const job_posting* newcomer) {
  std::vector<job_posting> records;
  for (const auto& id : members) {
    auto is_new = newcomer && id == newcomer->id;
    auto one = is_new ? expected<job_posting>{*newcomer}
                      : records_.original(id);
    if (!one)
      return one.error();
    records.push_back(*std::move(one));
  }
  if (records.size() == 1) {
    records_.put_alone(std::move(records.front()));
    return {};
  }
  for (const auto& one : records)
    records_.put_in_group(members.front(), one);
  view_.put_posting(dedupe::canonical_of(records));
  return {};
}

void job_groups::found(const std::string& query_id,
                       const std::string& posting_id) {
  view_.open().found.push_back({query_id, posting_id});
  view_.put_index(found_key(query_id, posting_id), {});
}

expected<bool> job_groups::has_found(const std::string& query_id,
                                     const std::string& posting_id) const {
  auto noted = view_.lookup(found_key(query_id, posting_id));
  if (!noted)
    return noted.error();
  return noted->has_value();
}

expected<void> job_groups::move_found(const std::string& from,
                                      const std::string& to) {
  ids queries;
  auto scanned = view_.scan_index("dup/f/" + from + '/', [&](const auto& one) {
    queries.push_back(last_part(one.key));
    return true;
  });
  if (!scanned)
    return scanned;
  for (const auto& query : queries)
    found(query, to);
  return {};
}

} // namespace jobfarm::collect
