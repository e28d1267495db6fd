#include "actors/fetch/page_body.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <utility>

using jobfarm::fetch::page_body;

TEST_CASE("copies of a body share its bytes, which outlive the first of them") {
  auto first = std::make_unique<page_body>(std::string(1000, 'x'));
  auto second = *first;
  CHECK(second.view().data() == first->view().data());
  first.reset();
  CHECK(second.view() == std::string(1000, 'x'));
  CHECK(page_body{}.empty());
}

TEST_CASE("what is behind a body may be read, however it was made") {
  std::string exact(5000, 'x');
  exact.shrink_to_fit();
  for (const auto& body : {page_body{std::move(exact)}, page_body{"x"}}) {
    // As a checked build sees, this is memory of the body's own.
    auto behind = body.view().data() + body.size();
    unsigned sum = 0;
    for (std::size_t i = 0; i < page_body::readable_behind; ++i)
      sum |= static_cast<unsigned char>(behind[i]);
    CHECK(sum <= 0xFF);
  }
}

TEST_CASE("a body's room is used again for one that fills half of it") {
  const char* room = nullptr;
  {
    auto bytes = page_body::room_for(100'000);
    bytes.assign(100'000, 'x');
    room = bytes.data();
    page_body gone(std::move(bytes));
  }
  CHECK(page_body::room_for(30'000).data() != room);
  CHECK(page_body::room_for(200'000).data() != room);
  auto next = page_body::room_for(90'000);
  CHECK(next.data() == room);
  CHECK(next.empty());
  CHECK(page_body::room_for(90'000).data() != room);
}
