#include "actors/collect/index_marks.hpp"

#include "actors/collect/record_id.hpp"

namespace jobfarm::collect {

expected<bool> index_marks::has(const std::string& key,
                                const std::string& id) const {
  const auto hash = hash_of(key);
  if (!holders_.may_have(hash))
    return false;
  auto written = keys_.lookup(key);
  if (!written || *written)
    return written ? expected<bool>{true} : written.error();
  auto holder = holders_.find(hash);
  if (!holder)
    return holder.error();
  return *holder && (*holder)->record == record_of(id);
}

expected<void> index_marks::add(const std::string& key, const std::string& id) {
  auto record = record_of(id);
  if (record && holders_.has_room())
    return holders_.add_mark(*record, hash_of(key));
  keys_.add(key, {});
  return {};
}

} // namespace jobfarm::collect
