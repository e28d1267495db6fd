// growth [READER]
//
// Time a byte of every reader of untrusted text (or of one) on every worst
// text, from 1 KB to 4 MB: a line that stays level is linear. One that would
// take half a minute for the next size, even if it were, ends in "...".

#include "tests/normalize/worst_texts.hpp"

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
  using namespace jobfarm::test;
  constexpr std::size_t sizes[] = {1 << 10, 1 << 14, 1 << 18, 1 << 22};
  constexpr double too_long = 30;
  std::printf("%-14s %-24s", "ns a byte", "");
  for (auto size : sizes)
    std::printf(" %7zu K", size >> 10);
  std::puts("");
  for (const auto& reader : text_readers()) {
    if (argc > 1 && reader.name != argv[1])
      continue;
    for (const auto& text : worst_texts()) {
      std::printf("%-14s %-24s", std::string{reader.name}.c_str(),
                  std::string{text.name}.c_str());
      double seconds_a_byte = 0;
      for (auto size : sizes) {
        if (seconds_a_byte * static_cast<double>(size) > too_long) {
          std::printf(" %9s", "...");
          break;
        }
        auto made = text.make(size);
        seconds_a_byte =
            seconds_of(reader, made) / static_cast<double>(made.size());
        std::printf(" %9.1f", seconds_a_byte * 1e9);
        std::fflush(stdout);
      }
      std::puts("");
    }
  }
  return 0;
}
