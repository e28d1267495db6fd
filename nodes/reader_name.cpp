#include "nodes/reader_name.hpp"

#include "actors/text/hash.hpp"

#include <cstring>
#include <string_view>

#include <elf.h>
#include <link.h>

namespace jobfarm::nodes {

namespace {

constexpr std::size_t padded(std::size_t size) {
  return (size + 3) / 4 * 4;
}

/// The build id among the notes of a segment, or nothing (elf(5)).
std::string_view build_id_in(std::string_view notes) {
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) head;
    std::memcpy(&head, notes.data(), sizeof head);
    auto begin = sizeof head + padded(head.n_namesz);
    auto end = begin + padded(head.n_descsz);
    if (end > notes.size())
      break;
    if (head.n_type == NT_GNU_BUILD_ID)
      return notes.substr(begin, head.n_descsz);
    notes.remove_prefix(end);
  }
  return {};
}

/// Of the first object, which is the program.
int read_first(dl_phdr_info* object, std::size_t, void* into) {
  auto& found = *static_cast<std::string_view*>(into);
  for (int i = 0; i < object->dlpi_phnum && found.empty(); ++i) {
    const auto& part = object->dlpi_phdr[i];
    if (part.p_type == PT_NOTE)
      found = build_id_in(
          {reinterpret_cast<const char*>(object->dlpi_addr + part.p_vaddr),
           part.p_memsz});
  }
  return 1;
}

} // namespace

std::string reader_name(const normalize::gazetteer& places) {
  std::string_view found;
  ::dl_iterate_phdr(read_first, &found);
  if (found.empty())
    return {};
  return text::hash_hex(std::string{found}
                        + std::to_string(places.place_count()) + '/'
                        + std::to_string(places.name_count()));
}

} // namespace jobfarm::nodes
