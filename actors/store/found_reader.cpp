#include "actors/store/found_reader.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace jobfarm::store {

found_reader::found_reader(const store& from, std::string query_id,
                           std::string after)
    : from_(from), query_id_(std::move(query_id)), after_(std::move(after)) {
}

expected<std::vector<std::string>> found_reader::next(std::size_t most) {
  if (at_ == ids_.size() && !has_all_)
    if (auto found = find_more(); !found)
      return found.error();
  const auto size = std::min(most, ids_.size() - at_);
  const auto first = ids_.begin() + static_cast<std::ptrdiff_t>(at_);
  at_ += size;
  return std::vector<std::string>(
      std::make_move_iterator(first),
      std::make_move_iterator(first + static_cast<std::ptrdiff_t>(size)));
}

expected<void> found_reader::find_more() {
  auto found = from_.found_after(query_id_, after_);
  if (!found)
    return found.error();
  ids_ = *std::move(found);
  at_ = 0;
  has_all_ = ids_.size() < most_found_at_once;
  if (!ids_.empty())
    after_ = ids_.back();
  return {};
}

} // namespace jobfarm::store
