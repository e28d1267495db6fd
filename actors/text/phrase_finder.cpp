#include "actors/text/phrase_finder.hpp"

#include <utility>

namespace jobfarm::text {

phrase_finder::phrase_finder(std::vector<std::string_view> phrases)
    : phrases_(std::move(phrases)), next_(phrases_.size() + 1) {
  for (auto i = phrases_.size(); i > 0; --i) {
    auto& head = heads_[slot_of(phrases_[i - 1].data())];
    next_[i] = std::exchange(head, static_cast<std::uint16_t>(i));
  }
}

} // namespace jobfarm::text
