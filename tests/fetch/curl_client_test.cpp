#include "actors/fetch/curl_client.hpp"

#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <future>
#include <string>

#include <sys/resource.h>

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

using nodes::server_request;
using nodes::server_response;

/// A gzip stream of `size` zeros and then some, 13 bits for 258 of them (RFC
/// 1951 3.2.6: length code 285 at distance 1).
std::string gzip_bomb(std::size_t size) {
  std::string out("\x1F\x8B\x08\0\0\0\0\0\0\x03", 10);
  unsigned bits = 0;
  int count = 0;
  auto put = [&](unsigned value, int width) {
    bits |= value << count;
    for (count += width; count >= 8; count -= 8, bits >>= 8)
      out += static_cast<char>(bits & 0xFF);
  };
  put(0b011, 3);      // last block, fixed codes
  put(0b00001100, 8); // a zero, most significant bit first
  for (std::size_t done = 1; done < size; done += 258) {
    put(0b10100011, 8); // 285
    put(0, 5);          // distance 1
  }
  put(0, 15);
  return out;
}

/// Kilobytes this process has in memory at most so far.
long peak_kb() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return used.ru_maxrss;
}

/// A server that misbehaves by path.
server_response misbehave(const server_request& request) {
  server_response response;
  response.body = "hello";
  const auto& path = request.target;
  if (path == "/slow")
    response.delay = 5s;
  else if (path == "/reset")
    response.reset = true;
  else if (path == "/cut")
    response.cut_after = 2;
  else if (path == "/large")
    response.body.assign(2u << 20, 'x');
  else if (path == "/loop")
    response.status = 302, response.headers = {{"Location", "/loop"}};
  else if (path == "/once")
    response.status = 301, response.headers = {{"Location", "/ok"}};
  else if (path == "/away")
    response.status = 302,
    response.headers = {{"Location", "http://169.254.169.254/meta"}};
  else if (path == "/file")
    response.status = 302,
    response.headers = {{"Location", "file:///etc/hosts"}};
  else if (path == "/far") // a long body, and on to where nobody listens
    response.status = 302,
    response.headers = {{"Location", "http://127.0.0.1:1/"}},
    response.body.assign(5000, 'x');
  else if (path == "/long")
    response.status = 302,
    response.headers = {{"Location", '/' + std::string(9000, 'x')}};
  else if (path == "/407")
    response.status = 407;
  else if (path == "/echo")
    response.body = request.method + ' ' + request.body + ' '
                    + std::string{request.header("x-test")};
  else if (path == "/bomb")
    response.headers = {{"Content-Encoding", "gzip"}},
    response.body = gzip_bomb(1u << 30);
  else if (path.substr(0, 9) == "/headers/") {
    response.status = 302;
    auto next = std::stoi(path.substr(9)) + 1;
    response.headers = {{"Location", "/headers/" + std::to_string(next)},
                        {"X-Fill", std::string(20'000, 'x')}};
  } else if (path.substr(0, 4) == "/to/")
    response.status = 302,
    response.headers = {{"Location", "http://" + path.substr(4)}};
  else if (path.substr(0, 5) == "/via?")
    response.status = 307, response.headers = {{"Location", path.substr(5)}};
  else if (path == "/who")
    response.body = std::string{request.header("authorization")};
  else if (path == "/503")
    response.status = 503, response.headers = {{"Retry-After", "7"}};
  return response;
}

struct rig {
  explicit rig(http_client_options options = {}) {
    options.allowed_hosts.emplace_back("127.0.0.1");
    if (options.limits.total_timeout == http_limits{}.total_timeout)
      options.limits.total_timeout = 500ms;
    if (options.limits.max_body_bytes == http_limits{}.max_body_bytes)
      options.limits.max_body_bytes = 1u << 20;
    client = make_curl_client(std::move(options));
  }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }

  expected<http_response> get(const std::string& full_url) {
    http_request request;
    request.url = full_url;
    return send(std::move(request));
  }

  expected<http_response> send(http_request request) {
    std::promise<expected<http_response>> done;
    client->fetch(std::move(request), [&](expected<http_response> got) {
      done.set_value(std::move(got));
    });
    return done.get_future().get();
  }

  std::unique_ptr<nodes::http_server> server =
      *nodes::http_server::start({}, misbehave);
  std::unique_ptr<http_client> client;
};

errc code_of(const expected<http_response>& got) {
  REQUIRE_FALSE(got);
  return got.error().code;
}

} // namespace

TEST_CASE("a page is fetched with status, headers, body and address") {
  rig r;
  auto got = r.get(r.url("/once"));
  REQUIRE(got);
  CHECK(got->status == 200);
  CHECK(got->body == "hello");
  CHECK(got->final_url == r.url("/ok"));
  auto refused = r.get(r.url("/503"));
  REQUIRE(refused);
  CHECK(refused->status == 503);
  CHECK(std::any_of(refused->headers.begin(), refused->headers.end(),
                    [](const http_header& one) {
                      return one.name == "retry-after" && one.value == "7";
                    }));
}

TEST_CASE("methods, bodies and headers go out as asked") {
  rig r;
  http_request request;
  request.method = "POST";
  request.url = r.url("/echo");
  request.headers = {{"X-Test", "yes"}};
  request.body = "{}";
  CHECK(r.send(request)->body == "POST {} yes");
}

TEST_CASE("each way to fail has its code") {
  rig r;
  CHECK(code_of(r.get(r.url("/slow"))) == errc::timeout);
  CHECK(code_of(r.get(r.url("/reset"))) == errc::connect_failed);
  CHECK(code_of(r.get(r.url("/cut"))) == errc::bad_payload);
  CHECK(code_of(r.get(r.url("/large"))) == errc::too_large);
  CHECK(code_of(r.get(r.url("/loop"))) == errc::http_error);
  CHECK(code_of(r.get("http://127.0.0.1:1/")) == errc::connect_failed);
  CHECK(code_of(r.get("http://no-such-host.invalid/")) == errc::dns_failed);
}

TEST_CASE(
    "a redirect whose body was cut does not hide how the next hop ended") {
  rig r;
  http_request request;
  request.url = r.url("/far");
  http_order order(std::move(request));
  order.first_bytes = 1000;
  std::promise<expected<http_response>> done;
  r.client->fetch(std::move(order), [&](expected<http_response> got) {
    done.set_value(std::move(got));
  });
  auto got = done.get_future().get();
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::connect_failed);
}

