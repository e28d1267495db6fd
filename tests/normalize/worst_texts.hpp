#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jobfarm::test {

/// One kind of text that is hard on a reader, in any size.
struct worst_text {
  std::string_view name;
  /// Makes some `bytes` of it.
  std::string (*make)(std::size_t bytes);
};

/// A reader of untrusted text.
struct text_reader {
  std::string_view name;
  void (*read)(const std::string& text);
};

/// Deep nesting, long runs without blanks, thousands of amounts and places.
const std::vector<worst_text>& worst_texts();

/// Every reader that takes what a source sends: HTML, JSON-LD pages, pay,
/// places, dates, titles, companies, statements, and the normaliser as a whole.
const std::vector<text_reader>& text_readers();

/// Seconds of CPU that one reading takes, the least of some.
double seconds_of(const text_reader& reader, const std::string& text);

} // namespace jobfarm::test
