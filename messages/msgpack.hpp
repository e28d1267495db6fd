#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <initializer_list>
#include <string>
#include <string_view>

namespace jobfarm {

/// Returns `record` in msgpack: an array of its fields in order, records
/// within as arrays too, enums as integers, absent optionals as nil.
/// Instantiated in msgpack.cpp for every record type of `messages/`.
template <class Record>
std::string pack(const Record& record);

/// What stands in place of a text of a record.
struct other_text {
  const std::string& instead_of;
  std::string_view text;
};

/// The same of a posting in place of what stands in `packed`, with other texts
/// in place of some of its own, these in the order of the fields.
void pack_with(std::string& packed, const job_posting& posting,
               std::initializer_list<other_text> others);

/// Reads what `pack` gave, of this version or another: fields that are
/// missing at the end keep their defaults, extra ones are ignored.
/// Errors: bad_payload, also for what claims more elements than bytes, or
/// records that would take more than 64 times its bytes, nests deeper than 16
/// or holds a value of the wrong kind.
template <class Record>
expected<Record> unpack(std::string_view bytes);

/// The same into a record that may hold another one, whose room it uses again.
/// After an error it holds anything.
template <class Record>
expected<void> unpack_into(Record& record, std::string_view bytes);

} // namespace jobfarm
