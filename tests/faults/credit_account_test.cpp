#include "nodes/link/credit_account.hpp"

#include <catch2/catch.hpp>

using jobfarm::nodes::link_layer::credit_account;

namespace {

/// What is asked for in all while a worker states the same again and again.
std::uint32_t told(credit_account& account, std::uint32_t credit, int times) {
  std::uint32_t asked = 0;
  for (int i = 0; i < times; ++i)
    asked += account.stated(credit);
  return asked;
}

} // namespace

TEST_CASE("a count that is right is left alone") {
  credit_account account;
  CHECK(account.pulled(8) == 8);
  account.lent(3);
  CHECK(told(account, 5, 100) == 0);
}

TEST_CASE("a pull that got lost is made up for, once") {
  credit_account account;
  CHECK(account.pulled(8) == 8);
  // The worker has pulled four more.
  CHECK(told(account, 12, credit_account::patience - 1) == 0);
  CHECK(account.stated(12) == 4);
  CHECK(told(account, 12, 100) == 0);
}

TEST_CASE("a lease on its way is no lost one") {
  credit_account account;
  account.pulled(8);
  account.lent(2);
  CHECK(told(account, 8, credit_account::patience - 1) == 0);
  CHECK(told(account, 6, 100) == 0);
}

TEST_CASE("only what all statements agree on is made up for") {
  credit_account account;
  account.pulled(4);
  CHECK(told(account, 9, 3) == 0);
  CHECK(told(account, 6, credit_account::patience - 3) == 2);
}

TEST_CASE("a pull that came twice is taken off those that follow") {
  credit_account account;
  account.pulled(5);
  account.pulled(5);
  CHECK(told(account, 5, credit_account::patience) == 0);
  CHECK(account.pulled(3) == 0);
  CHECK(account.pulled(3) == 1);
  CHECK(account.pulled(3) == 3);
}

TEST_CASE("more is lent than is known of: the count stays at nought") {
  credit_account account;
  account.pulled(1);
  account.lent(5);
  CHECK(account.pulled(2) == 2);
  CHECK(told(account, 2, 100) == 0);
}
