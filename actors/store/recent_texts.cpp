#include "actors/store/recent_texts.hpp"

#include <cstring>

namespace jobfarm::store {

recent_texts::slot& recent_texts::slot_of(const text_hash& hash) {
  if (slots_.empty())
    slots_.resize(most);
  std::size_t half = 0;
  std::memcpy(&half, hash.data(), sizeof half);
  return slots_[half % most];
}

/// Whoever writes texts can make two of one hash: the bytes decide.
bool recent_texts::holds(const slot& one, std::string_view text) const {
  if (one.place.size != text.size())
    return false;
  return file_.is_unwritten(one.place)
             ? text == std::string_view{one.text, one.place.size}
             : is_text_at(file_, one.place, text);
}

text_place recent_texts::find(std::string_view text, const text_hash& hash) {
  const auto& at = slot_of(hash);
  return at.hash == hash && holds(at, text) ? at.place : text_place{};
}

text_place recent_texts::add(std::string_view text, const text_hash& hash) {
  const auto place = file_.add(text, hash);
  note(text, hash, place);
  return place;
}

bool is_text_at(const text_file& file, const text_place& place,
                std::string_view text) {
  std::string there;
  std::string nothing;
  return file.read(place, there, {}, nothing) && there == text;
}

} // namespace jobfarm::store
