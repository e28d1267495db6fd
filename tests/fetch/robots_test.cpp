#include "actors/fetch/robots.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <functional>
#include <random>
#include <string>
#include <string_view>

using jobfarm::fetch::robots_rules;

namespace {

bool allows(std::string_view robots, std::string_view agent,
            std::string_view path) {
  return robots_rules(robots, agent)
      .allows("https://x.example" + std::string{path});
}

} // namespace

TEST_CASE("without a rule everything is allowed, robots.txt always") {
  CHECK(allows("", "jobfarm", "/a"));
  CHECK(allows("User-agent: *\nDisallow:\n", "jobfarm", "/a"));
  CHECK(allows("User-agent: *\nDisallow: /\n", "jobfarm", "/robots.txt"));
}

TEST_CASE("RFC 9309 2.2.1: the group of the agent, else that of everybody") {
  const auto* text = "User-agent: *\nDisallow: /\n"
                     "User-agent: JobFarm\nAllow: /\n";
  CHECK(allows(text, "jobfarm/0.1 (+https://x)", "/a"));
  CHECK_FALSE(allows(text, "jobfarmer", "/a"));
  CHECK_FALSE(allows("User-agent: a\nUser-agent: b\nDisallow: /\n", "a", "/x"));
  CHECK_FALSE(allows("User-agent: a\nSitemap: /s\nUser-agent: b\nDisallow: /\n",
                     "a", "/x"));
}

TEST_CASE("RFC 9309 2.2.2: the longest match decides, allow among equals") {
  const auto* text = "User-agent: *\nDisallow: /a\nAllow: /a/b\n"
                     "Disallow: /same\nAllow: /same\n";
  CHECK_FALSE(allows(text, "x", "/a/c"));
  CHECK(allows(text, "x", "/a/b/c"));
  CHECK(allows(text, "x", "/same"));
}

TEST_CASE("RFC 9309 2.2.3: stars and the end of a path") {
  const auto* text = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /q*x*z\n";
  CHECK_FALSE(allows(text, "x", "/a/b.pdf"));
  CHECK(allows(text, "x", "/a/b.pdf?c"));
  CHECK_FALSE(allows(text, "x", "/q1x2z3"));
  CHECK(allows(text, "x", "/q1z2x3"));
}

TEST_CASE("paths are compared with percent-encoding made one") {
  CHECK_FALSE(
      allows("User-agent: *\nDisallow: /caf\xC3\xA9\n", "x", "/caf%C3%A9"));
  CHECK_FALSE(allows("User-agent: *\nDisallow: /%7Ea\n", "x", "/~a"));
}

TEST_CASE("delay and sitemaps are read, mistakes tolerated") {
  robots_rules rules("\xEF\xBB\xBFUser-agent jobfarm\nCrawl-delay: 2.5\n"
                     "Sitemap: https://x/s.xml\nnonsense\nDisallow: /a # why\n",
                     "jobfarm");
  CHECK(rules.crawl_delay_s() == 2.5);
  CHECK(rules.sitemaps() == std::vector<std::string>{"https://x/s.xml"});
  CHECK_FALSE(rules.allows("https://x/a"));
}

TEST_CASE("any bytes are taken, in bounded time") {
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    std::string text(random() % 2000, '\0');
    for (auto& c : text)
      c = "UserAgent-allowDis: *$/\n#%"[random() % 26];
    CHECK_NOTHROW(allows(text, text.substr(0, 9), "/" + text));
  }
  std::string stars = "User-agent: *\nDisallow: /";
  for (int i = 0; i < 20'000; ++i)
    stars += "*a";
  CHECK(allows(stars, "x", '/' + std::string(20'000, 'b')));
  std::string hard = "User-agent: *\n";
  for (int i = 0; i < 100; ++i)
    hard += "Disallow: /*" + std::string(4000, 'a') + "b\n";
  auto begin = std::chrono::steady_clock::now();
  CHECK(allows(hard, "x", '/' + std::string(60'000, 'a')));
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{2});
}

TEST_CASE("a pattern matches where one of its readings does") {
  // By every way to share a path among the stars.
  std::function<bool(std::string_view, std::string_view)> matches =
      [&](std::string_view pattern, std::string_view path) {
        if (pattern.empty() || (pattern == "$" && path.empty()))
          return true;
        if (pattern[0] == '*') {
          for (std::size_t i = 0; i <= path.size(); ++i)
            if (matches(pattern.substr(1), path.substr(i)))
              return true;
          return false;
        }
        return !path.empty() && pattern[0] == path[0]
               && matches(pattern.substr(1), path.substr(1));
      };
  std::mt19937 random(11);
  for (int i = 0; i < 20'000; ++i) {
    std::string pattern = "/";
    std::string path = "/";
    for (auto n = random() % 7; n > 0; --n)
      pattern += "ab*"[random() % 3];
    if (random() % 2 == 0)
      pattern += '$';
    for (auto n = random() % 7; n > 0; --n)
      path += "ab"[random() % 2];
    INFO(pattern << " on " << path);
    REQUIRE(allows("User-agent: *\nDisallow: " + pattern + '\n', "x", path)
            != matches(pattern, path));
  }
}
