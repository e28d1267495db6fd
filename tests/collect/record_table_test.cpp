#include "actors/collect/record_table.hpp"

#include "tests/collect/committed.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>

using namespace jobfarm;
using namespace jobfarm::collect;

namespace {

struct table_under_test {
  std::shared_ptr<store::memory_store> disk =
      std::make_shared<store::memory_store>();
  store::pending_view view{disk};
  index_keys keys{view};
  first_holders holders{view};
  index_marks marks{keys, holders};
  record_table records{view, keys, marks};

  table_under_test() {
    REQUIRE(keys.open());
    REQUIRE(holders.open());
  }

  std::string add(std::string description) {
    job_posting one;
    one.id = std::string(32, 'a');
    one.description = std::move(description);
    REQUIRE(records.begin(one));
    view.put_posting(store::share(std::move(one)));
    test::commit(*disk, view);
    return std::string(32, 'a');
  }
};

std::string numbers_to(int end) {
  std::string text;
  for (auto i = 0; i < end; ++i)
    text += std::to_string(i) + ' ';
  return text;
}

} // namespace

TEST_CASE("texts that were compared are kept, but not those of any length") {
  for (auto words : {800, 60'000, 70'000}) {
    table_under_test test;
    const auto id = test.add(numbers_to(words));
    REQUIRE(test.records.evidence(id));
    const auto first = *test.records.text(id);
    CHECK(first->size() == static_cast<std::size_t>(words) - 2);
    CHECK((first == *test.records.text(id)) == (words < 65'536));
  }
}

TEST_CASE("nor is a long text that says the same again and again") {
  table_under_test test;
  std::string text;
  while (text.size() < (1u << 20))
    text += "on and on and ";
  const auto id = test.add(std::move(text));
  const auto first = *test.records.text(id);
  CHECK(first->size() == 2);
  CHECK(first != *test.records.text(id));
}
