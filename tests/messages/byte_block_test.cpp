#include "messages/byte_block.hpp"

#include <catch2/catch.hpp>

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
        const auto mask =
            block::between(text, static_cast<unsigned char>(low),
                           static_cast<unsigned char>(high));
        REQUIRE(block::bits(mask) == expected);
      }
}
