#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/browser_gate.hpp"
#include "actors/fetch/curl_client.hpp"
#include "actors/fetch/socks_server.hpp"
#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <map>

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

// Names of the public kind that resolve to addresses inside. This program
// answers for the resolver: libcurl asks getaddrinfo, and finds this one.

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

const std::map<std::string, const char*> names = {
    {"loopback.example.com", "127.0.0.1"},
    {"loopback-range.example.com", "127.9.9.9"},
    {"metadata.example.com", "169.254.169.254"},
    {"six.example.com", "::1"},
    {"mapped.example.com", "::ffff:10.0.0.1"},
    {"mapped-loopback.example.com", "::ffff:127.0.0.1"},
    {"private.example.com", "10.1.2.3"},
    {"private-b.example.com", "172.16.9.1"},
    {"private-c.example.com", "192.168.1.1"},
    {"unique-local.example.com", "fd12::1"},
    {"link-local.example.com", "fe80::1"},
    {"shared.example.com", "100.64.0.1"},
    {"any.example.com", "0.0.0.0"},
    {"multicast.example.com", "224.0.0.251"},
    {"origin.example.com", "127.0.0.1"},
};

} // namespace

extern "C" int getaddrinfo(const char* node, const char* service,
                           const addrinfo* hints, addrinfo** found) {
  static const auto real = reinterpret_cast<decltype(&getaddrinfo)>(
      ::dlsym(RTLD_NEXT, "getaddrinfo"));
  auto known = names.find(node ? node : "");
  return real(known == names.end() ? node : known->second, service, hints,
              found);
}

namespace {

/// A site that sends its visitors where a test wants them.
struct site {
  std::atomic<int> requests{0};
  std::string leads_to;
  std::unique_ptr<nodes::http_server> server = *nodes::http_server::start(
      {}, [this](const nodes::server_request& request) {
        ++requests;
        nodes::server_response made;
        if (request.target == "/away")
          made.status = 302, made.headers = {{"Location", leads_to}};
        return made;
      });
  std::string at(const std::string& host, const std::string& path = "/") const {
    return "http://" + host + ':' + std::to_string(server->port()) + path;
  }
};

expected<http_response> get(const std::string& url,
                            const std::string& proxy = "") {
  http_client_options options;
  options.allowed_hosts = {"origin.example.com"};
  options.limits.total_timeout = 5s;
  auto client = make_curl_client(options);
  http_order order;
  order.request.url = url;
  order.via.proxy_url = proxy;
  std::promise<expected<http_response>> done;
  client->fetch(std::move(order),
                [&](auto got) { done.set_value(std::move(got)); });
  return done.get_future().get();
}

void check_blocked(const expected<http_response>& got) {
  REQUIRE_FALSE(got);
  CHECK(got.error().code == errc::blocked_address);
}

} // namespace

TEST_CASE("a public name whose address is inside is refused, asked for or "
          "redirected to") {
  site jobs;
  REQUIRE(get(jobs.at("origin.example.com")));
  auto before = jobs.requests.load();
  for (const auto& [name, address] : names) {
    if (name == "origin.example.com")
      continue;
    INFO(name << " " << address);
    check_blocked(get(jobs.at(name)));
    CHECK(jobs.requests == before);
    jobs.leads_to = jobs.at(name);
    check_blocked(get(jobs.at("origin.example.com", "/away")));
    CHECK(jobs.requests == ++before);
  }
}

TEST_CASE("a redirect to an address inside is refused in every spelling") {
  site jobs;
  auto before = jobs.requests.load();
  for (const auto* host : {"127.0.0.1",
                           "127.0.0.1.",
                           "127.1",
                           "2130706433",
                           "0177.0.0.1",
                           "017700000001",
                           "0x7f000001",
                           "0x7f.1",
                           "0",
                           "[::1]",
                           "[::]",
                           "[::ffff:127.0.0.1]",
                           "[::ffff:7f00:1]",
                           "%31%32%37.0.0.1",
                           "a@127.0.0.1",
                           "\uFF11\uFF12\uFF17.0.0.1",
                           "127\u30020\u30020\u30021",
                           "localhost",
                           "LOCALHOST.",
                           "a.localhost",
                           "printer.local",
                           "metadata.google.internal"}) {
    INFO(host);
    jobs.leads_to = jobs.at(host);
    check_blocked(get(jobs.at("origin.example.com", "/away")));
    CHECK(jobs.requests == ++before);
  }
  for (const auto* url :
       {"file:///etc/passwd", "FILE:///etc/passwd", "gopher://127.0.0.1:70/_x",
        "dict://127.0.0.1:11211/stat", "ftp://127.0.0.1/", "ldap://127.0.0.1/",
        "data:text/html,x", "javascript:alert(1)"}) {
    INFO(url);
    check_blocked(get(url));
    jobs.leads_to = url;
    check_blocked(get(jobs.at("origin.example.com", "/away")));
    CHECK(jobs.requests == ++before);
  }
}

TEST_CASE("what a proxy would reach for us is refused before it is asked") {
  site proxy;
  for (const auto* host :
       {"127.0.0.1", "2130706433", "127.0.0.1.", "0x7f.1", "[::1]",
        "169.254.169.254", "localhost", "metadata.google.internal", "intranet"})
    check_blocked(get(proxy.at(host), proxy.at("127.0.0.1")));
  CHECK(proxy.requests == 0);
}

TEST_CASE("a SOCKS proxy is told the name, which nobody resolves here") {
  auto listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 1) == 0);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  auto asked = std::async(std::launch::async, [&] {
    auto client = ::accept(listener, nullptr, nullptr);
    auto target = accept_socks(client);
    ::close(client);
    return target ? target->host : std::string{};
  });
  auto got =
      get("http://private.example.com/",
          "socks5://127.0.0.1:" + std::to_string(ntohs(address.sin_port)));
  CHECK_FALSE(got);
  CHECK(asked.get() == "private.example.com");
  ::close(listener);
}

TEST_CASE("the gate of the browsers judges what a name resolves to") {
  site jobs;
  gate_options options;
  options.allowed_hosts = {"origin.example.com"};
  auto gate = *browser_gate::start(options);
  gate->open();
  auto through = "socks5h://127.0.0.1:" + std::to_string(gate->port());
  REQUIRE(get(jobs.at("origin.example.com"), through));
  auto before = jobs.requests.load();
  for (const auto& [name, address] : names) {
    if (name == "origin.example.com")
      continue;
    INFO(name << " " << address);
    CHECK_FALSE(get(jobs.at(name), through));
    REQUIRE(gate->refusal(name));
    CHECK(gate->refusal(name)->code == errc::blocked_address);
  }
  CHECK(jobs.requests == before);
}
