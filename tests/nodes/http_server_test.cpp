#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace jobfarm;
using namespace jobfarm::nodes;

namespace {

std::unique_ptr<http_server> echo_server() {
  return *http_server::start({}, [](const server_request& request) {
    server_response response;
    response.body = request.method + ' ' + request.target;
    return response;
  });
}

/// A connection that says what it likes.
class raw_client {
public:
  explicit raw_client(std::uint16_t port)
      : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(socket_, reinterpret_cast<sockaddr*>(&address),
                      sizeof address)
            == 0);
  }
  ~raw_client() {
    ::close(socket_);
  }

  void say(const std::string& text) {
    REQUIRE(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL)
            == static_cast<ssize_t>(text.size()));
  }

  /// Reads until `enough` is in the answer or the other side closes.
  std::string hear(const std::string& enough = "\r\n\r\n\r\n") {
    std::string text;
    char bytes[4096];
    while (text.find(enough) == text.npos) {
      auto got = ::recv(socket_, bytes, sizeof bytes, 0);
      if (got <= 0)
        break;
      text.append(bytes, static_cast<std::size_t>(got));
    }
    return text;
  }

private:
  int socket_;
};

std::string ask(const http_server& server, const std::string& text) {
  raw_client client(server.port());
  client.say(text);
  return client.hear();
}

} // namespace

TEST_CASE("one connection serves several requests") {
  auto server = echo_server();
  raw_client client(server->port());
  for (int i = 0; i < 3; ++i) {
    client.say("GET /a?b=" + std::to_string(i)
               + " HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.hear("/a?b=" + std::to_string(i)).find("200 OK")
          != std::string::npos);
  }
}

TEST_CASE("framing that could be read two ways is refused and closed") {
  auto server = echo_server();
  for (const auto* headers :
       {"Host: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        "Host: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n", "Host : x\r\n",
        "", "Host: x\r\nHost: y\r\n"}) {
    auto answer =
        ask(*server, std::string{"POST / HTTP/1.1\r\n"} + headers + "\r\nabc");
    INFO(headers);
    CHECK(answer.find("200 OK") == std::string::npos);
  }
}

TEST_CASE("headers and bodies over the limits are refused") {
  auto server = echo_server();
  auto large = ask(*server, "GET / HTTP/1.1\r\nHost: x\r\nA: "
                                + std::string(20'000, 'a') + "\r\n\r\n");
  CHECK(large.find("200 OK") == std::string::npos);
}

TEST_CASE("a port in use is told with what to do") {
  auto server = echo_server();
  http_server_options same;
  same.port = server->port();
  auto second = http_server::start(
      same, [](const server_request&) { return server_response{}; });
  REQUIRE_FALSE(second);
  CHECK(second.error().detail.find("choose another port") != std::string::npos);
}
