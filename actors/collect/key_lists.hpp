#pragma once

#include "actors/collect/first_holders.hpp"
#include "actors/collect/index_keys.hpp"
#include "actors/collect/record_id.hpp"
#include "actors/dedupe/decision.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::collect {

/// The records that have a key, each with what tells it apart at a glance: most
/// of those that meet by chance need not be read for it.
struct key_list {
  /// 16 bytes of a record, then its facts in the byte order of the machine.
  static constexpr auto entry_bytes = record_bytes + sizeof(dedupe::facts);

  std::string entries;
  /// False if no index key holds the list: then its records are first holders
  /// of the candidate key, or nobody has it.
  bool is_written = false;
  /// True once more records had the key than it may have to mean anything:
  /// then none is listed.
  bool is_closed = false;

  std::size_t size() const noexcept {
    return entries.size() / entry_bytes;
  }

  /// Visits the bytes of each record, and its facts.
  template <class Visit>
  void each(Visit visit) const {
    for (std::size_t at = 0; at < entries.size(); at += entry_bytes) {
      dedupe::facts known;
      std::memcpy(&known, &entries[at + record_bytes], sizeof known);
      visit(std::string_view{&entries[at], record_bytes}, known);
    }
  }
};

/// Lists of records by candidate key. A few records with a key are its first
/// holders; only what differs from that is written. Index keys (KEY is 16
/// hex digits, the partition of an index that is spread over nodes):
///
///     dup/k/KEY          entries of the first 64 records with that key, or `-`
///                        for one that is closed
///     dup/k/KEY/N        the next 64, N from 1
///     dup/l/KEY          the first record with that link, empty if none has it
///                        any longer
class key_lists {
public:
  key_lists(index_keys& keys, first_holders& holders);

  /// A key or link is asked for soon.
  void prefetch(std::uint64_t key) const noexcept {
    holders_.prefetch(key);
  }

  /// Errors: store_failed.
  expected<key_list> read(std::uint64_t key) const;

  /// Adds a record to a list that was read and is not closed. One of a list
  /// that is not written is told with `end_record`.
  void append(std::uint64_t key, const key_list& list, std::string_view record,
              const dedupe::facts& known);

  /// Takes a record out, if it is listed. A closed list stays closed: who was
  /// in it is not known any more. Errors: store_failed.
  expected<void> remove(std::uint64_t key, std::string_view record);

  /// Closes a list that was read.
  void close(std::uint64_t key, const key_list& list);

  /// The first record with a link; `record` itself if it is the first one,
  /// which is told with `end_record`. Errors: store_failed.
  expected<record_name> first_of(std::uint64_t link, const record_name& record);

  /// Whether `record` is the first one with a link. Errors: store_failed.
  expected<bool> is_first(std::uint64_t link, std::string_view record) const;

  /// Makes another record the first one with a link, empty for none.
  void set_first(std::uint64_t link, std::string_view record);

  /// Who held a key first, if any one did.
  expected<std::optional<first_holders::holder>>
  holder_of(std::uint64_t key) const {
    return holders_.find(key);
  }

  /// True if nobody has a key: then the record holds it, which is told with
  /// `end_record`.
  bool hold(std::uint64_t key) {
    auto is_first = !holders_.may_have(key);
    if (is_first)
      held_.push_back(key);
    return is_first;
  }

  /// Ends a record whose keys were given one by one. Errors: store_failed.
  expected<void> end_record(std::string_view record,
                            const dedupe::facts& known);

private:
  /// Long lists that were read last, each in the one place where it may be: a
  /// company that has one ad many times asks for the same few.
  static constexpr std::size_t most_recent = 16;
  struct recent_list {
    std::uint64_t key = 0;
    key_list list;
  };

  expected<key_list> read_written(std::uint64_t key) const;
  recent_list& place_of(std::uint64_t key) const {
    return recent_[key % most_recent];
  }
  void forget(std::uint64_t key);

  index_keys& keys_;
  first_holders& holders_;
  mutable std::array<recent_list, most_recent> recent_;
  /// Of the record that is being added: keys of which no list is written.
  std::vector<std::uint64_t> held_;
};

} // namespace jobfarm::collect