TEST_CASE("without a proxy, 407 is the site's own answer") {
  rig r;
  auto got = r.get(r.url("/407"));
  REQUIRE(got);
  CHECK(got->status == 407);
}

TEST_CASE("private addresses and other schemes are refused on every hop") {
  rig r;
  for (const auto* path : {"/away", "/file"})
    CHECK(code_of(r.get(r.url(path))) == errc::blocked_address);
  for (const auto* url :
       {"http://169.254.169.254/", "http://[::1]/", "http://10.0.0.1/",
        "http://2130706434/", "file:///etc/passwd", "gopher://127.0.0.1/"})
    CHECK(code_of(r.get(url)) == errc::blocked_address);
}

TEST_CASE("a redirect to an address inside is refused in every spelling") {
  rig r;
  for (const auto* inside :
       {"169.254.169.254/", "[::1]/", "[::ffff:10.0.0.1]/", "10.0.0.1/",
        "2130706433/", "0177.0.0.1/", "0x7f.0.0.1/", "127.1/", "0/",
        "100.64.0.1/", "[fd00::1]/", "[64:ff9b::a00:1]/"}) {
    INFO(inside);
    CHECK(code_of(r.get(r.url(std::string{"/to/"} + inside)))
          == errc::blocked_address);
  }
  for (const auto* other : {"file:///etc/passwd", "gopher://127.0.0.1:70/",
                            "ftp://127.0.0.1/", "dict://127.0.0.1:11211/"}) {
    INFO(other);
    CHECK(code_of(r.get(r.url(std::string{"/via?"} + other)))
          == errc::blocked_address);
  }
}

