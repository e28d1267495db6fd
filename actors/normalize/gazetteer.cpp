#include "actors/normalize/gazetteer.hpp"

#include "actors/text/utf8.hpp"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace jobfarm::normalize {

namespace {

constexpr std::string_view magic{"JFGAZ\1\0\0", 8};
constexpr std::size_t header_bytes = 20;
constexpr std::size_t place_bytes = 20;
constexpr std::size_t name_bytes = 8;

bool starts(std::string_view text, std::string_view head) {
  return text.substr(0, head.size()) == head;
}

} // namespace

std::string place_key(std::string_view name) {
  auto folded = text::fold_ascii(name);
  std::string key;
  key.reserve(folded.size());
  for (std::size_t i = 0; i < folded.size(); ++i) {
    auto c = folded[i];
    // U+2019, the apostrophe of typesetters.
    if (folded.compare(i, 3, "\xE2\x80\x99") == 0) {
      i += 2;
      continue;
    }
    if (c == '.' || c == '\'' || c == '`')
      continue;
    auto is_gap = c == ' ' || c == '-' || c == '_' || c == '\t';
    if (!is_gap)
      key += c;
    else if (!key.empty() && key.back() != ' ')
      key += ' ';
  }
  while (!key.empty() && key.back() == ' ')
    key.pop_back();
  if (starts(key, "saint "))
    key.replace(0, 6, "st ");
  else if (starts(key, "sankt "))
    key.replace(0, 6, "st ");
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
  if (size_ < header_bytes || std::string_view(data_, magic.size()) != magic)
    return false;
  auto* self = const_cast<gazetteer*>(this);
  self->place_count_ = word(8);
  self->name_count_ = word(12);
  std::size_t text_bytes = word(16);
  self->names_at_ = header_bytes + std::size_t{place_count_} * place_bytes;
  self->texts_at_ = names_at_ + std::size_t{name_count_} * name_bytes;
  if (texts_at_ + text_bytes != size_ || text_bytes == 0
      || data_[size_ - 1] != '\0')
    return false;
  for (std::uint32_t i = 0; i < place_count_; ++i)
    for (std::size_t field = 0; field < 3; ++field)
      if (word(header_bytes + i * place_bytes + field * 4) >= text_bytes)
        return false;
  for (std::uint32_t i = 0; i < name_count_; ++i)
    if (word(names_at_ + i * name_bytes) >= text_bytes
        || word(names_at_ + i * name_bytes + 4) >= place_count_)
      return false;
  return true;
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
  auto bound = [&](auto is_before) {
    std::uint32_t low = 0;
    std::uint32_t high = name_count_;
    while (low < high) {
      auto middle = low + (high - low) / 2;
      if (is_before(name(middle)))
        low = middle + 1;
      else
        high = middle;
    }
    return low;
  };
  return {*this, bound([&](std::string_view other) { return other < key; }),
          bound([&](std::string_view other) { return other <= key; })};
}

} // namespace jobfarm::normalize
