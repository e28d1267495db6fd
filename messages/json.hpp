#pragma once

#include "messages/expected.hpp"

#include <string>
#include <string_view>

namespace jobfarm {

class byte_sink;

/// Appends `record` as one JSON object without a line break. Instantiated in
/// json.cpp for every record type of `messages/`.
template <class Record>
void append_json(std::string& out, const Record& record);

/// The same to a sink.
template <class Record>
void write_json(byte_sink& out, const Record& record);

/// Returns `record` as one JSON object.
template <class Record>
std::string to_json(const Record& record) {
  std::string out;
  append_json(out, record);
  return out;
}

/// Reads one JSON object. Unknown members are ignored, missing ones keep
/// their defaults, `null` is the default; strings accept numbers and numbers
/// accept numeric strings. Errors: invalid_input with what and where.
/// Depth is limited to 64. Keeps a parser per thread.
template <class Record>
expected<Record> from_json(std::string_view text);

/// Returns `text` compacted if it is one valid JSON value of depth 64 at most.
/// Errors: invalid_input.
expected<std::string> compact_json(std::string_view text);

} // namespace jobfarm
