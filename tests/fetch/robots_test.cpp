#include "actors/fetch/robots.hpp"

#include <catch2/catch.hpp>

#include <random>

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
}
