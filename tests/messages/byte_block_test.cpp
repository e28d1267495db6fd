#include "messages/byte_block.hpp"
#include "messages/short_string.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm;

TEST_CASE("the bytes between two are told, whatever their signs") {
  for (int low = 0; low < 256; ++low)
    for (int high = low; high < 256 && high - low < 255; ++high)
      for (int first = 0; first < 256; first += 16) {
        unsigned expected = 0;
        block::bytes text{};
        for (int i = 0; i < 16; ++i) {
          text[i] = static_cast<unsigned char>(first + i);
          auto is_in = first + i >= low && first + i <= high;
          expected |= static_cast<unsigned>(is_in) << i;
        }
        const auto mask = block::between(text, static_cast<unsigned char>(low),
                                         static_cast<unsigned char>(high));
        REQUIRE(block::bits(mask) == expected);
      }
}

TEST_CASE("a short string of any size is copied") {
  for (std::size_t size = 0; size <= 32; ++size) {
    const std::string text =
        std::string("0123456789abcdefghijklmnopqrstuv").substr(0, size);
    CHECK(text.capacity() + 1 >= block::size);
    char copy[32] = {};
    block::short_string{text}.copy_to(copy);
    CHECK(std::string(copy, size) == text);
  }
}

TEST_CASE("the last byte of a kind before a position is found") {
  auto is_mark = [](unsigned char c) { return c == '.'; };
  auto marks = [](block::bytes text) { return block::equal(text, '.'); };
  for (std::size_t size = 0; size < 50; ++size)
    for (std::size_t dot = 0; dot <= size; ++dot) {
      // Nothing is read behind the end.
      std::string text(size, 'a');
      if (dot < size)
        text[dot] = '.';
      for (std::size_t end = 0; end <= size; ++end)
        REQUIRE(block::find_last(text, end, marks, is_mark)
                == (dot < end ? dot : size));
      if (dot >= 17)
        text[dot - 17] = '.';
      REQUIRE(block::find_last(text, dot, marks, is_mark)
              == (dot >= 17 ? dot - 17 : size));
    }
}
