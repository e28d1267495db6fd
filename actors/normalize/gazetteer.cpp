#include "actors/normalize/gazetteer.hpp"

#include "actors/text/ascii.hpp"
#include "actors/text/utf8.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jobfarm::normalize {

namespace {

constexpr std::size_t header_bytes = 24;
constexpr std::size_t place_bytes = 20;
constexpr std::size_t name_bytes = 8;
constexpr std::size_t slot_bytes = 4;

bool begins(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

} // namespace

void append_folded_name(std::string& out, std::string_view name) {
  auto is_ascii = std::all_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x80;
  });
  std::string folded;
  if (!is_ascii) {
    folded = text::fold_ascii(name);
    name = folded;
  }
  auto begin = out.size();
  for (std::size_t i = 0; i < name.size(); ++i) {
    auto c = name[i];
    // U+2019, the apostrophe of typesetters.
    if (name.compare(i, 3, "\xE2\x80\x99") == 0) {
      i += 2;
      continue;
    }
    if (c == '.' || c == '\'' || c == '`')
      continue;
    auto is_gap = c == ' ' || c == '-' || c == '_' || c == '\t';
    if (!is_gap)
      out += text::ascii_lower(c);
    else if (out.size() > begin && out.back() != ' ')
      out += ' ';
  }
  while (out.size() > begin && out.back() == ' ')
    out.pop_back();
}

std::string place_key(std::string_view name) {
  std::string key;
  append_folded_name(key, name);
  constexpr std::pair<std::string_view, std::string_view> firsts[] = {
      {"saint ", "st "},
      {"sankt ", "st "},
      {"ft ", "fort "},
      {"mt ", "mount "}};
  for (auto [from, to] : firsts)
    if (begins(key, from)) {
      key.replace(0, from.size(), to);
      break;
    }
  return key;
}

expected<std::shared_ptr<const gazetteer>>
gazetteer::open(const std::string& path) {
  auto file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0)
    return fail(errc::invalid_input,
                "open gazetteer " + path + ": " + std::strerror(errno));
  struct stat info {};
  ::fstat(file, &info);
  auto size = static_cast<std::size_t>(info.st_size);
  auto* data = size == 0
                   ? MAP_FAILED
                   : ::mmap(nullptr, size, PROT_READ, MAP_SHARED, file, 0);
  ::close(file);
  if (data == MAP_FAILED)
    return fail(errc::invalid_input,
                "open gazetteer " + path + ": it is empty or cannot be mapped");
  std::shared_ptr<gazetteer> opened(new gazetteer);
  opened->data_ = static_cast<const char*>(data);
  opened->size_ = size;
  static std::atomic<std::uint64_t> opened_before{0};
  opened->serial_ = ++opened_before;
  if (!opened->is_sound())
    return fail(
        errc::invalid_input,
        "open gazetteer " + path
            + ": it is damaged or of another version; build or import it "
              "again");
  return std::shared_ptr<const gazetteer>(std::move(opened));
}

gazetteer::~gazetteer() {
  ::munmap(const_cast<char*>(data_), size_);
}

/// Checks everything that reading relies on, once: look-ups check nothing.
bool gazetteer::is_sound() const {
  if (size_ < header_bytes
      || std::string_view(data_, gazetteer_magic.size()) != gazetteer_magic)
    return false;
  auto* self = const_cast<gazetteer*>(this);
  self->place_count_ = word(8);
  self->name_count_ = word(12);
  std::size_t text_bytes = word(16);
  self->slot_count_ = word(20);
  self->number_bits_ = slot_number_bits(name_count_);
  self->names_at_ = header_bytes + std::size_t{place_count_} * place_bytes;
  self->slots_at_ = names_at_ + std::size_t{name_count_} * name_bytes;
  self->texts_at_ = slots_at_ + std::size_t{slot_count_} * slot_bytes;
  if (texts_at_ + text_bytes != size_ || text_bytes == 0
      || data_[size_ - 1] != '\0' || !has_sound_slots())
    return false;
  // The greatest of all are compared: loops without exits are quicker.
  std::uint32_t last_text = 0;
  std::uint32_t last_place = 0;
  for (std::size_t i = 0, at = header_bytes; i < place_count_;
       ++i, at += place_bytes)
    last_text = std::max({last_text, word(at), word(at + 4), word(at + 8)});
  for (std::size_t i = 0, at = names_at_; i < name_count_;
       ++i, at += name_bytes) {
    last_text = std::max(last_text, word(at));
    last_place = std::max(last_place, word(at + 4));
  }
  return last_text < text_bytes
         && (name_count_ == 0 || last_place < place_count_);
}

