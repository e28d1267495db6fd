#include "actors/normalize/place.hpp"
#include "actors/normalize/regions.hpp"
#include "actors/normalize/work_mode.hpp"

#include "tests/normalize/world.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <sstream>

using namespace jobfarm;
using namespace jobfarm::normalize;

namespace {

resolved_places resolve(std::string_view text, std::string_view country = "") {
  place_hints hints;
  hints.location = text;
  hints.country = country;
  return resolve_places(world(), hints);
}

/// "City/CC City/CC"
std::string summary(std::string_view text, std::string_view country = "") {
  std::string all;
  for (const auto& one : resolve(text, country).places)
    all += (all.empty() ? "" : " ") + (one.city.empty() ? "-" : one.city) + '/'
           + (one.country.empty() ? "-" : one.country);
  return all;
}

} // namespace

TEST_CASE("one place, in the ways boards write it") {
  CHECK(summary("Bengaluru, Karnataka, India") == "Bengaluru/IN");
  CHECK(summary("US-CA-San Jose") == "San Jose/US");
  CHECK(summary("TX-Dallas") == "Dallas/US");
  CHECK(summary("London, UK (Hybrid)") == "London/GB");
  CHECK(summary("Home Office, PL") == "-/PL");
  CHECK(summary("Riyadh Saudi Arabia") == "Riyadh/SA");
  CHECK(summary("Greater Toronto Area") == "Toronto/CA");
  CHECK(summary("London, ON") == "London/CA");
  CHECK(summary("Singapore") == "Singapore/SG");
}

TEST_CASE("a place amid unknown words is shown with them, and no others") {
  auto found = resolve("Chester Qqq; Berlin");
  REQUIRE(found.places.size() == 2);
  CHECK(found.places[0].display == "Berlin");
  CHECK(found.places[1].display == "Chester Qqq");
}

TEST_CASE("location texts as boards write them") {
  std::istringstream table(
      test::read_file(test::data_dir() / "normalize" / "locations.txt"));
  std::size_t rows = 0;
  for (std::string line; std::getline(table, line);) {
    auto arrow = line.find(" => ");
    if (line.rfind('#', 0) == 0 || arrow == line.npos)
      continue;
    ++rows;
    auto text = line.substr(0, arrow);
    auto found = resolve(text);
    std::string got;
    auto append = [&](const std::string& part) {
      got += (got.empty() ? "" : " | ") + part;
    };
    for (const auto& one : found.places)
      append((one.city.empty() ? "-" : one.city) + '/'
             + (one.country.empty() ? "-" : one.country));
    if (!found.scope.empty())
      append('{' + found.scope + '}');
    INFO(text);
    CHECK((got.empty() ? "nothing" : got) == line.substr(arrow + 4));
  }
  CHECK(rows > 400);
}

TEST_CASE("what is around a name tells places of one name apart") {
  auto country = [](place_hints hints) {
    auto found = resolve_places(world(), hints);
    return found.places.empty() ? "" : found.places.front().country;
  };
  place_hints hints;
  hints.location = "Birmingham";
  CHECK(country(hints) == "GB");
  hints.evidence.add_currency("USD");
  CHECK(country(hints) == "US");
  hints.evidence = {};
  hints.country = "US";
  CHECK(country(hints) == "US");
  place_hints site;
  site.location = "Richmond";
  CHECK(country(site) == "US");
  site.evidence.add_host("ca.indeed.com");
  CHECK(country(site) == "CA");
  place_hints pay;
  pay.location = "Kingston";
  CHECK(country(pay) == "JM");
  pay.evidence.add_currency("CAD");
  CHECK(country(pay) == "CA");
  place_hints list;
  std::vector<std::string> others = {"Cambridge", "Boston, MA"};
  list.location = "Cambridge";
  list.locations = &others;
  CHECK(country(list) == "US");
}

