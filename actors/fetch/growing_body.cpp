#include "actors/fetch/growing_body.hpp"

#include <algorithm>
#include <utility>

namespace jobfarm::fetch {

void body_budget::make_room(std::size_t size) {
  while (bytes_ > 0 && bytes_ + size > most_bytes_)
    (*std::max_element(
         bodies_.begin(), bodies_.end(),
         [](const auto* a, const auto* b) { return a->size() < b->size(); }))
        ->give_up();
}

growing_body::growing_body(body_budget& budget) : budget_(budget) {
  budget_.bodies_.push_back(this);
}

growing_body::~growing_body() {
  budget_.bytes_ -= bytes_.size();
  auto& all = budget_.bodies_;
  *std::find(all.begin(), all.end(), this) = all.back();
  all.pop_back();
}

bool growing_body::append(std::string_view bytes) {
  if (is_given_up_)
    return false;
  budget_.make_room(bytes.size());
  if (is_given_up_)
    return false;
  bytes_.append(bytes);
  budget_.bytes_ += bytes.size();
  return true;
}

std::string growing_body::take() {
  budget_.bytes_ -= bytes_.size();
  return std::exchange(bytes_, {});
}

void growing_body::restart(std::string room) {
  budget_.bytes_ -= bytes_.size();
  if (room.capacity() > bytes_.capacity())
    bytes_ = std::move(room);
  bytes_.clear();
  is_given_up_ = false;
}

void growing_body::give_up() {
  take();
  is_given_up_ = true;
}

} // namespace jobfarm::fetch
