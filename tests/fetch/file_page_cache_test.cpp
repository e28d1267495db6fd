#include "actors/fetch/file_page_cache.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include <sys/stat.h>

using namespace jobfarm;
using namespace jobfarm::fetch;

namespace fs = std::filesystem;

namespace {

cached_page_ptr page_of(std::string body, std::string etag = "\"1\"") {
  auto page = std::make_shared<cached_page>();
  page->body = std::move(body);
  page->etag = std::move(etag);
  return page;
}

struct scratch {
  scratch()
      : path(fs::temp_directory_path()
             / ("jobfarm-pages-" + std::to_string(std::random_device{}()))) {
  }
  ~scratch() {
    fs::remove_all(path);
  }
  fs::path path;
};

std::string bytes_of(const fs::path& file) {
  std::string bytes(fs::file_size(file), '\0');
  std::ifstream(file, std::ios::binary)
      .read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return bytes;
}

void write_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
}

} // namespace

TEST_CASE("a page on disk tells until when it is fresh") {
  scratch dir;
  const auto path = dir.path.string();
  auto page = std::make_shared<cached_page>(*page_of(std::string(9000, 'x')));
  page->fresh_until = 1234;
  page->sitemaps = "https://a.example/sitemap.xml";
  {
    auto cache = *open_file_page_cache(path, 1u << 20);
    cache->put("k", page);
    CHECK(cache->fresh_until("k") == 1234);
    CHECK(cache->fresh_until("other") == 0);
  }
  auto cache = *open_file_page_cache(path, 1u << 20);
  CHECK(cache->fresh_until("k") == 1234);
  page->sitemaps = std::string(9000, 'x');
  cache->put("k", page);
  CHECK(cache->fresh_until("k") == 0);
  write_bytes(dir.path / "1.pages", "cut off");
  CHECK(cache->fresh_until("k") == 0);
}

TEST_CASE("pages on disk outlive a start and stay within their bound") {
  scratch dir;
  {
    auto cache = open_file_page_cache(dir.path.string(), 100u << 10);
    REQUIRE(cache);
    for (int i = 0; i < 50; ++i)
      (*cache)->put("k" + std::to_string(i), page_of(std::string(5000, 'x')));
    (*cache)->put("k49", page_of("newer"));
  }
  auto cache = open_file_page_cache(dir.path.string(), 100u << 10);
  REQUIRE(cache);
  int left = 0;
  for (int i = 0; i < 50; ++i)
    left += (*cache)->get("k" + std::to_string(i)) != nullptr;
  CHECK(left >= 15);
  CHECK(left <= 21);
  CHECK((*cache)->get("k49")->body == "newer");
  CHECK_FALSE((*cache)->get("k0"));
}

TEST_CASE("pages are many a file, and the last file is grown further") {
  scratch dir;
  for (int run = 0; run < 5; ++run) {
    auto cache = *open_file_page_cache(dir.path.string(), 10u << 20);
    for (int i = 0; i < 10; ++i)
      cache->put(std::to_string(run) + "/" + std::to_string(i), page_of("x"));
  }
  CHECK(std::distance(fs::directory_iterator(dir.path), {}) == 2);
  auto cache = *open_file_page_cache(dir.path.string(), 10u << 20);
  for (int run = 0; run < 5; ++run)
    for (int i = 0; i < 10; ++i)
      CHECK(cache->get(std::to_string(run) + "/" + std::to_string(i)));
}

TEST_CASE("a cache that is closed takes no more of the disk than its pages") {
  scratch dir;
  (*open_file_page_cache(dir.path.string(), 1u << 30))->put("k", page_of("x"));
  struct stat about {};
  REQUIRE(::stat((dir.path / "1.pages").c_str(), &about) == 0);
  CHECK(about.st_blocks * 512 <= 64 << 10);
  auto again = *open_file_page_cache(dir.path.string(), 1u << 30);
  again->put("j", page_of("y"));
  CHECK(again->get("k")->body == "x");
  CHECK(again->get("j")->body == "y");
}

TEST_CASE("pages in use stay when others go") {
  scratch dir;
  auto cache = *open_file_page_cache(dir.path.string(), 100u << 10);
  for (int i = 0; i < 100; ++i) {
    cache->put("k" + std::to_string(i), page_of(std::string(4000, 'x')));
    cache->get("k0");
  }
  CHECK(cache->get("k0"));
  CHECK(cache->get("k99"));
  CHECK_FALSE(cache->get("k1"));
}

