#include "actors/normalize/gazetteer_writer.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace jobfarm::normalize {

namespace {

void append_word(std::string& out, std::uint32_t value) {
  char bytes[4];
  std::memcpy(bytes, &value, sizeof bytes);
  out.append(bytes, sizeof bytes);
}

} // namespace

std::uint32_t gazetteer_writer::text(const std::string& text) {
  auto [found, is_new] =
      offsets_.emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (is_new) {
    texts_ += text;
    texts_ += '\0';
  }
  return found->second;
}

gazetteer_writer::place_id
gazetteer_writer::add(place_kind kind, const std::string& name,
                      const std::string& admin1, const std::string& admin1_code,
                      const std::string& country, std::uint32_t population) {
  places_.push_back(
      {kind, text(name), text(admin1), text(admin1_code), country, population});
  auto id = static_cast<place_id>(places_.size() - 1);
  this->name(id, name);
  return id;
}

void gazetteer_writer::name(place_id place, const std::string& name) {
  auto key = place_key(name);
  if (key.size() > 1)
    names_.emplace(std::move(key), place);
}

void gazetteer_writer::grow(place_id place, std::uint32_t people) {
  places_[place].population += people;
}

void gazetteer_writer::code(place_id place, const std::string& code) {
  names_.emplace(code, place);
}

expected<void> gazetteer_writer::write(const std::string& path) const {
  std::string texts = texts_;
  std::map<std::string, std::uint32_t> offsets;
  std::string names;
  std::uint32_t slot_count = 2;
  while (slot_count < names_.size() + names_.size() / 2)
    slot_count *= 2;
  std::vector<std::uint32_t> slots(slot_count);
  auto number_bits =
      slot_number_bits(static_cast<std::uint32_t>(names_.size()));
  std::uint32_t index = 0;
  for (const auto& [key, place] : names_) {
    auto [found, is_new] =
        offsets.emplace(key, static_cast<std::uint32_t>(texts.size()));
    ++index;
    if (is_new) {
      texts += key + '\0';
      auto hash = name_hash(key);
      auto at = hash;
      while (slots[at & (slot_count - 1)] != 0)
        ++at;
      slots[at & (slot_count - 1)] = (hash & ~number_bits) | index;
    }
    append_word(names, found->second);
    append_word(names, place);
  }
  std::string out{gazetteer_magic};
  append_word(out, static_cast<std::uint32_t>(places_.size()));
  append_word(out, static_cast<std::uint32_t>(names_.size()));
  append_word(out, static_cast<std::uint32_t>(texts.size()));
  append_word(out, slot_count);
  for (const auto& one : places_) {
    append_word(out, one.name);
    append_word(out, one.admin1);
    append_word(out, one.admin1_code);
    append_word(out, one.population);
    out += one.country;
    out += static_cast<char>(one.kind);
    out += '\0';
  }
  out += names;
  for (auto slot : slots)
    append_word(out, slot);
  out += texts;
  auto part = path + ".part";
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      std::fopen(part.c_str(), "wb"), &std::fclose);
  if (!file || std::fwrite(out.data(), 1, out.size(), file.get()) != out.size()
      || std::fflush(file.get()) != 0
      || std::rename(part.c_str(), path.c_str()) != 0)
    return fail(errc::store_failed,
                "write gazetteer " + path + ": " + std::strerror(errno));
  return {};
}

} // namespace jobfarm::normalize
