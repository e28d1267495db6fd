#include "actors/normalize/wanted_place.hpp"

#include "actors/normalize/place.hpp"
#include "tests/normalize/world.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace jobfarm::normalize;

namespace {

/// A posting at the place that `location` names.
job_posting posting_at(std::string_view location) {
  place_hints hints;
  hints.location = location;
  job_posting posting;
  posting.location = location;
  posting.locations = resolve_places(world(), hints).places;
  if (!posting.locations.empty()) {
    posting.city = posting.locations.front().city;
    posting.admin1 = posting.locations.front().admin1;
    posting.country = posting.locations.front().country;
  }
  return posting;
}

bool is_of(std::string_view wanted, std::string_view location) {
  return wanted_place{wanted, &world()}.is_of(posting_at(location));
}

} // namespace

TEST_CASE("a wanted country, state or city holds what lies in it") {
  for (const auto* wanted : {"Germany", "DE", "Deutschland", "germany"}) {
    INFO(wanted);
    CHECK(is_of(wanted, "Berlin"));
    CHECK(is_of(wanted, "Munich, Bavaria, Germany"));
    CHECK_FALSE(is_of(wanted, "Vienna, Austria"));
  }
  CHECK(is_of("California", "San Francisco, CA"));
  CHECK(is_of("United States", "San Francisco, CA"));
  CHECK(is_of("San Francisco, CA", "San Francisco, California, United States"));
  CHECK(is_of("München", "Munich, Germany"));
  CHECK_FALSE(is_of("San Francisco, CA", "San Jose, CA"));
}

TEST_CASE("places of one name are told apart by what stands beside it") {
  CHECK(is_of("Portland, OR", "Portland, Oregon"));
  CHECK_FALSE(is_of("Portland, OR", "Portland, ME"));
  CHECK_FALSE(is_of("Berlin, Germany", "Hamburg, Germany"));
}

TEST_CASE("any of a posting's places counts") {
  CHECK(is_of("France", "Berlin / Paris"));
}

TEST_CASE("regions, scopes and unknown names are taken by the letter") {
  auto posting = posting_at("Remote");
  posting.region = "Western Europe";
  posting.location_scope = "EMEA";
  for (const auto* wanted : {"western europe", "emea", "remote"})
    CHECK(wanted_place(wanted, &world()).is_of(posting));
  CHECK(is_of("Xyzzy", "Xyzzy"));
  CHECK_FALSE(is_of("Xyzzy", "Berlin"));
  CHECK_FALSE(is_of("Germany", ""));
}

TEST_CASE("a scope or region holds the countries that lie in it") {
  for (const auto* wanted :
       {"Europe", "EMEA", "DACH", "EU", "Western Europe"}) {
    INFO(wanted);
    CHECK(is_of(wanted, "Berlin"));
    CHECK(is_of(wanted, "New York / Munich"));
    CHECK_FALSE(is_of(wanted, "San Francisco, CA"));
  }
  CHECK(is_of("emea", "Dubai, United Arab Emirates"));
  CHECK(is_of("EMEA", "Nairobi, Kenya"));
  CHECK_FALSE(is_of("Europe", "Nairobi, Kenya"));
  CHECK(is_of("APAC", "Bengaluru, India"));
  CHECK(is_of("APAC", "Sydney, Australia"));
  CHECK(is_of("LATAM", "Mexico City, Mexico"));
  CHECK(is_of("Australia/Oceania", "Auckland, New Zealand"));
  CHECK_FALSE(is_of("DACH", "Paris, France"));
  CHECK_FALSE(is_of("worldwide", "Berlin"));
}

TEST_CASE("a scope takes postings of scopes around it and in it") {
  auto is_in = [](std::string_view wanted, std::string_view scope) {
    job_posting posting;
    posting.location_scope = scope;
    return wanted_place(wanted, &world()).is_of(posting);
  };
  CHECK(is_in("DACH", "DACH"));
  CHECK(is_in("DACH", "EMEA"));
  CHECK(is_in("Europe", "DACH"));
  CHECK(is_in("Europe", "worldwide"));
  CHECK(is_in("anywhere", "worldwide"));
  CHECK_FALSE(is_in("anywhere", "EMEA"));
  CHECK_FALSE(is_in("Europe", "APAC"));
  CHECK_FALSE(is_in("Europe", "country"));
  CHECK_FALSE(is_in("Europe", ""));
}

TEST_CASE("what no place, scope or region is called is known to be unknown") {
  for (const auto* known :
       {"Berlin", "DE", "de", "US", "UK", "Portland, OR", "Other International",
        "EMEA", "Africa", "Berlin / Paris", "Northern Europe"}) {
    INFO(known);
    CHECK(wanted_place(known, &world()).is_known());
  }
  CHECK_FALSE(wanted_place("Xyzzyville", &world()).is_known());
  CHECK(is_of("Berlin / Paris", "Paris, France"));
}

TEST_CASE("without a gazetteer only the words of the record count") {
  auto posting = posting_at("Berlin");
  CHECK(wanted_place{"berlin"}.is_of(posting));
  CHECK(wanted_place{"DE"}.is_of(posting));
  CHECK_FALSE(wanted_place{"Germany"}.is_of(posting));
}
