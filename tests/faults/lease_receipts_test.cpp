#include "nodes/link/lease_receipts.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using nodes::link_layer::lease_receipts;

namespace {

using numbers = std::vector<std::int64_t>;

link::lent_task lent(std::int64_t lease) {
  link::lent_task made;
  made.lease = lease;
  return made;
}

/// What is sent again after so many beats that name `held`.
numbers again(lease_receipts& receipts, const numbers& held, int beats) {
  numbers all;
  for (int i = 0; i < beats; ++i)
    for (const auto& one : receipts.stated(held))
      all.push_back(one.lease);
  return all;
}

} // namespace

TEST_CASE("a lease that no beat names is sent again, until one does") {
  lease_receipts receipts;
  receipts.sent(lent(1));
  receipts.sent(lent(2));
  CHECK(again(receipts, {2}, lease_receipts::patience - 1).empty());
  CHECK(again(receipts, {}, 1) == numbers{1});
  CHECK(again(receipts, {}, lease_receipts::patience) == numbers{1});
  CHECK(again(receipts, {1}, 100).empty());
}

TEST_CASE("what was named once is not sent again when it is done") {
  lease_receipts receipts;
  receipts.sent(lent(1));
  CHECK(again(receipts, {1}, 1).empty());
  CHECK(again(receipts, {}, 100).empty());
}

TEST_CASE("a lease that was done before any beat has come as well") {
  lease_receipts receipts;
  receipts.sent(lent(1));
  receipts.arrived(1);
  CHECK(again(receipts, {}, 100).empty());
}
