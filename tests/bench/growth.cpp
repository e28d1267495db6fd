// growth [READER]
//
// Time a byte of every reader of untrusted text (or of one) on every worst
// text, from 1 KB to 4 MB: a line that stays level is linear.

#include "tests/normalize/worst_texts.hpp"

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
  using namespace jobfarm::test;
  constexpr std::size_t sizes[] = {1 << 10, 1 << 14, 1 << 18, 1 << 22};
  constexpr double too_long = 20;
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
      double seconds = 0;
      for (auto size : sizes) {
        if (seconds > too_long)
          break;
        auto made = text.make(size);
        seconds = seconds_of(reader, made);
        std::printf(" %9.1f", seconds * 1e9 / static_cast<double>(made.size()));
        std::fflush(stdout);
      }
      std::puts("");
    }
  }
  return 0;
}
