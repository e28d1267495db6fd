#include "actors/collect/key_lists.hpp"

#include "actors/collect/record_id.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

/// Records that are written together: one more rewrites its chunk.
constexpr std::size_t records_in_chunk = 64;
constexpr auto chunk_bytes = records_in_chunk * record_bytes;

constexpr std::string_view closed_mark = "-";

std::string list_chunk_key(std::uint64_t key, std::size_t chunk) {
  auto at = numbered("dup/k/", key);
  return chunk == 0 ? at : at + '/' + std::to_string(chunk);
}

} // namespace

std::size_t key_list::size() const noexcept {
  return records.size() / record_bytes;
}

key_lists::key_lists(index_keys& keys) : keys_(keys) {
}

expected<key_list> key_lists::read(std::uint64_t key) const {
  key_list list;
  for (std::size_t chunk = 0; list.records.size() == chunk * chunk_bytes;
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
    list.records += **more;
  }
  return list;
}

void key_lists::append(std::uint64_t key, const key_list& list,
                       std::string_view record) {
  auto chunk = list.records.size() / chunk_bytes;
  auto at = list_chunk_key(key, chunk);
  auto records = list.records.substr(chunk * chunk_bytes).append(record);
  if (records.size() == record_bytes)
    keys_.add(std::move(at), std::move(records));
  else
    keys_.put(std::move(at), std::move(records));
}

expected<void> key_lists::remove(std::uint64_t key, std::string_view record) {
  auto list = read(key);
  if (!list)
    return list.error();
  auto& records = list->records;
  std::size_t at = 0;
  while (at < records.size() && records.compare(at, record_bytes, record) != 0)
    at += record_bytes;
  if (list->is_closed || at == records.size())
    return {};
  // The last one takes its place.
  records.replace(at, record_bytes, records, records.size() - record_bytes,
                  record_bytes);
  records.resize(records.size() - record_bytes);
  for (auto chunk : {at / chunk_bytes, records.size() / chunk_bytes}) {
    auto left = records.substr(std::min(chunk * chunk_bytes, records.size()),
                               chunk_bytes);
    if (left.empty())
      keys_.remove(list_chunk_key(key, chunk));
    else
      keys_.put(list_chunk_key(key, chunk), std::move(left));
  }
  return {};
}

void key_lists::close(std::uint64_t key, const key_list& list) {
  for (std::size_t chunk = 1; chunk * chunk_bytes < list.records.size();
       ++chunk)
    keys_.remove(list_chunk_key(key, chunk));
  if (list.records.empty())
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