TEST_CASE("a name that resolves to an address inside is refused") {
  rig r;
  auto port = std::to_string(r.server->port());
  auto got = r.get("http://localhost:" + port + "/ok");
  CHECK(code_of(got) == errc::blocked_address);
  CHECK(code_of(r.get(r.url("/to/localhost:" + port + "/ok")))
        == errc::blocked_address);
}

TEST_CASE("a gzip bomb of a gigabyte stops at the cap, memory stays flat") {
  http_client_options options;
  options.limits.total_timeout = 20s;
  options.limits.max_body_bytes = 8u << 20;
  rig r(options);
  auto before = peak_kb();
  auto got = r.get(r.url("/bomb"));
  CHECK(code_of(got) == errc::too_large);
  CHECK(got.error().detail.find("the body is more than 8 MiB")
        != std::string::npos);
  // The compressed stream itself is 7 MB, in the server of the test.
#ifdef __SANITIZE_THREAD__
  constexpr auto shadow = 4; // bytes that ThreadSanitizer keeps of each
#else
  constexpr auto shadow = 0;
#endif
  CHECK(peak_kb() - before < 64 * 1024 * (1 + shadow));
}

TEST_CASE("the headers of all hops together are bounded, and named") {
  rig r;
  auto got = r.get(r.url("/headers/0"));
  CHECK(code_of(got) == errc::too_large);
  CHECK(got.error().detail.find("headers") != std::string::npos);
}

TEST_CASE("credentials stay at the origin they were given for") {
  rig r;
  auto other = *nodes::http_server::start({}, misbehave);
  http_request request;
  request.headers = {{"Authorization", "Basic secret"}};
  request.url = r.url("/via?" + r.url("/who"));
  CHECK(r.send(request)->body == "Basic secret");
  request.url =
      r.url("/via?http://127.0.0.1:" + std::to_string(other->port()) + "/who");
  CHECK(r.send(request)->body.empty());
  // A key of any name is one.
  request.headers = {{"X-Test", "secret"}, {"Accept", "text/html"}};
  request.url = r.url("/via?" + r.url("/echo"));
  CHECK(r.send(request)->body == "GET  secret");
  request.url =
      r.url("/via?http://127.0.0.1:" + std::to_string(other->port()) + "/echo");
  CHECK(r.send(request)->body == "GET  ");
}

TEST_CASE("a redirect to an address without end is not followed") {
  rig r;
  auto got = r.get(r.url("/long"));
  CHECK(code_of(got) == errc::http_error);
  CHECK(got.error().detail.size() < 200);
}

TEST_CASE("a thousand transfers are answered once each") {
  http_client_options options;
  options.max_host_connections = 64;
  rig r(options);
  std::atomic<int> answers{0};
  std::promise<void> all;
  for (int i = 0; i < 1000; ++i) {
    http_request request;
    request.url = r.url("/n" + std::to_string(i));
    r.client->fetch(std::move(request), [&](const auto&) {
      if (++answers == 1000)
        all.set_value();
    });
  }
  REQUIRE(all.get_future().wait_for(60s) == std::future_status::ready);
  CHECK(answers == 1000);
}

TEST_CASE("what is not finished is cancelled, by id and at the end") {
  rig r;
  std::promise<expected<http_response>> one;
  http_request request;
  request.url = r.url("/slow");
  auto id = r.client->fetch(request,
                            [&](auto got) { one.set_value(std::move(got)); });
  r.client->cancel(id);
  CHECK(code_of(one.get_future().get()) == errc::cancelled);
  std::promise<expected<http_response>> two;
  r.client->fetch(request, [&](auto got) { two.set_value(std::move(got)); });
  r.client.reset();
  CHECK(code_of(two.get_future().get()) == errc::cancelled);
}

TEST_CASE("a proxy of the environment is not used") {
  // Else loopback would be excepted whatever the client does.
  ::unsetenv("no_proxy");
  ::unsetenv("NO_PROXY");
  ::setenv("http_proxy", "http://127.0.0.1:1", 1);
  rig one;
  auto answer = one.get(one.url("/ok"));
  ::unsetenv("http_proxy");
  REQUIRE(answer);
  CHECK(answer->body == "hello");
}
