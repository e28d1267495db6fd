#include "nodes/http_server.hpp"

#include "nodes/descriptor_room.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <cstdint>
#include <ctime>
#include <memory>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
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

TEST_CASE("what is too large is refused with a problem document") {
  auto server = echo_server();
  auto status_of = [&](const std::string& text) {
    auto answer = ask(*server, text);
    CHECK(answer.find("application/problem+json") != answer.npos);
    return answer.substr(0, 12);
  };
  CHECK(status_of("GET / HTTP/1.1\r\nHost: x\r\nA: " + std::string(20'000, 'a')
                  + "\r\n\r\n")
        == "HTTP/1.1 431");
  CHECK(status_of("GET /" + std::string(9'000, 'a')
                  + " HTTP/1.1\r\nHost: x\r\n\r\n")
        == "HTTP/1.1 414");
  CHECK(status_of("POST / HTTP/1.1\r\nHost: x\r\n"
                  "Content-Length: 2000000\r\n\r\n")
        == "HTTP/1.1 413");
  std::string chunk(1u << 20, 'a');
  CHECK(status_of("POST / HTTP/1.1\r\nHost: x\r\n"
                  "Transfer-Encoding: chunked\r\n\r\n100000\r\n"
                  + chunk + "\r\n1\r\na\r\n0\r\n\r\n")
        == "HTTP/1.1 413");
}

TEST_CASE("HEAD is answered as GET is, without the body") {
  auto server = echo_server();
  auto answer = ask(*server, "HEAD /a HTTP/1.1\r\nHost: x\r\n"
                             "Connection: close\r\n\r\n");
  CHECK(answer.find("Content-Length: 7\r\n") != answer.npos);
  CHECK(answer.substr(answer.size() - 4) == "\r\n\r\n");
}

TEST_CASE("who waits for 100 Continue gets it, then the answer") {
  auto server = echo_server();
  raw_client client(server->port());
  client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n"
             "Expect: 100-continue\r\n\r\n");
  CHECK(client.hear("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
  client.say("ab");
  CHECK(client.hear("POST /").find("200 OK") != std::string::npos);
}

TEST_CASE("an answer may come later, from another thread, and only once") {
  std::vector<std::thread> threads;
  {
    auto server =
        *http_server::start({}, [&](server_request request, responder answer) {
          threads.emplace_back([request, answer] {
            server_response response;
            response.body = request.target;
            answer(response);
            response.body = "again";
            answer(response);
          });
        });
    raw_client client(server->port());
    for (int i = 0; i < 20; ++i) {
      auto target = "/n" + std::to_string(i);
      client.say("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n");
      CHECK(client.hear(target).find("200 OK") != std::string::npos);
    }
  }
  for (auto& one : threads)
    one.join();
}

TEST_CASE("a request that nobody answers gets 500") {
  auto server =
      *http_server::start({}, [](server_request, const responder&) {});
  CHECK(ask(*server, "GET / HTTP/1.1\r\nHost: x\r\n"
                     "Connection: close\r\n\r\n")
            .find("500 Internal")
        != std::string::npos);
}

TEST_CASE("an answer that outlives its server is dropped") {
  std::optional<responder> kept;
  std::atomic<bool> is_kept{false};
  auto server = *http_server::start({}, [&](server_request, responder answer) {
    kept = std::move(answer);
    is_kept = true;
  });
  raw_client client(server->port());
  client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  while (!is_kept)
    std::this_thread::yield();
  server.reset();
  (*kept)(server_response{});
  CHECK(client.hear().empty());
}

TEST_CASE("a body is streamed part by part, and a broken one is seen") {
  auto server = *http_server::start({}, [](const server_request& request) {
    server_response response;
    auto count = std::make_shared<int>(0);
    auto is_broken = request.target == "/broken";
    response.stream = [count, is_broken](const auto& take) {
      using kind = body_part::kind;
      auto n = ++*count;
      take({"part" + std::to_string(n), n < 3       ? kind::more
                                        : is_broken ? kind::broken
                                                    : kind::last});
    };
    return response;
  });
  raw_client client(server->port());
  for (int i = 0; i < 2; ++i) {
    client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    CHECK(client.hear("0\r\n\r\n")
              .find("5\r\npart1\r\n5\r\npart2\r\n5\r\n"
                    "part3\r\n0\r\n\r\n")
          != std::string::npos);
  }
  auto old = ask(*server, "GET / HTTP/1.0\r\nHost: x\r\n\r\n");
  CHECK(old.find("\r\n\r\npart1part2part3") != old.npos);
  auto broken = ask(*server, "GET /broken HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(broken.find("\r\n0\r\n") == broken.npos);
}

TEST_CASE("a connection over the limit is turned away") {
  http_server_options options;
  options.max_connections = 1;
  auto server = *http_server::start(
      options, [](const server_request&) { return server_response{}; });
  raw_client first(server->port());
  first.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(first.hear("\r\n\r\n").find("200 OK") != std::string::npos);
  raw_client second(server->port());
  CHECK(second.hear().find("503 Service") != std::string::npos);
}

TEST_CASE("connections leave descriptors to the rest of a node") {
  struct row {
    std::size_t limit, wanted, most;
  };
  const row rows[] = {{20'000, 4096, 4096},  {4096, 4096, 3200},
                      {1024, 4096, 128},     {256, 4096, 32},
                      {4, 4096, 1},          {1024, 1, 1},
                      {SIZE_MAX, 4096, 4096}};
  for (const auto& one : rows) {
    INFO(one.limit << ' ' << one.wanted);
    CHECK(jobfarm::nodes::connections_within(one.limit, one.wanted)
          == one.most);
  }
}

TEST_CASE("a server takes the connections that the limit of files allows") {
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  auto few = before;
  few.rlim_cur = 64;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  auto server = echo_server();
  ::setrlimit(RLIMIT_NOFILE, &before);
  std::vector<std::unique_ptr<raw_client>> clients;
  for (int i = 0; i < 8; ++i)
    clients.push_back(std::make_unique<raw_client>(server->port()));
  raw_client one_too_many(server->port());
  CHECK(one_too_many.hear().find("503 Service") != std::string::npos);
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

TEST_CASE("of many connections too many, few are told so and the rest closed") {
  http_server_options options;
  options.max_connections = 1;
  auto server = *http_server::start(
      options, [](const server_request&) { return server_response{}; });
  std::vector<std::unique_ptr<raw_client>> clients;
  for (int i = 0; i < 200; ++i)
    clients.push_back(std::make_unique<raw_client>(server->port()));
  clients.erase(clients.begin());
  std::size_t told = 0;
  for (const auto& one : clients)
    told += one->hear().find(" 503 ") != std::string::npos;
  CHECK(told >= 1);
  CHECK(told <= 100);
  clients.clear();
  std::string answer;
  for (int i = 0; i < 100 && answer.find("200 OK") == answer.npos; ++i)
    answer = ask(*server, "GET / HTTP/1.0\r\nHost: x\r\n\r\n");
  CHECK(answer.find("200 OK") != answer.npos);
}

TEST_CASE("a server without file descriptors to spare waits for some") {
  auto server = echo_server();
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  // The client's own socket, before there are none.
  raw_client client(server->port());
  client.say("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  REQUIRE(client.hear("/a").find("200 OK") != std::string::npos);
  auto next = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  rlimit none = before;
  none.rlim_cur = static_cast<rlim_t>(next) + 1;
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server->port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  auto connected =
      ::connect(next, reinterpret_cast<sockaddr*>(&address), sizeof address);
  const std::string asked = "GET /b HTTP/1.0\r\nHost: x\r\n\r\n";
  auto sent = ::send(next, asked.data(), asked.size(), MSG_NOSIGNAL);
  auto begin = std::clock();
  pollfd answer{next, POLLIN, 0};
  auto answered = ::poll(&answer, 1, 500);
  auto spent_s = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  ::setrlimit(RLIMIT_NOFILE, &before);
  REQUIRE(connected == 0);
  CHECK(sent > 0);
  CHECK(answered == 0);
  CHECK(spent_s < 0.1);
  char bytes[1024];
  CHECK(::recv(next, bytes, sizeof bytes, 0) > 0);
  ::close(next);
}
