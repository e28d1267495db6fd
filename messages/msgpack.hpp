#pragma once

#include "messages/expected.hpp"
#include "messages/posting.hpp"

#include <string>
#include <string_view>

namespace jobfarm {

/// Returns `record` in msgpack: an array of its fields in order, records
/// within as arrays too, enums as integers, absent optionals as nil.
/// Instantiated in msgpack.cpp for every record type of `messages/`.
template <class Record>
std::string pack(const Record& record);

/// The same of a posting, with another text in place of its description.
std::string pack_with_description(const job_posting& posting,
                                  const std::string& description);

/// Reads what `pack` gave, of this version or another: fields that are
/// missing at the end keep their defaults, extra ones are ignored.
/// Errors: bad_payload, also for what claims more elements than bytes, nests
/// deeper than 16 or holds a value of the wrong kind.
template <class Record>
expected<Record> unpack(std::string_view bytes);

} // namespace jobfarm
