#include "actors/record_inspect.hpp"
#include "messages/posting.hpp"

#include <caf/all.hpp>

#include <catch2/catch.hpp>

using namespace jobfarm;

TEST_CASE("a record survives CAF's serialisation unchanged") {
  job_posting posting;
  posting.title = "Program Manager";
  posting.salary_min = 5;
  posting.locations = {{"Berlin", "Berlin", "", "", "DE"}};
  caf::actor_system_config config;
  caf::actor_system system(config);
  caf::binary_serializer::container_type bytes;
  caf::binary_serializer out(system, bytes);
  REQUIRE_FALSE(out(posting));
  job_posting back;
  caf::binary_deserializer in(system, bytes);
  REQUIRE_FALSE(in(back));
  CHECK(back == posting);
}