/// Slots name names, and one at least is empty, so that a search ends.
bool gazetteer::has_sound_slots() const {
  if (slot_count_ == 0 || (slot_count_ & (slot_count_ - 1)) != 0)
    return false;
  std::uint32_t most = 0;
  std::size_t empty = 0;
  std::size_t without_name = 0;
  for (std::size_t i = 0; i < slot_count_; ++i) {
    auto slot = word(slots_at_ + i * slot_bytes);
    most = std::max(most, slot & number_bits_);
    empty += slot == 0;
    without_name += (slot & number_bits_) == 0;
  }
  return most <= name_count_ && empty > 0 && empty == without_name;
}

std::uint32_t gazetteer::word(std::size_t offset) const {
  std::uint32_t value = 0;
  std::memcpy(&value, data_ + offset, sizeof value);
  return value;
}

std::string_view gazetteer::text(std::uint32_t offset) const {
  return data_ + texts_at_ + offset;
}

std::string_view gazetteer::name(std::uint32_t index) const {
  return text(word(names_at_ + std::size_t{index} * name_bytes));
}

/// `name(index) == key`, without its length.
bool gazetteer::is_named(std::uint32_t index, std::string_view key) const {
  const auto* at =
      data_ + texts_at_ + word(names_at_ + std::size_t{index} * name_bytes);
  for (char c : key)
    if (c == '\0' || *at++ != c)
      return false;
  return *at == '\0';
}

gazetteer_place gazetteer::place(std::uint32_t index) const {
  auto at = header_bytes + std::size_t{index} * place_bytes;
  gazetteer_place found;
  found.name = text(word(at));
  found.admin1 = text(word(at + 4));
  found.admin1_code = text(word(at + 8));
  found.population = word(at + 12);
  found.country = {data_ + at + 16, 2};
  found.kind = static_cast<place_kind>(data_[at + 18]);
  return found;
}

gazetteer_place gazetteer::range::operator[](std::uint32_t i) const {
  return from_->place(
      from_->word(from_->names_at_ + std::size_t{begin_ + i} * name_bytes + 4));
}

gazetteer::range gazetteer::find(std::string_view key) const {
  auto hash = name_hash(key);
  for (auto at = hash;; ++at) {
    auto slot =
        word(slots_at_ + std::size_t{at & (slot_count_ - 1)} * slot_bytes);
    if (slot == 0)
      return {*this, 0, 0};
    auto begin = (slot & number_bits_) - 1;
    if (((slot ^ hash) & ~number_bits_) != 0 || !is_named(begin, key))
      continue;
    // Equal texts are stored once: the offset tells them apart.
    auto offset = [&](std::uint32_t i) {
      return word(names_at_ + std::size_t{i} * name_bytes);
    };
    auto end = begin + 1;
    while (end < name_count_ && offset(end) == offset(begin))
      ++end;
    return {*this, begin, end};
  }
}

bool gazetteer::has_first_word(std::string_view word) const {
  std::uint32_t begin = 0;
  for (auto end = name_count_; begin < end;) {
    auto middle = begin + (end - begin) / 2;
    name(middle) < word ? void(begin = middle + 1) : void(end = middle);
  }
  if (begin == name_count_ || !begins(name(begin), word))
    return false;
  auto rest = name(begin).substr(word.size());
  return rest.empty() || rest[0] < '0';
}

} // namespace jobfarm::normalize
