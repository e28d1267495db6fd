#include "actors/collect/block_entries.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>

using namespace jobfarm;
using namespace jobfarm::collect;
using dedupe::lane;

namespace {

struct made_entry {
  record_name record{};
  dedupe::block_entry entry;

  entry_lanes lanes() const {
    entry_lanes written;
    write_entry(written, record, entry);
    return written;
  }

  entry_lanes asked() const {
    auto written = lanes();
    written.erase(written.begin(), written.begin() + entry_head_lanes);
    return written;
  }
};

/// Entries of few lanes and facts, so that many are shared; some lanes differ
/// in their upper bits only.
class entry_maker {
public:
  entry_maker(std::size_t bands, std::size_t marks, unsigned seed)
      : bands_(bands), marks_(marks), random_(seed) {
  }

  made_entry make() {
    made_entry made;
    for (auto& byte : made.record)
      byte = static_cast<char>(random_() % 255 + 1);
    made.entry.block = 1;
    made.entry.known = {some(3), some(2), some(3), some(2)};
    made.entry.bands.resize(bands_);
    for (auto& one : made.entry.bands)
      one = some_lane();
    made.entry.marks.resize(marks_);
    for (std::size_t i = random_() % (marks_ + 1); i > 0; --i)
      made.entry.marks[i - 1] = some_lane();
    return made;
  }

  std::size_t below(std::size_t end) {
    return random_() % end;
  }

private:
  std::uint16_t some(unsigned end) {
    return static_cast<std::uint16_t>(random_() % end);
  }

  lane some_lane() {
    constexpr std::array<lane, 4> upper{0, 0x2000, 0x8000, 0xe000};
    return random_() % 4 == 0
               ? lane{0}
               : static_cast<lane>(upper[random_() % 4] + some(12));
  }

  std::size_t bands_;
  std::size_t marks_;
  std::mt19937 random_;
};

/// What a block holds, in the plainest form: nothing where one was taken out.
using plain_block = std::vector<std::optional<made_entry>>;

using names = std::set<std::string>;

std::string name_of(const record_name& record) {
  return id_of(record);
}

bool has_lane(const made_entry& one, const entry_lanes& asked, std::size_t i,
              std::size_t bands) {
  const auto theirs = one.asked();
  if (i < bands)
    return theirs[i] == asked[i];
  return std::find(theirs.begin() + static_cast<std::ptrdiff_t>(bands),
                   theirs.end(), asked[i])
         != theirs.end();
}

names plainly_with(const plain_block& all, const entry_lanes& asked,
                   std::size_t i, std::size_t bands) {
  names found;
  for (const auto& one : all)
    if (one && has_lane(*one, asked, i, bands))
      found.insert(name_of(one->record));
  return found;
}

names plainly_sharing(const plain_block& all, const made_entry& own,
                      std::size_t bands) {
  names found;
  const auto asked = own.asked();
  for (const auto& one : all)
    for (std::size_t i = 0; one && i < asked.size(); ++i)
      if (asked[i] != 0 && has_lane(*one, asked, i, bands)
          && !differ(own.entry.known, one->entry.known))
        found.insert(name_of(one->record));
  return found;
}

void check_same(const block_entries& block, const plain_block& plain,
                const made_entry& own, std::size_t bands) {
  const auto asked = own.asked();
  names sharing;
  block.sharing(asked.data(), own.entry.known,
                [&](const auto& record) { sharing.insert(name_of(record)); });
  REQUIRE(sharing == plainly_sharing(plain, own, bands));
  for (std::size_t i = 0; i < asked.size(); ++i) {
    if (asked[i] == 0)
      continue;
    const auto wanted = plainly_with(plain, asked, i, bands);
    names with;
    for (const auto& record : block.records_with(asked.data(), i))
      REQUIRE(with.insert(name_of(record)).second);
    REQUIRE(with == wanted);
    for (std::size_t enough : {0u, 1u, 5u, 40u, 1000u}) {
      const auto count = block.count(asked.data(), i, enough);
      REQUIRE(count >= wanted.size());
      REQUIRE((count < enough || count == wanted.size()));
    }
  }
}

} // namespace

TEST_CASE("a block finds by lanes what a plain search finds, small or large, "
          "as entries come and go") {
  for (auto [bands, marks, scanned] :
       {std::array<std::size_t, 3>{24, dedupe::company_marks, 20},
        {24, dedupe::company_marks, 1000},
        {18, dedupe::title_marks, 0},
        {72, dedupe::title_marks, 100}}) {
    INFO(bands << " bands, " << scanned << " scanned");
    entry_maker maker(bands, marks, static_cast<unsigned>(scanned));
    const auto first = maker.make();
    block_entries block(entry_shape(first.entry), scanned);
    plain_block plain;
    CHECK(block.find(first.record) == 0);
    for (int round = 0; round < 600; ++round) {
      auto next = maker.make();
      const auto place = block.free_place();
      if (place == plain.size()) {
        block.add(next.lanes().data());
        plain.push_back(next);
      } else {
        REQUIRE_FALSE(plain[place]);
        const entry_lanes blank(block.entry_size());
        block.replace(place, blank.data(), next.lanes().data());
        plain[place] = next;
      }
      REQUIRE(block.size() == plain.size());
      REQUIRE(block.record(place) == next.record);
      if (maker.below(3) == 0) {
        const auto out = maker.below(plain.size());
        if (auto& old = plain[out]) {
          REQUIRE(block.find(old->record) == out);
          const entry_lanes blank(block.entry_size());
          block.replace(out, old->lanes().data(), blank.data());
          REQUIRE(block.find(old->record) == block.size());
          old.reset();
        }
      }
      if (round % 5 == 0)
        check_same(block, plain, maker.make(), bands);
    }
    CHECK(block.size() > 300);
    CHECK(block.has_lanes() == (block.size() <= scanned));
    CHECK(block.bytes() > block.size() * 100);
  }
}

TEST_CASE("a block in memory gives its entries back as they were") {
  entry_maker maker(24, dedupe::company_marks, 1);
  const auto one = maker.make();
  const auto other = maker.make();
  block_entries block(entry_shape(one.entry), 10);
  block.add(one.lanes().data());
  block.add(other.lanes().data());
  entry_lanes written;
  block.write(written, 0);
  CHECK(written == one.lanes());
  block.write(written, 1);
  CHECK(written.size() == 2 * block.entry_size());
  CHECK(std::equal(written.begin()
                       + static_cast<std::ptrdiff_t>(block.entry_size()),
                   written.end(), other.lanes().begin()));
}

TEST_CASE("a block of 100,000 entries takes less than 200 bytes each") {
  entry_maker maker(24, dedupe::company_marks, 2);
  block_entries block(entry_shape(maker.make().entry), 2000);
  std::mt19937 random(3);
  for (int i = 0; i < 100'000; ++i) {
    auto one = maker.make();
    for (auto& band : one.entry.bands)
      band = static_cast<lane>(random());
    for (auto& mark : one.entry.marks)
      mark =
          static_cast<lane>(&mark - one.entry.marks.begin() < 6 ? random() : 0);
    block.add(one.lanes().data());
  }
  // Vectors may have room for twice as many.
  CHECK(block.bytes() < 2 * 200 * 100'000);
  CHECK(block.count(maker.make().asked().data(), 0, 2000) < 2000);
}