TEST_CASE("time to resolve grows with the text, not its square") {
  std::string many;
  while (many.size() < 500'000)
    many += "Springfield, Paris; Remote - US / San Jose or Berlin, Germany ";
  auto found = resolve(many);
  CHECK(found.places.size() < 20);
  std::vector<std::string> list(20'000, "Cambridge, MA");
  for (std::size_t i = 0; i < list.size(); ++i)
    list[i] += std::to_string(i);
  place_hints hints;
  hints.location = "Cambridge";
  hints.locations = &list;
  CHECK_FALSE(resolve_places(world(), hints).places.empty());
}

TEST_CASE("several places, joined in any way") {
  CHECK(summary("Berlin/Munich") == "Berlin/DE Munich/DE");
  CHECK(summary("NYC or SF") == "New York/US San Francisco/US");
  CHECK(summary("Paris; Lyon | Lille") == "Paris/FR Lyon/FR Lille/FR");
  CHECK(summary("San Francisco, CA; New York, NY; Remote")
        == "San Francisco/US New York/US");
}

TEST_CASE("what stands beside a name decides, people last") {
  CHECK(summary("Paris, Texas") == "Paris/US");
  CHECK(summary("Vancouver, WA") == "Vancouver/US");
  CHECK(summary("Vancouver") == "Vancouver/CA");
  CHECK(summary("Atlanta, Georgia") == "Atlanta/US");
  CHECK(summary("Tbilisi, Georgia") == "Tbilisi/GE");
  CHECK(summary("Valencia", "VE") == "Valencia/VE");
}

TEST_CASE("what nobody can know stays unknown") {
  CHECK(summary("Georgia") == "-/-");
  CHECK(summary("Kleinkleckersdorf, DE") == "-/-");
  CHECK(summary("Building 5") == "-/-");
  CHECK(summary("Fully Remote").empty());
  CHECK(summary("").empty());
}

TEST_CASE("a scope never becomes a country") {
  for (auto [text, scope] :
       {std::pair{"EMEA", "EMEA"}, std::pair{"Remote - Europe", "Europe"},
        std::pair{"Worldwide", "worldwide"},
        std::pair{"Remote (LATAM)", "LATAM"}}) {
    auto found = resolve(text);
    CHECK(found.scope == scope);
    for (const auto& one : found.places)
      CHECK(one.country.empty());
  }
}

TEST_CASE("a city state has its city") {
  for (auto [text, city] :
       {std::pair{"Vatican City", "Vatican City"},
        std::pair{"Holy See (Vatican City State)", "Vatican City"},
        std::pair{"Singapore", "Singapore"}, std::pair{"Monaco", "Monaco"}}) {
    INFO(text);
    auto found = resolve(text);
    REQUIRE(found.places.size() == 1);
    CHECK(found.places.front().city == city);
  }
}

TEST_CASE("every country has one region") {
  CHECK(region_of("US") == "North America");
  CHECK(region_of("TW") == "East Asia");
  CHECK(region_of("XK") == "Southern Europe");
  CHECK(region_of("") == "Other International");
}

TEST_CASE("work mode: labels, text, and the words that are traps") {
  CHECK(mode_of_label("On-site") == work_mode::onsite);
  CHECK(mode_of_label("REMOTE_HYBRID") == work_mode::hybrid);
  for (auto trap : {"You will work on remote sensing.",
                    "We run a hybrid cloud.", "There is an onsite gym."})
    CHECK(mode_in_description(trap) == work_mode::unknown);
  CHECK(mode_in_description("This is a fully remote position.")
        == work_mode::remote);
  CHECK(mode_in_description("Remote candidates will not be considered.")
        == work_mode::onsite);
  work_mode_hints hints;
  hints.workplace = "Hybrid";
  hints.remote = true;
  CHECK(work_mode_of(hints) == work_mode::hybrid);
}

TEST_CASE("resolving is total and bounded on any text") {
  std::string many;
  for (int i = 0; i < 20'000; ++i)
    many += "Springfield, ";
  CHECK_NOTHROW(resolve(many));
  std::string bytes;
  for (int i = 0; i < 256; ++i)
    bytes += static_cast<char>(i);
  CHECK_NOTHROW(resolve(bytes + ", ((((-,-,-" + bytes));
}
