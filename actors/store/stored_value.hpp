#pragma once

#include "messages/expected.hpp"

#include <string>
#include <string_view>

namespace jobfarm::store {

/// A value as the embedded store keeps it: as it is, or behind the byte 0xc1,
/// which begins no msgpack record, compressed with snappy. Compressed once
/// here, a value is not compressed anew whenever the store moves it.
std::string to_stored(std::string value);

/// Errors: store_failed for bytes that `to_stored` does not make, or more than
/// 64 MB of them.
expected<std::string> from_stored(std::string bytes);

} // namespace jobfarm::store
