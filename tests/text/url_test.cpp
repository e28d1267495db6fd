#include "actors/text/url.hpp"

#include <catch2/catch.hpp>

#include <iterator>
#include <random>
#include <string>

using namespace jobfarm::text;

namespace {

std::string canonical(std::string_view url) {
  auto result = canonical_url(url);
  return result ? *result : "refused";
}

} // namespace

TEST_CASE("a canonical URL has one spelling") {
  CHECK(canonical("HTTPS://Jobs.Example.COM:443/a/./b/../c/?b=2&a=1#top")
        == "https://jobs.example.com/a/c?a=1&b=2");
  CHECK(canonical("http://example.com") == "http://example.com/");
  CHECK(canonical("http://example.com/%7euser/%2f")
        == "http://example.com/~user/%2F");
  CHECK(canonical("https://x.com/#!/jobs/1") == "https://x.com/#!/jobs/1");
}

TEST_CASE("tracking goes, identity stays") {
  CHECK(canonical("https://stripe.com/jobs/search?gh_jid=7&gh_src=x&utm_a=b")
        == "https://stripe.com/jobs/search?gh_jid=7");
  CHECK(canonical("https://jobs.lever.co/a/1?lever-source[]=LinkedIn&source=x")
        == "https://jobs.lever.co/a/1");
  CHECK(canonical("https://example.com/1?source=x")
        == "https://example.com/1?source=x");
}

TEST_CASE("what is no web address is refused") {
  for (auto url :
       {"", "file:/etc/passwd", "javascript:alert(1)", "/jobs/1", "https://",
        "https://://a.b/c", "https://:443/a", "http://user@/a",
        "https://a.:b/c", "https://a b/c", "https://a::/b"})
    CHECK(canonical(url) == "refused");
}

TEST_CASE("a delimiter within a host stays encoded") {
  CHECK(canonical("http://a%2Fb.example/c") == "http://a%2fb.example/c");
  CHECK(canonical("http://ex%61mple.com/") == "http://example.com/");
}

TEST_CASE("canonical is idempotent") {
  for (auto url : {"http://a.b/c d?x=%zz&y=[1]",
                   "https://b\xC3\xBC"
                   "cher.de/\xE4",
                   "http://[::1]:8080/a//b/"})
    CHECK(canonical(canonical(url)) == canonical(url));
}

TEST_CASE("what is written encoded is read before it is judged") {
  CHECK(canonical("https://example.com/%2e%2e/x") == "https://example.com/x");
  CHECK(canonical("https://example.com/a/%2E/b") == "https://example.com/a/b");
  CHECK(canonical("https://example.com/?%75tm_source=1&x=1")
        == "https://example.com/?x=1");
  CHECK(canonical("https://example.com:0443/a") == "https://example.com/a");
  CHECK(canonical("http://example.com:00080/a") == "http://example.com/a");
  CHECK(canonical("http://example.com:08080/a") == "http://example.com:8080/a");
  CHECK(canonical("http://example.com:000/a") == "http://example.com:0/a");
}

TEST_CASE("a host that only another reading could end is refused") {
  for (auto url : {"http://a:80:/b", "http://[::1]:80:/b", "http://a\uff1a80/",
                   "http://\uff05\uff14\uff11/", "http://a\uff0fb/"})
    CHECK(canonical(url) == "refused");
}

TEST_CASE("the canonical form of a canonical form is itself") {
  constexpr const char* parts[] = {
      "http", "https", ":",      "//",   "/",      "?",
      "#",    "@",     "&",      "=",    ".",      "..",
      "%2e",  "%2F",   "%",      "%25",  "%75",    "tm_",
      "utm_", "%3D",   "a",      "B",    "80",     "443",
      "0",    "[",     "]",      "::1",  "\uff1a", "\uff05",
      "41",   "%41",   "\u00fc", "\xff", " ",      "greenhouse.io",
      "src",  "!",     ";",      "\\",   "%5B",    "%3a",
      "jk",   "x.com", "\t"};
  std::minstd_rand random(7);
  auto kept = 0;
  for (int round = 0; round < 40'000; ++round) {
    std::string url = round % 2 == 0 ? "https://x" : "http://";
    for (auto length = random() % 12; length > 0; --length)
      url += parts[random() % std::size(parts)];
    auto once = canonical_url(url);
    if (!once)
      continue;
    ++kept;
    INFO(url);
    REQUIRE(canonical(*once) == *once);
  }
  CHECK(kept > 4'000);
}

TEST_CASE("references resolve against their page") {
  CHECK(*resolve_url("https://a.com/x/y?q", "../z") == "https://a.com/z");
  CHECK(*resolve_url("https://a.com/x/y?q", "//b.com/z") == "https://b.com/z");
  CHECK(*resolve_url("https://a.com", "z") == "https://a.com/z");
  CHECK(authority_of("https://u:p@A.com:81/x") == "a.com:81");
  CHECK(percent_encode("a b&\xC3\xA9") == "a%20b%26%C3%A9");
}