TEST_CASE("a spoilt page is a miss, and so is another key's") {
  scratch dir;
  auto path = dir.path / "1.pages";
  auto cache = *open_file_page_cache(dir.path.string(), 100u << 10);
  cache->put("k", page_of("body"));
  REQUIRE(cache->get("k"));
  auto whole = bytes_of(path);
  for (std::size_t i = 0; i < whole.size(); ++i) {
    auto spoilt = whole;
    spoilt[i] ^= 1;
    write_bytes(path, spoilt);
    CHECK_FALSE(cache->get("k"));
    write_bytes(path, whole.substr(0, i));
    CHECK_FALSE(cache->get("k"));
  }
  write_bytes(path, whole);
  CHECK(cache->get("k"));
  scratch elsewhere;
  auto other = *open_file_page_cache(elsewhere.path.string(), 100u << 10);
  other->put("j", page_of("body"));
  write_bytes(path, bytes_of(elsewhere.path / "1.pages"));
  CHECK_FALSE(cache->get("k"));
}

TEST_CASE("whatever a killed process leaves, what it wrote before is there") {
  scratch dir;
  auto pages = dir.path / "1.pages";
  auto index = dir.path / "1.index";
  auto open = [&] {
    return *open_file_page_cache(dir.path.string(), 100u << 10);
  };
  open()->put("first", page_of("one"));
  auto first_pages = bytes_of(pages);
  auto first_index = bytes_of(index);
  open()->put("second", page_of("two"));
  auto both_pages = bytes_of(pages);
  auto both_index = bytes_of(index);
  for (auto left = first_pages.size(); left < both_pages.size(); ++left)
    for (auto known : {first_index, both_index}) {
      write_bytes(pages, both_pages.substr(0, left));
      write_bytes(index, known);
      auto cache = open();
      CHECK(cache->get("first")->body == "one");
      CHECK_FALSE(cache->get("second"));
      cache->put("third", page_of("three"));
      CHECK(open()->get("third")->body == "three");
    }
  write_bytes(pages, both_pages);
  for (auto left = first_index.size(); left < both_index.size(); ++left) {
    write_bytes(index, both_index.substr(0, left));
    CHECK(open()->get("first")->body == "one");
    CHECK_FALSE(open()->get("second"));
    open()->put("third", page_of("three"));
    CHECK(open()->get("third")->body == "three");
  }
}

TEST_CASE("a place that cannot hold pages is told") {
  scratch dir;
  std::ofstream(dir.path) << "a file";
  auto cache = open_file_page_cache(dir.path.string(), 100u << 10);
  REQUIRE_FALSE(cache);
  CHECK(cache.error().code == errc::store_failed);
}

TEST_CASE("what is no segment, or cannot be read, costs no more than itself") {
  scratch dir;
  std::vector<std::string> told;
  auto open = [&] {
    return *open_file_page_cache(
        dir.path.string(), 100u << 10,
        [&](const failure& why) { told.push_back(why.detail); });
  };
  open()->put("k", page_of("body"));
  CHECK(told.empty());
  SECTION("other things have its name") {
    for (const auto* name : {"01.pages", "4294967295.pages", "x.pages"})
      write_bytes(dir.path / name, "what?");
    fs::create_directory(dir.path / "3.pages");
    fs::create_symlink("nowhere", dir.path / "2.pages");
    REQUIRE(::mkfifo((dir.path / "4.pages").c_str(), 0600) == 0);
    auto cache = open();
    REQUIRE(told.size() == 1);
    CHECK(told[0].find(".pages: not a file") != std::string::npos);
    for (int i = 0; i < 40; ++i)
      cache->put("k" + std::to_string(i), page_of(std::string(2000, 'x')));
    CHECK(cache->get("k39"));
    CHECK(open()->get("k39"));
    CHECK(open()->get("k"));
  }
  SECTION("the last one cannot be grown") {
    auto index = dir.path / GENERATE("1.index", "1.pages");
    fs::remove(index);
    fs::create_directory(index);
    auto cache = open();
    CHECK_FALSE(cache->get("k"));
    cache->put("j", page_of("grown elsewhere"));
    CHECK(cache->get("j"));
    CHECK(told.size() == 1);
    CHECK(open()->get("j"));
  }
  SECTION("a page is spoilt") {
    auto bytes = bytes_of(dir.path / "1.pages");
    bytes.back() ^= 1;
    write_bytes(dir.path / "1.pages", bytes);
    auto cache = open();
    CHECK_FALSE(cache->get("k"));
    CHECK_FALSE(cache->get("k"));
    REQUIRE(told.size() == 1);
    CHECK(told[0].find("1.pages: a page is spoilt") != std::string::npos);
    cache->put("k", page_of("again"));
    CHECK(cache->get("k")->body == "again");
  }
}
