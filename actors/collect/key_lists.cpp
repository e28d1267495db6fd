#include "actors/collect/key_lists.hpp"

#include <algorithm>

namespace jobfarm::collect {

namespace {

/// Records that are written together: one more rewrites its chunk.
constexpr std::size_t records_in_chunk = 64;
constexpr auto entry_bytes = key_list::entry_bytes;
constexpr auto chunk_bytes = records_in_chunk * entry_bytes;

/// Records of a list that is not written: each may be in another page.
constexpr std::size_t most_unwritten = 4;

constexpr std::string_view closed_mark = "-";

std::string list_chunk_key(std::uint64_t key, std::size_t chunk) {
  auto at = numbered("dup/k/", key);
  return chunk == 0 ? at : at + '/' + std::to_string(chunk);
}

std::string link_key(std::uint64_t link) {
  return numbered("dup/l/", link);
}

void append_entry(std::string& to, std::string_view record,
                  const dedupe::facts& known) {
  to.append(record);
  to.append(reinterpret_cast<const char*>(&known), sizeof known);
}

} // namespace

key_lists::key_lists(index_keys& keys, first_holders& holders)
    : keys_(keys), holders_(holders) {
}

expected<key_list> key_lists::read(std::uint64_t key) const {
  if (!holders_.may_have(key))
    return key_list{};
  auto& recent = place_of(key);
  if (recent.key == key && recent.list.is_written)
    return recent.list;
  auto list = read_written(key);
  if (!list)
    return list;
  if (list->entries.size() >= chunk_bytes && !list->is_closed)
    recent = {key, *list};
  if (list->is_written)
    return list;
  auto done = holders_.each(key, [&](const auto& one) {
    append_entry(list->entries, one.record, one.known);
    return true;
  });
  if (!done)
    return done.error();
  return list;
}

/// What index keys have of a list.
expected<key_list> key_lists::read_written(std::uint64_t key) const {
  key_list list;
  for (std::size_t chunk = 0; list.entries.size() == chunk * chunk_bytes;
       ++chunk) {
    auto more = keys_.lookup(list_chunk_key(key, chunk));
    if (!more)
      return more.error();
    if (!*more)
      break;
    list.is_written = true;
    if (**more == closed_mark) {
      list.is_closed = true;
      break;
    }
    list.entries += **more;
  }
  return list;
}

void key_lists::forget(std::uint64_t key) {
  if (auto& recent = place_of(key); recent.key == key)
    recent = {};
}

void key_lists::append(std::uint64_t key, const key_list& list,
                       std::string_view record, const dedupe::facts& known) {
  if (!list.is_written && list.size() < most_unwritten && holders_.has_room()) {
    held_.push_back(key);
    return;
  }
  auto chunk = list.entries.size() / chunk_bytes;
  auto at = list_chunk_key(key, chunk);
  auto entries = list.entries.substr(chunk * chunk_bytes);
  append_entry(entries, record, known);
  if (auto& recent = place_of(key); recent.key == key)
    append_entry(recent.list.entries, record, known);
  if (!list.is_written || entries.size() == entry_bytes)
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
  forget(key);
  // The last one takes its place.
  entries.replace(at, entry_bytes, entries, entries.size() - entry_bytes,
                  entry_bytes);
  entries.resize(entries.size() - entry_bytes);
  if (!list->is_written) {
    keys_.add(list_chunk_key(key, 0), std::move(entries));
    return {};
  }
  for (auto chunk : {at / chunk_bytes, entries.size() / chunk_bytes}) {
    auto left = entries.substr(std::min(chunk * chunk_bytes, entries.size()),
                               chunk_bytes);
    if (left.empty() && chunk > 0)
      keys_.remove(list_chunk_key(key, chunk));
    else
      keys_.put(list_chunk_key(key, chunk), std::move(left));
  }
  return {};
}

void key_lists::close(std::uint64_t key, const key_list& list) {
  // What is written of a key is looked for only if somebody holds it.
  hold(key);
  forget(key);
  for (std::size_t chunk = 1; chunk * chunk_bytes < list.entries.size();
       ++chunk)
    keys_.remove(list_chunk_key(key, chunk));
  if (list.is_written)
    keys_.put(list_chunk_key(key, 0), std::string{closed_mark});
  else
    keys_.add(list_chunk_key(key, 0), std::string{closed_mark});
}

expected<bool> key_lists::is_first(std::uint64_t link,
                                   std::string_view record) const {
  auto written = keys_.lookup(link_key(link));
  if (!written || *written)
    return written ? expected<bool>{**written == record} : written.error();
  auto first = holders_.find(link);
  if (!first)
    return first.error();
  return *first && (*first)->record == record;
}

void key_lists::set_first(std::uint64_t link, std::string_view record) {
  keys_.add(link_key(link), std::string{record});
}

expected<record_name> key_lists::first_of(std::uint64_t link,
                                          const record_name& record) {
  if (hold(link))
    return record;
  auto written = keys_.lookup(link_key(link));
  if (!written)
    return written.error();
  if (*written && (*written)->size() == record_bytes)
    return record_at((*written)->data());
  if (*written) {
    keys_.put(link_key(link), std::string{std::string_view{record}});
    return record;
  }
  auto first = holders_.find(link);
  if (!first)
    return first.error();
  if (*first)
    return (*first)->record;
  if (holders_.has_room())
    held_.push_back(link);
  else
    set_first(link, record);
  return record;
}

expected<void> key_lists::end_record(std::string_view record,
                                     const dedupe::facts& known) {
  auto added = holders_.add(record, known, held_);
  held_.clear();
  return added;
}

} // namespace jobfarm::collect
