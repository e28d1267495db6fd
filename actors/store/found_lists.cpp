#include "actors/store/found_lists.hpp"

#include "actors/store/keys.hpp"

#include <algorithm>
#include <map>

namespace jobfarm::store {

namespace {

/// Ids hold none.
constexpr char separator = '/';

/// Calls `take` for each id of a list.
template <class Take>
void each_id(std::string_view list, Take take) {
  while (!list.empty()) {
    const auto end = std::min(list.find(separator), list.size());
    take(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

/// Collects ids above one; of very many the lowest.
class lowest_ids {
public:
  explicit lowest_ids(std::string_view after) : after_(after) {
  }

  void add(std::string_view id) {
    if (id <= after_ || (is_full_ && id >= ids_[most_found_at_once - 1]))
      return;
    ids_.emplace_back(id);
    if (ids_.size() == 2 * most_found_at_once)
      sort();
  }

  std::vector<std::string> take() && {
    sort();
    return std::move(ids_);
  }

private:
  void sort() {
    std::sort(ids_.begin(), ids_.end());
    ids_.erase(std::unique(ids_.begin(), ids_.end()), ids_.end());
    is_full_ = ids_.size() >= most_found_at_once;
    if (is_full_)
      ids_.resize(most_found_at_once);
  }

  std::string_view after_;
  std::vector<std::string> ids_;
  bool is_full_ = false;
};

} // namespace

void put_found(leveldb_changes& to, const std::vector<found_entry>& found,
               std::uint64_t& number) {
  std::map<std::string_view, std::string> lists;
  for (const auto& one : found) {
    auto& list = lists[one.query_id];
    list += one.posting_id;
    list += separator;
  }
  for (const auto& [query_id, list] : lists)
    to.put(numbered_key(found_rows, query_id, number++), list);
}

expected<std::vector<std::string>> found_after(const leveldb_database& in,
                                               std::string_view query_id,
                                               std::string_view after) {
  lowest_ids lowest(after);
  auto scanned =
      in.scan(key(found_rows, {query_id, ""}),
              [&](std::string_view, std::string_view list) -> expected<bool> {
                each_id(list, [&](std::string_view id) { lowest.add(id); });
                return true;
              });
  if (!scanned)
    return scanned.error();
  return std::move(lowest).take();
}

} // namespace jobfarm::store
