#pragma once

#include "actors/store/pending_view.hpp"

#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace jobfarm::collect {

/// Records of which a person said that they are different jobs, whatever they
/// look like. Index key (ID is the id of a record):
///
///     dup/x/ID/ID        two records are different jobs; both ways
///
/// All errors are store_failed.
class told_apart {
public:
  using pairs = std::set<std::pair<std::string, std::string>>;

  explicit told_apart(store::pending_view& view) : view_(view) {
  }

  /// Notes that two records are different jobs, or takes that back.
  void say(const std::string& a, const std::string& b, bool are_different);

  expected<std::vector<std::string>> from(const std::string& id) const;

  /// False in most stores: then one look at the index does for all records.
  expected<bool> are_any();

  /// The pairs that one of `among` is in, the lesser id first.
  expected<pairs> among(const std::set<std::string>& ids);

  /// True if `a` and `b`, in whatever order, are one of `those`.
  static bool has(const pairs& those, const std::string& a,
                  const std::string& b);

private:
  store::pending_view& view_;
  /// Whether anything was said; nothing while that is not known.
  std::optional<bool> are_any_;
};

} // namespace jobfarm::collect
