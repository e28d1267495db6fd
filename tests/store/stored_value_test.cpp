#include "actors/store/stored_value.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace jobfarm;

TEST_CASE("every value comes back from what is stored of it") {
  std::mt19937 random(1);
  std::string noise;
  for (int i = 0; i < 4000; ++i)
    noise += static_cast<char>(random());
  for (const auto& value :
       {std::string{}, std::string{"short"}, std::string(5000, 'x'), noise,
        std::string{"\xc1"}, "\xc1" + noise, "\xc1" + std::string(600, 'y')}) {
    auto back = store::from_stored(store::to_stored(value));
    REQUIRE(back);
    CHECK(*back == value);
  }
}

TEST_CASE("text is stored in less, noise in no more than it needs") {
  CHECK(store::to_stored(std::string(5000, 'x')).size() < 500);
  CHECK(store::to_stored("short") == "short");
}

TEST_CASE("damaged values are told, whatever the bytes") {
  CHECK_FALSE(store::from_stored("\xc1"));
  // A length of 4 GB, and nothing behind it.
  CHECK_FALSE(store::from_stored("\xc1\xff\xff\xff\xff\x0f"));
  std::mt19937 random(2);
  auto good = store::to_stored(std::string(5000, 'x'));
  for (int i = 0; i < 2000; ++i) {
    auto bad = good;
    bad[1 + random() % (bad.size() - 1)] = static_cast<char>(random());
    bad.resize(1 + random() % bad.size());
    auto read = store::from_stored(bad);
    CHECK((!read || read->size() < 64u << 20));
  }
}
