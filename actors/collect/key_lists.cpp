#include "actors/collect/key_lists.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

/// Records that are written together: one more rewrites its chunk.
constexpr std::size_t records_in_chunk = 64;
constexpr auto entry_bytes = key_list::entry_bytes;
constexpr auto chunk_bytes = records_in_chunk * entry_bytes;

constexpr std::string_view closed_mark = "-";

std::string list_chunk_key(std::uint64_t key, std::size_t chunk) {
  auto at = numbered("dup/k/", key);
  return chunk == 0 ? at : at + '/' + std::to_string(chunk);
}

} // namespace

key_lists::key_lists(index_keys& keys) : keys_(keys) {
}

expected<key_list> key_lists::read(std::uint64_t key) const {
  key_list list;
  for (std::size_t chunk = 0; list.entries.size() == chunk * chunk_bytes;
       ++chunk) {
    auto more = keys_.lookup(list_chunk_key(key, chunk));
    if (!more)
      return more.error();
    if (!*more)
      break;
    if (**more == closed_mark) {
      list.is_closed = true;
      break;
    }
    list.entries += **more;
  }
  return list;
}

void key_lists::append(std::uint64_t key, const key_list& list,
                       std::string_view record, const dedupe::facts& known) {
  auto chunk = list.entries.size() / chunk_bytes;
  auto at = list_chunk_key(key, chunk);
  auto entries = list.entries.substr(chunk * chunk_bytes).append(record);
  entries.append(reinterpret_cast<const char*>(&known), sizeof known);
  if (entries.size() == entry_bytes)
    keys_.add(std::move(at), std::move(entries));
  else
    keys_.put(std::move(at), std::move(entries));
}

expected<void> key_lists::remove(std::uint64_t key, std::string_view record) {
  auto list = read(key);
  if (!list)
    return list.error();
  auto& entries = list->entries;
  std::size_t at = 0;
  while (at < entries.size() && entries.compare(at, record_bytes, record) != 0)
    at += entry_bytes;
  if (list->is_closed || at == entries.size())
    return {};
  // The last one takes its place.
  entries.replace(at, entry_bytes, entries, entries.size() - entry_bytes,
                  entry_bytes);
  entries.resize(entries.size() - entry_bytes);
  for (auto chunk : {at / chunk_bytes, entries.size() / chunk_bytes}) {
    auto left = entries.substr(std::min(chunk * chunk_bytes, entries.size()),
                               chunk_bytes);
    if (left.empty())
      keys_.remove(list_chunk_key(key, chunk));
    else
      keys_.put(list_chunk_key(key, chunk), std::move(left));
  }
  return {};
}

void key_lists::close(std::uint64_t key, const key_list& list) {
  for (std::size_t chunk = 1; chunk * chunk_bytes < list.entries.size();
       ++chunk)
    keys_.remove(list_chunk_key(key, chunk));
  if (list.entries.empty())
    keys_.add(list_chunk_key(key, 0), std::string{closed_mark});
  else
    keys_.put(list_chunk_key(key, 0), std::string{closed_mark});
}

expected<bool> key_lists::is_first(std::uint64_t link,
                                   std::string_view record) const {
  auto first = keys_.lookup(numbered("dup/l/", link));
  if (!first)
    return first.error();
  return *first == record;
}

void key_lists::set_first(std::uint64_t link, std::string record) {
  auto at = numbered("dup/l/", link);
  if (record.empty())
    keys_.remove(std::move(at));
  else
    keys_.put(std::move(at), std::move(record));
}

expected<std::string> key_lists::first_of(std::uint64_t link,
                                          std::string_view record) {
  auto at = numbered("dup/l/", link);
  auto first = keys_.lookup(at);
  if (!first || *first)
    return first ? expected<std::string>{**std::move(first)} : first.error();
  keys_.add(std::move(at), std::string{record});
  return std::string{record};
}

} // namespace jobfarm::collect
