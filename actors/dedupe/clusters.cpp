#include "actors/dedupe/clusters.hpp"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace jobfarm::dedupe {

namespace {

/// Disjoint sets that know their members.
class group_table {
public:
  explicit group_table(std::size_t records) : root_(records) {
    std::iota(root_.begin(), root_.end(), 0u);
    members_.resize(records);
  }

  std::uint32_t root_of(std::uint32_t record) {
    while (root_[record] != record) {
      root_[record] = root_[root_[record]];
      record = root_[record];
    }
    return record;
  }

  /// Groups of one have no list of members.
  template <class Visit>
  bool any_member(std::uint32_t root, Visit visit) const {
    const auto& all = members_[root];
    return all.empty() ? visit(root)
                       : std::any_of(all.begin(), all.end(), visit);
  }

  void unite(std::uint32_t a, std::uint32_t b) {
    auto& to = members_[a];
    auto& from = members_[b];
    if (to.empty())
      to.push_back(a);
    if (from.empty())
      from.push_back(b);
    if (to.size() < from.size())
      return unite(b, a);
    to.insert(to.end(), from.begin(), from.end());
    std::vector<std::uint32_t>().swap(from);
    root_[b] = a;
  }

  std::vector<std::vector<std::uint32_t>> take() {
    std::vector<std::vector<std::uint32_t>> groups;
    for (std::uint32_t record = 0; record < root_.size(); ++record) {
      if (root_[record] != record)
        continue;
      auto& all = members_[record];
      std::sort(all.begin(), all.end());
      groups.push_back(all.empty() ? std::vector<std::uint32_t>{record}
                                   : std::move(all));
    }
    std::sort(groups.begin(), groups.end(), [](const auto& x, const auto& y) {
      return x.front() < y.front();
    });
    return groups;
  }

private:
  std::vector<std::uint32_t> root_;
  std::vector<std::vector<std::uint32_t>> members_;
};

} // namespace

void sort_edges(std::vector<merge_edge>& edges) {
  std::sort(edges.begin(), edges.end(), [](const auto& x, const auto& y) {
    return std::tie(y.strength, x.a, x.b) < std::tie(x.strength, y.a, y.b);
  });
}

clustering cluster(std::size_t records, const std::vector<merge_edge>& edges,
                   const difference& is_different) {
  group_table table(records);
  clustering made;
  for (const auto& edge : edges) {
    auto a = table.root_of(edge.a);
    auto b = table.root_of(edge.b);
    if (a == b)
      continue;
    auto clash = table.any_member(a, [&](std::uint32_t of_a) {
      return table.any_member(
          b, [&](std::uint32_t of_b) { return is_different(of_a, of_b); });
    });
    if (clash)
      made.refused.push_back(edge);
    else
      table.unite(a, b);
  }
  made.groups = table.take();
  return made;
}

} // namespace jobfarm::dedupe
