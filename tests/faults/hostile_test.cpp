#include "messages/link.hpp"
#include "messages/msgpack.hpp"
#include "nodes/link/keys.hpp"
#include "tests/support/cluster.hpp"

#include <catch2/catch.hpp>
#include <zmq.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sstream>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace jobfarm;
using namespace std::chrono_literals;
using std::chrono::steady_clock;

// Strangers at both ports of a coordinator, and a worker gone mad. Runs for a
// few seconds; JOBFARM_HOSTILE_SECONDS=N for N.

namespace {

std::chrono::seconds how_long() {
  const auto* text = std::getenv("JOBFARM_HOSTILE_SECONDS");
  return std::chrono::seconds{text ? std::atoi(text) : 6};
}

/// Resident memory of a process, in KiB.
long resident_kb(pid_t pid) {
  std::ifstream status("/proc/" + std::to_string(pid) + "/status");
  for (std::string line; std::getline(status, line);)
    if (line.rfind("VmRSS:", 0) == 0)
      return std::strtol(line.c_str() + 6, nullptr, 10);
  return 0;
}

std::uint16_t port_of(const std::string& address) {
  return static_cast<std::uint16_t>(
      std::stoi(address.substr(address.rfind(':') + 1)));
}

class attacker {
public:
  explicit attacker(const test::cluster& on, std::uint64_t seed)
      : on_(on), random_(seed), http_port_(find_http_port()) {
  }

  /// A stranger's bytes at a port, without a look at the answer.
  void throw_bytes() {
    auto at_link = below(2) == 0;
    auto bytes = at_link ? mutated(greeting()) : mutated(request());
    shout(at_link ? port_of(on_.link()) : http_port_, bytes);
  }

  /// A worker whose key nobody knows, one that takes the coordinator for
  /// another, and one that knows of no keys at all.
  void come_with_wrong_keys() {
    auto own = nodes::link_layer::new_key_pair();
    auto stranger = dial(own, on_.public_key());
    send(stranger, "w1", link::frame_type::hello);
    auto mistaken = dial(own, own.public_key);
    send(mistaken, "w1", link::frame_type::hello);
    zmq::socket_t naked(context_, zmq::socket_type::dealer);
    naked.set(zmq::sockopt::linger, 0);
    naked.connect("tcp://" + on_.link());
    send(naked, "w1", link::frame_type::hello);
    std::this_thread::sleep_for(20ms);
  }

  /// A worker that was let in and sends what comes to its mind.
  void talk_nonsense(const nodes::link_layer::key_pair& allowed,
                     const std::string& name) {
    auto mad = dial(allowed, on_.public_key());
    for (int i = 0; i < 50; ++i) {
      link::frame message;
      message.type = static_cast<std::uint8_t>(below(20));
      message.worker = below(5) == 0 ? "w1" : name;
      message.id = random_();
      message.credit = static_cast<std::uint32_t>(random_());
      if (message.type == link::frame_type::hello) {
        link::hello about;
        about.incarnation = std::to_string(below(3));
        message.body.data = pack(about);
      } else {
        message.body.data = mutated(pack(link::outcome{}));
      }
      auto bytes = pack(message);
      mad.send(zmq::buffer(below(2) == 0 ? mutated(bytes) : bytes),
               zmq::send_flags::dontwait);
    }
    std::this_thread::sleep_for(20ms);
  }

private:
  std::size_t below(std::size_t count) {
    return random_() % count;
  }

  std::uint16_t find_http_port() const {
    std::ifstream log(on_.file("main.log"));
    for (std::string line; std::getline(log, line);)
      if (line.rfind("http://", 0) == 0)
        return port_of(line);
    throw std::runtime_error("the coordinator serves no HTTP");
  }

  /// ZMTP 3.1, mechanism CURVE, as RFC 23 has it, and the beginning of a hello.
  std::string greeting() {
    std::string bytes("\xff\0\0\0\0\0\0\0\x01\x7f\x03\x01", 12);
    bytes += below(2) == 0 ? "CURVE" : "NULL";
    bytes.resize(64);
    bytes += std::string("\x04\xc8\x05HELLO\x01", 9);
    return bytes + std::string(below(300), 'x');
  }

