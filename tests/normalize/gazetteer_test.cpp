#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/gazetteer_import.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <cstdint>
#include <cstring>
#include <fstream>

using namespace jobfarm;
using namespace jobfarm::normalize;

TEST_CASE("a place is found by its names in many languages and scripts") {
  auto world = *gazetteer::open(JOBFARM_GAZETTEER);
  for (auto name : {"Munich", "M\xC3\xBCnchen", "Monachium",
                    "\xE6\x85\x95"
                    "\xE5\xB0\xBC"
                    "\xE9\xBB\x91"}) {
    auto found = world->find(place_key(name));
    INFO(name);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].country == "DE");
  }
  CHECK(world->find("DEU")[0].kind == place_kind::country);
  CHECK(world->find(place_key("Xanaduville")).empty());
}

TEST_CASE("a name's first word is known whole, alone or before others") {
  auto world = *gazetteer::open(JOBFARM_GAZETTEER);
  for (auto word : {"munich", "san", "new", "DE", "buenos"})
    CHECK(world->has_first_word(word));
  for (auto word : {"buenosa", "payments", "zzzzzz", "Singapore"}) {
    INFO(word);
    CHECK_FALSE(world->has_first_word(word));
  }
  world->visit_names([&](std::string_view name, std::uint32_t) {
    auto word = name.substr(0, name.find(' '));
    if (!world->has_first_word(word))
      FAIL(name);
  });
}

TEST_CASE("keys forget case, accents, punctuation and the kind of saint") {
  CHECK(place_key("St. Gallen") == place_key("Sankt Gallen"));
  CHECK(place_key("S\xC3\xA3o-Paulo") == "sao paulo");
  CHECK(place_key("Coeur d\xE2\x80\x99"
                  "Alene")
        == "coeur dalene");
}

TEST_CASE("a file that is no gazetteer, or a damaged one, is refused") {
  test::temporary_directory dir;
  auto path = (dir.path() / "g.bin").string();
  CHECK_FALSE(gazetteer::open(path));
  std::ofstream(path).close();
  CHECK_FALSE(gazetteer::open(path));
  auto bytes = test::read_file(JOBFARM_GAZETTEER);
  for (std::size_t cut : {std::size_t{4}, std::size_t{30}, bytes.size() - 1}) {
    std::ofstream(path, std::ios::binary)
        .write(bytes.data(), static_cast<std::streamsize>(cut));
    CHECK_FALSE(gazetteer::open(path));
  }
  bytes[20] = '\xFF';
  bytes[21] = '\xFF';
  bytes[22] = '\xFF';
  bytes[23] = '\xFF';
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK_FALSE(gazetteer::open(path));
}

TEST_CASE("a gazetteer whose numbers lead out of it is refused") {
  test::temporary_directory dir;
  const auto path = (dir.path() / "g.bin").string();
  const auto sound = test::read_file(JOBFARM_GAZETTEER);
  auto word = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, sound.data() + at, sizeof value);
    return value;
  };
  const auto places = word(8);
  const auto names = word(12);
  const auto text_bytes = word(16);
  const auto slots = word(20);
  const std::size_t places_at = 24;
  const auto names_at = places_at + std::size_t{places} * 20;
  const auto slots_at = names_at + std::size_t{names} * 8;
  auto opens_with = [&](std::size_t from, std::size_t count,
                        std::uint32_t value) {
    auto bytes = sound;
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(bytes.data() + from + i * sizeof value, &value, sizeof value);
    std::ofstream(path, std::ios::binary) << bytes;
    return gazetteer::open(path).has_value();
  };
  REQUIRE(opens_with(0, 0, 0));
  for (auto text :
       {places_at, places_at + 4, names_at - 20 + 8, names_at, slots_at - 8})
    CHECK_FALSE(opens_with(text, 1, text_bytes));
  for (auto place : {names_at + 4, slots_at - 4})
    CHECK_FALSE(opens_with(place, 1, places));
  CHECK_FALSE(opens_with(slots_at, 1, names + 1));
  // Bits of a hash, and no name.
  CHECK_FALSE(opens_with(slots_at, 1, ~slot_number_bits(names)));
  // None is empty: a search would not end.
  CHECK_FALSE(opens_with(slots_at, slots, 1));
}

TEST_CASE("a GeoNames dump adds small places and tells bad lines") {
  test::temporary_directory dir;
  auto dump = (dir.path() / "dump.txt").string();
  auto out = (dir.path() / "g.bin").string();
  std::ofstream(dump)
      << "1\tKleinwinzig\tKleinwinzig\tTinyton\t50\t8\tP\tPPL\tDE\t\t01\t\t\t\t"
         "512\t\t1\tEurope/Berlin\t2020-01-01\n"
      << "rubbish\n";
  std::vector<std::string> told;
  auto done =
      import_geonames(dump, JOBFARM_GAZETTEER, out,
                      [&](const std::string& line) { told.push_back(line); });
  REQUIRE(done);
  CHECK(done->places == 1);
  CHECK(done->bad_lines == 1);
  CHECK(told == std::vector<std::string>{"line 2: not a GeoNames row"});
  auto world = *gazetteer::open(out);
  CHECK(world->find("tinyton")[0].country == "DE");
  CHECK_FALSE(world->find("munich").empty());
}
