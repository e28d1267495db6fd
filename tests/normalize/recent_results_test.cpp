#include "actors/normalize/recent_results.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace jobfarm::normalize;

TEST_CASE("what was made of a key is made once while it is kept") {
  recent_results<std::string> recent;
  int made = 0;
  auto ask = [&](const std::string& key) {
    return recent.of(key, [&] {
      ++made;
      return key + '!';
    });
  };
  CHECK(ask("a") == "a!");
  CHECK(ask("a") == "a!");
  CHECK(made == 1);
  CHECK(ask("") == "!");
  CHECK(ask("") == "!");
  CHECK(made == 2);
}

TEST_CASE("many keys and long ones give their own results, in bounded room") {
  recent_results<std::string, 8> recent;
  for (int round = 0; round < 3; ++round)
    for (int i = 0; i < 1000; ++i) {
      std::string key(static_cast<std::size_t>(i), 'k');
      CHECK(recent.of(key, [&] { return key; }) == key);
    }
}

TEST_CASE("texts joined otherwise are another key") {
  auto first = joined_key{}.add("ab").add("c");
  auto is_first = [&](const joined_key& other) {
    return std::string_view{first} == std::string_view{other};
  };
  CHECK(is_first(joined_key{}.add("ab").add("c")));
  CHECK_FALSE(is_first(joined_key{}.add("a").add("bc")));
  CHECK_FALSE(is_first(joined_key{}.add("abc")));
  CHECK_FALSE(is_first(joined_key{}.add("ab").add("c").add("")));
}

TEST_CASE("of a key of many texts only its length is known: it is not kept") {
  const std::string half(longest_key / 2, 'k');
  joined_key key;
  key.add(half).add(half).add("").add("a");
  recent_results<int> recent;
  int made = 0;
  for (int round = 0; round < 2; ++round)
    CHECK(recent.of(key, [&] { return ++made; }) == round + 1);
}

TEST_CASE("two keys of one place do not drive each other out") {
  recent_results<std::string, 2> recent;
  int made = 0;
  auto ask = [&](const std::string& key) {
    recent.of(key, [&] {
      ++made;
      return key;
    });
  };
  for (int round = 0; round < 3; ++round) {
    ask("a");
    ask("b");
  }
  CHECK(made == 2);
  ask("c");
  ask("b");
  CHECK(made == 3);
  ask("a");
  CHECK(made == 4);
}