  std::string request() {
    static const char* const all[] = {
        "GET /api/v1/queries HTTP/1.1\r\nHost: x\r\n\r\n",
        "POST /api/v1/search HTTP/1.1\r\nHost: x\r\nContent-Type: "
        "application/json\r\nContent-Length: 30\r\n\r\n{\"text\":\"a\"",
        "POST /api/v1/search HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
        "chunked\r\n\r\nffffffff\r\n",
        "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
        "0000000000000000000000000000000000000000000000000000000000000000\r\n"
        "\r\n",
        "GET /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: "
        "99999999999999999999\r\n\r\n"};
    std::string one = all[below(5)];
    if (below(4) == 0)
      one.insert(one.find("\r\n") + 2,
                 "X: " + std::string(below(40'000), 'y') + "\r\n");
    return one;
  }

  std::string mutated(std::string bytes) {
    for (auto n = below(6); n > 0 && !bytes.empty(); --n)
      switch (below(4)) {
        case 0: bytes[below(bytes.size())] = static_cast<char>(random_()); break;
        case 1: bytes.erase(below(bytes.size()), below(20)); break;
        case 2:
          bytes.insert(below(bytes.size()),
                       std::string(below(200), static_cast<char>(random_())));
          break;
        default: bytes.resize(below(bytes.size() + 1)); break;
      }
    return bytes;
  }

  static void shout(std::uint16_t port, const std::string& bytes) {
    auto fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0)
      (void) !::send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    ::close(fd);
  }

  zmq::socket_t dial(const nodes::link_layer::key_pair& own,
                     const std::string& to) {
    zmq::socket_t made(context_, zmq::socket_type::dealer);
    made.set(zmq::sockopt::linger, 0);
    made.set(zmq::sockopt::curve_serverkey, to);
    made.set(zmq::sockopt::curve_publickey, own.public_key);
    made.set(zmq::sockopt::curve_secretkey, own.secret_key);
    made.connect("tcp://" + on_.link());
    return made;
  }

  static void send(zmq::socket_t& by, const std::string& name,
                   std::uint8_t type) {
    link::frame message;
    message.type = type;
    message.worker = name;
    by.send(zmq::buffer(pack(message)), zmq::send_flags::dontwait);
  }

  const test::cluster& on_;
  std::mt19937_64 random_;
  std::uint16_t http_port_;
  zmq::context_t context_;
};

struct log_count {
  std::size_t lines = 0;
  bool tells_of_key = false;
  bool tells_of_strangers = false;
};

log_count read_log(const std::string& file) {
  log_count made;
  std::ifstream log(file);
  for (std::string line; std::getline(log, line); ++made.lines) {
    made.tells_of_key =
        made.tells_of_key || line.find("allow-list") != line.npos;
    made.tells_of_strangers =
        made.tells_of_strangers || line.find("do not speak") != line.npos;
  }
  return made;
}

} // namespace

TEST_CASE("strangers and a worker gone mad are refused, told of rarely, and "
          "cost no memory") {
  test::cluster_options options;
  options.what.postings = 400;
  options.workers = 1;
  test::cluster c(options);
  REQUIRE(test::comes_true([&] { return c.connected() == 1; }, 30s));
  auto mad = nodes::link_layer::new_key_pair();
  REQUIRE(nodes::link_layer::allow(c.file("allowed"), "mad", mad.public_key));
  attacker by(c, 11);
  auto begun = steady_clock::now();
  auto end = begun + how_long();
  long early_kb = 0;
  std::size_t rounds = 0;
  auto next_print = begun;
  for (; steady_clock::now() < end; ++rounds) {
    for (int i = 0; i < 40; ++i)
      by.throw_bytes();
    by.come_with_wrong_keys();
    by.talk_nonsense(mad, "mad");
    // What a process needs for its work it has taken by then.
    if (early_kb == 0 && steady_clock::now() > begun + how_long() / 3)
      early_kb = resident_kb(c.coordinator->pid());
    if (steady_clock::now() < next_print)
      continue;
    next_print += 5s;
    std::printf("hostile: %zu rounds, coordinator %ld KiB\n", rounds,
                resident_kb(c.coordinator->pid()));
  }
  auto late_kb = resident_kb(c.coordinator->pid());
  auto log = read_log(c.file("main.log"));
  std::printf("hostile: %zu rounds in %lld s, %ld KiB after a third, %ld KiB "
              "at the end, %zu lines of log\n",
              rounds, static_cast<long long>(how_long().count()), early_kb,
              late_kb, log.lines);
  CHECK(late_kb - early_kb < 8 * 1024);
  CHECK(log.tells_of_key);
  CHECK(log.tells_of_strangers);
  // Four kinds of lines, 20 at once of each and one a second.
  CHECK(log.lines < 100 + 4 * static_cast<std::size_t>(how_long().count()));
  // All is as before: the worker is there and works.
  auto query = c.submit();
  CHECK(test::comes_true([&] { return c.is_over(); }, 60s, 200ms));
  CHECK(c.ask("audit " + query));
}
