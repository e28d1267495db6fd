#pragma once

#include "actors/collect/recent_map.hpp"
#include "actors/store/pending_view.hpp"

#include <set>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// The edges between the records of the store that are one job. Index key (ID
/// is the id of a record):
///
///     dup/e/ID/ID        strength of the edge between two records; both ways
///
/// All errors are store_failed.
class edge_table {
public:
  using ids = std::vector<std::string>;
  using id_set = std::set<std::string>;

  struct edge {
    std::string to;
    double strength = 0;
  };
  using edge_list = std::vector<edge>;

  explicit edge_table(store::pending_view& view);

  /// A new record, which has no edges.
  void begin(const std::string& id);

  /// Two records that no edge connects yet.
  void add(const std::string& a, const std::string& b, double strength);
  void remove(const std::string& a, const std::string& b);

  /// The edges of a record. Valid until the next call.
  expected<const edge_list*> of(const std::string& id);

  /// Records that an edge connects with one.
  expected<ids> neighbours_of(const std::string& id);

  /// The edges between records of `all`, each once.
  expected<std::vector<std::pair<std::string, std::string>>>
  among(const ids& all);

  /// Adds everything that edges connect with a record, itself included.
  expected<void> add_component(const std::string& id, id_set& to);

private:
  void add_one(const std::string& from, edge to, const std::string& strength);

  store::pending_view& view_;
  /// What the index has, of the records that were asked for last.
  recent_map<edge_list> recent_;
};

} // namespace jobfarm::collect
