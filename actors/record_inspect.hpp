#pragma once

#include "messages/json.hpp"
#include "messages/msgpack.hpp"

#include <caf/error.hpp>
#include <caf/sec.hpp>

#include <string>
#include <type_traits>

namespace jobfarm {

/// CAF's inspection of every record: one string, its msgpack form. BASP drops
/// or empties messages whose fields differ between versions; msgpack arrays
/// do not, so a record may grow without a node noticing. Found by ADL.
template <class Inspector, class Record,
          std::enable_if_t<is_record<Record>, int> = 0>
typename Inspector::result_type inspect(Inspector& f, Record& record) {
  if constexpr (std::is_same_v<typename Inspector::result_type, void>) {
    // Stringification, for logs and error texts.
    auto text = to_json(record);
    f(text);
  } else if constexpr (Inspector::writes_state) {
    std::string bytes;
    if (auto problem = f(bytes))
      return problem;
    auto read = unpack<std::remove_const_t<Record>>(bytes);
    if (!read)
      return caf::sec::invalid_argument;
    record = *std::move(read);
    return caf::none;
  } else {
    auto bytes = pack(record);
    return f(bytes);
  }
}

} // namespace jobfarm
