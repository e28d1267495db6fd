#pragma once

#include "messages/ledger.hpp"

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

/// The keys of the embedded store; see leveldb_store.hpp.
namespace jobfarm::store {

/// Version of the layout that this program reads and writes. 2: the index of
/// duplicates does not depend on the order of what came. 3: descriptions stand
/// in a file of their own, each once. 4: blocks of the index say what tells
/// their records apart. 5: so do lists, and what queries found is among the
/// keys that the index knows by heart. 6: words are hashed otherwise, and keys
/// of one record stand in pages. 7: a block with one entry is not written, and
/// the records of a board that came together are one entry. 8: the row of a
/// posting has the place of its description, which is not looked up by its
/// hash, and a task has one key whatever its state. 9: what a query found is a
/// list for each batch. 10: a key that a few records have is in no list, and
/// chunks of blocks have twice the entries.
constexpr int schema_version = 10;

/// What the keys of postings, of records as they came, of what a query found
/// and of the index begin with.
constexpr std::string_view posting_rows = "p";
constexpr std::string_view original_rows = "o";
constexpr std::string_view found_rows = "f";
constexpr std::string_view index_rows = "x";

/// Makes a key in the room of another one.
inline const std::string&
key_in(std::string& room, std::string_view kind,
       std::initializer_list<std::string_view> parts) {
  room = kind;
  for (auto part : parts) {
    room += '/';
    room += part;
  }
  return room;
}

inline std::string key(std::string_view kind,
                       std::initializer_list<std::string_view> parts) {
  std::string made;
  return key_in(made, kind, parts);
}

inline std::string posting_key(std::string_view id) {
  return key(posting_rows, {id});
}
inline std::string original_key(std::string_view id) {
  return key(original_rows, {id});
}
inline std::string task_key(std::string_view query, std::string_view id) {
  return key("t", {query, id});
}
inline std::string rejection_key(std::string_view query, const rejection& one) {
  auto id = one.source_id.empty() ? one.url : one.source_id;
  return key("r", {query, one.source, one.board + '/' + id});
}
/// Of events and of what queries found: in the order of their numbers.
inline std::string numbered_key(std::string_view kind, std::string_view query,
                                std::uint64_t number) {
  char digits[24];
  std::snprintf(digits, sizeof digits, "%016llx",
                static_cast<unsigned long long>(number));
  return key(kind, {query, digits});
}

} // namespace jobfarm::store
