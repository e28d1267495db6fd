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

TEST_CASE("a slot that holds bits of a hash and names nothing is refused") {
  test::temporary_directory dir;
  auto path = (dir.path() / "g.bin").string();
  auto bytes = test::read_file(JOBFARM_GAZETTEER);
  auto count = [&](std::size_t at) {
    std::uint32_t value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof value);
    return std::size_t{value};
  };
  const auto slots = 24 + count(8) * 20 + count(12) * 8;
  std::ofstream(path, std::ios::binary) << bytes;
  REQUIRE(gazetteer::open(path));
  const auto only_hash =
      ~slot_number_bits(static_cast<std::uint32_t>(count(12)));
  std::memcpy(bytes.data() + slots, &only_hash, sizeof only_hash);
  std::ofstream(path, std::ios::binary) << bytes;
  CHECK_FALSE(gazetteer::open(path));
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
