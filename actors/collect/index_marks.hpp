#pragma once

#include "actors/collect/first_holders.hpp"
#include "actors/collect/index_keys.hpp"

#include <string>

namespace jobfarm::collect {

/// What is said once of a record and never taken back, by an index key of its
/// own: with `first_holders` as long as there is room, else as an entry without
/// a value. One that was written otherwise counts, too. All errors are
/// store_failed.
class index_marks {
public:
  index_marks(index_keys& keys, first_holders& holders)
      : keys_(keys), holders_(holders) {
  }

  /// False if it was never said, as far as memory tells.
  bool may_have(const std::string& key) const noexcept {
    return holders_.may_have(hash_of(key));
  }

  /// `id` is the record that `key` says something of.
  expected<bool> has(const std::string& key, const std::string& id) const;
  expected<void> add(const std::string& key, const std::string& id);

private:
  index_keys& keys_;
  first_holders& holders_;
};

} // namespace jobfarm::collect
