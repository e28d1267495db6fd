#include "actors/sources/liveness.hpp"
#include "actors/sources/wall.hpp"
#include "tests/sources/page_fixture.hpp"

#include <filesystem>
#include <random>

using namespace jobfarm;
using namespace jobfarm::test;

namespace {

const sources::source* const page_sources[] = {
    &sources::indeed, &sources::linkedin, &sources::ziprecruiter,
    &sources::jsonld};

/// Every answer is postings, an honest empty, requests, or a failure.
void check_all(const std::string& bytes) {
  for (auto source : page_sources) {
    auto page =
        source->parse(bytes, context_for("https://site.example/a?start=10"));
    if (page && page->verdict == answer::empty)
      CHECK(page->postings.empty());
    if (!page)
      CHECK_FALSE(page.error().detail.empty());
    if (page)
      for (const auto& raw : page->postings)
        CHECK((!raw.title.empty() && raw.source == source->traits.name));
  }
  sources::judge_body(bytes);
  sources::judge_liveness({200, {}, {}, bytes});
}

std::vector<std::string> fixtures() {
  std::vector<std::string> all;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(data_dir() / "sources"))
    if (entry.path().extension() == ".html")
      all.push_back(read_file(entry.path()));
  return all;
}

} // namespace

TEST_CASE("every prefix of a page is answered") {
  for (const auto& page : fixtures())
    for (std::size_t cut = 0; cut < page.size(); cut += 17)
      check_all(page.substr(0, cut));
}

TEST_CASE("every mutation of a page is answered") {
  std::mt19937 random{20261124};
  for (const auto& page : fixtures())
    for (int round = 0; round < 60; ++round) {
      auto bytes = page;
      for (int i = 0; i < 4 && !bytes.empty(); ++i) {
        auto at = random() % bytes.size();
        switch (random() % 3) {
          case 0: bytes[at] = static_cast<char>(random()); break;
          case 1: bytes.erase(at, random() % 40); break;
          default: bytes.insert(at, bytes.substr(random() % bytes.size(), 40));
        }
      }
      check_all(bytes);
    }
}

TEST_CASE("hostile repetitions take linear time") {
  for (std::string unit :
       {"<script type=\"application/ld+json\">", "<!--", "<", "</", "{\"",
        "{\"a\":\"", "<!-- {", "__next_f.push([", "<h1>", "\"\\", "[{",
        "<div data-entity-urn=\"urn:li:jobPosting:1\">",
        "<h3 class=base-search-card__title>", "<a data-jk=1>",
        "<h2 class=jobTitle>", "providerData[\"mosaic-provider-jobcards",
        "&quot;", "<a b='"}) {
    std::string bytes;
    while (bytes.size() < 300000)
      bytes += unit;
    INFO(unit);
    check_all(bytes);
    check_all("<script type='application/ld+json'>" + bytes);
  }
}
