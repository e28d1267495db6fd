#include "actors/collect/edge_table.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <tuple>

namespace jobfarm::collect {

namespace {

/// Records whose edges are kept in memory: most have none or a few.
constexpr std::size_t most_edge_lists = 1024;

std::string edge_prefix(const std::string& id) {
  return "dup/e/" + id + '/';
}

/// Exactly, whatever the number.
std::string strength_text(double strength) {
  char digits[32];
  std::snprintf(digits, sizeof digits, "%a", strength);
  return digits;
}

} // namespace

edge_table::edge_table(store::pending_view& view)
    : view_(view), recent_(most_edge_lists) {
}

void edge_table::begin(const std::string& id) {
  recent_.put(id, {});
}

expected<const edge_table::edge_list*>
edge_table::of(const std::string& id) {
  if (const auto* known = recent_.find(id))
    return known;
  edge_list edges;
  const auto prefix = edge_prefix(id);
  auto scanned = view_.scan_index(prefix, [&](const auto& one) {
    edges.push_back({one.key.substr(prefix.size()),
                     std::strtod(one.value.c_str(), nullptr)});
    return true;
  });
  if (!scanned)
    return scanned.error();
  return &recent_.put(id, std::move(edges));
}

void edge_table::add_one(const std::string& from, edge to,
                         const std::string& strength) {
  view_.put_index(edge_prefix(from) + to.to, strength);
  if (auto* known = recent_.find(from))
    known->push_back(std::move(to));
}

void edge_table::add(const std::string& a, const std::string& b,
                     double strength) {
  const auto text = strength_text(strength);
  add_one(a, {b, strength}, text);
  add_one(b, {a, strength}, text);
}

expected<void> edge_table::add_component(const std::string& id, id_set& to) {
  if (!to.insert(id).second)
    return {};
  ids open{id};
  while (!open.empty()) {
    auto at = std::move(open.back());
    open.pop_back();
    auto edges = of(at);
    if (!edges)
      return edges.error();
    for (const auto& one : **edges)
      if (to.insert(one.to).second)
        open.push_back(one.to);
  }
  return {};
}

expected<std::vector<std::pair<std::string, std::string>>>
edge_table::among(const ids& all) {
  const id_set wanted(all.begin(), all.end());
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& id : wanted) {
    auto edges = of(id);
    if (!edges)
      return edges.error();
    for (const auto& one : **edges)
      if (id < one.to && wanted.count(one.to) != 0)
        pairs.emplace_back(id, one.to);
  }
  return pairs;
}

expected<edge_table::ids>
edge_table::neighbours_of(const std::string& id) {
  auto edges = of(id);
  if (!edges)
    return edges.error();
  ids others;
  for (const auto& one : **edges)
    others.push_back(one.to);
  std::sort(others.begin(), others.end());
  return others;
}

void edge_table::remove(const std::string& a, const std::string& b) {
  for (const auto& [from, to] : {std::tie(a, b), std::tie(b, a)}) {
    view_.remove_index(edge_prefix(from) + to);
    auto* known = recent_.find(from);
    if (!known)
      continue;
    known->erase(std::remove_if(known->begin(), known->end(),
                                [&, gone = to](const edge& one) {
                                  return one.to == gone;
                                }),
                 known->end());
  }
}

} // namespace jobfarm::collect
