#pragma once

#include <string>
#include <utility>

namespace jobfarm {

/// A JSON value kept as its text (compact, valid UTF-8). Used for the open
/// ends of records: `extra`, enrichment parts. Empty text means "nothing".
struct json_text {
  std::string text;

  bool empty() const noexcept {
    return text.empty();
  }
  friend bool operator==(const json_text& a, const json_text& b) {
    return a.text == b.text;
  }
  friend bool operator!=(const json_text& a, const json_text& b) {
    return !(a == b);
  }
};

} // namespace jobfarm
