#include "actors/normalize/gazetteer.hpp"
#include "actors/normalize/normalizer.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using normalize::normalizer;

namespace {

const normalizer& rules() {
  static const normalizer all(*normalize::gazetteer::open(JOBFARM_GAZETTEER));
  return all;
}

raw_posting sample() {
  raw_posting raw;
  raw.source = "jsonld";
  raw.source_id = "42";
  raw.title = "Engineer";
  raw.fetched_at = "2026-11-24T10:00:00Z";
  raw.extra.text = "{}";
  return raw;
}

} // namespace

TEST_CASE("where a remote worker may live is said beside an office too") {
  auto scope = [](std::string_view location, std::string_view scopes,
                  bool is_remote = true) {
    auto raw = sample();
    raw.location = location;
    if (is_remote)
      raw.remote = true;
    raw.extra.text = R"({"remote_scope":)" + std::string{scopes} + '}';
    return rules().normalize(raw)->location_scope;
  };
  CHECK(scope("Austin, TX, US", R"(["USA"])") == "country");
  CHECK(scope("Austin, TX, US", R"(["US"])") == "country");
  CHECK(scope("Berlin, Germany", R"(["Germany"])") == "country");
  CHECK(scope("Berlin, Germany", R"(["EMEA"])") == "EMEA");
  // Neither its own country nor a whole one.
  CHECK(scope("Dublin, Ireland", R"(["US"])").empty());
  CHECK(scope("Austin, TX, US", R"(["US","CA"])").empty());
  CHECK(scope("Austin, TX, US", R"(["Texas, US"])").empty());
  CHECK(scope("Austin, TX, US", R"(["USA"])", false).empty());
}
