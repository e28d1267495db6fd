#include "actors/fetch/page_body.hpp"

#include <algorithm>
#include <mutex>
#include <utility>
#include <vector>

namespace jobfarm::fetch {

namespace {

/// Room of bodies that nobody holds any more. Fresh memory for each page, which
/// the system has to clear first, takes longer than to copy the page there.
class spare_room {
public:
  /// What was given last and has room for `size` bytes, but not for many more;
  /// without any room if there is none.
  std::string take(std::size_t size) {
    std::lock_guard lock(mutex_);
    auto found = std::find_if(
        spare_.rbegin(), spare_.rend(), [&](const std::string& one) {
          return one.capacity() >= size && one.capacity() / 2 <= size;
        });
    if (found == spare_.rend())
      return {};
    auto room = std::move(*found);
    spare_.erase(std::prev(found.base()));
    return room;
  }

  void give(std::string room) {
    constexpr std::size_t most = 8;
    constexpr std::size_t smallest = 16u << 10;
    constexpr std::size_t largest = 256u << 10;
    if (room.capacity() < smallest || room.capacity() > largest)
      return;
    room.clear();
    std::lock_guard lock(mutex_);
    if (spare_.size() == most)
      spare_.erase(spare_.begin());
    spare_.push_back(std::move(room));
  }

private:
  std::mutex mutex_;
  std::vector<std::string> spare_;
};

/// Never destroyed: a body may be the last thing to go.
spare_room& spare() {
  static auto* room = new spare_room;
  return *room;
}

struct held_bytes {
  explicit held_bytes(std::string given) : bytes(std::move(given)) {
    bytes.reserve(bytes.size() + page_body::readable_behind);
  }
  held_bytes(const held_bytes&) = delete;
  held_bytes& operator=(const held_bytes&) = delete;
  ~held_bytes() {
    spare().give(std::move(bytes));
  }
  std::string bytes;
};

} // namespace

page_body::page_body(std::string bytes) {
  auto held = std::make_shared<held_bytes>(std::move(bytes));
  bytes_ = {held, &held->bytes};
}

std::string page_body::room_for(std::size_t size) {
  size += readable_behind;
  auto room = spare().take(size);
  room.reserve(size);
  return room;
}

} // namespace jobfarm::fetch
