#include "messages/link.hpp"
#include "nodes/link/client.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/link/server.hpp"
#include "tests/support/diary.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <random>
#include <string>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace jobfarm;
using namespace jobfarm::nodes::link_layer;
using namespace std::chrono_literals;

namespace {

struct noting_guest : guest {
  std::shared_ptr<test::diary> book;
  void heard(link::frame message) override {
    book->note("frame " + std::to_string(message.type));
  }
  void gone(const failure&) override {
    book->note("gone");
  }
};

struct noting_host : host {
  std::shared_ptr<test::diary> book;
  void lent(std::vector<link::lent_task>) override {
    book->note("lent");
  }
  void settled(std::uint64_t) override {
    book->note("settled");
  }
  void unfit(std::uint64_t, std::string, failure) override {
    book->note("unfit");
  }
  void drain() override {
    book->note("drain");
  }
  void rested(const link::host_rest&) override {
  }
  void ended(const failure&) override {
    book->note("ended");
  }
};

struct net {
  net() {
    pair = new_key_pair();
    REQUIRE(write_key_file(file("main.key"), pair));
    REQUIRE(write_key_file(file("w1.key"), worker_pair));
    server_options options;
    options.listen = "tcp://127.0.0.1:*";
    options.key_file = file("main.key");
    options.allow_file = file("allowed");
    options.incarnation = "c1";
    options.note = [book = book](const std::string& text) {
      book->note(text.substr(0, 7));
    };
    options.open = [book = book](std::uint64_t, const std::string&,
                                 const link::hello&) {
      book->note("open");
      auto made = std::make_unique<noting_guest>();
      made->book = book;
      return made;
    };
    coordinator = *server::start(options);
  }

  std::string file(const std::string& name) const {
    return (dir.path() / name).string();
  }

  std::unique_ptr<client> worker() {
    client_options options;
    options.name = "w1";
    options.coordinators = {coordinator->address()};
    options.key_file = file("w1.key");
    options.coordinator_key = pair.public_key;
    options.about.incarnation = "p1";
    options.note = [](const std::string&) {};
    auto owner = std::make_unique<noting_host>();
    owner->book = book;
    return *client::start(options, std::move(owner));
  }

  test::temporary_directory dir;
  std::shared_ptr<test::diary> book = std::make_shared<test::diary>();
  key_pair pair;
  key_pair worker_pair = new_key_pair();
  std::unique_ptr<server> coordinator;
};

} // namespace

TEST_CASE("a key that is not allowed is refused, and let in once it is") {
  net n;
  auto stranger = n.worker();
  REQUIRE(n.book->wait("refused"));
  CHECK_FALSE(n.book->wait("open", 300ms));
  REQUIRE(allow(n.file("allowed"), "w1", n.worker_pair.public_key));
  CHECK(n.book->wait("open"));
  stranger->pull(3);
  CHECK(n.book->wait("frame 6"));
  stranger.reset();
  CHECK(n.book->wait("gone", 2s));
}

TEST_CASE("a key that is taken off the list ends its session") {
  net n;
  REQUIRE(allow(n.file("allowed"), "w1", n.worker_pair.public_key));
  auto worker = n.worker();
  REQUIRE(n.book->wait("open"));
  SECTION("with its line") {
    REQUIRE(allow(n.file("allowed"), "w1", new_key_pair().public_key));
  }
  SECTION("with its line, by a file of the same time") {
    const auto time = std::filesystem::last_write_time(n.file("allowed"));
    REQUIRE(allow(n.file("other"), "w1", new_key_pair().public_key));
    std::filesystem::last_write_time(n.file("other"), time);
    std::filesystem::rename(n.file("other"), n.file("allowed"));
  }
  SECTION("with the whole list") {
    std::filesystem::remove(n.file("allowed"));
  }
  CHECK(n.book->wait("gone", 5s));
  n.book->forget("open");
  CHECK_FALSE(n.book->wait("open", 3s));
  REQUIRE(allow(n.file("allowed"), "w1", n.worker_pair.public_key));
  CHECK(n.book->wait("open"));
}

TEST_CASE("an allow-list that makes no sense changes nothing but is told of") {
  net n;
  REQUIRE(allow(n.file("allowed"), "w1", n.worker_pair.public_key));
  auto worker = n.worker();
  REQUIRE(n.book->wait("open"));
  std::ofstream(n.file("allowed")) << "w1 no key";
  CHECK(n.book->wait("the all", 5s));
  CHECK_FALSE(n.book->wait("gone", 2s));
}

TEST_CASE("a stranger who sends bytes gets nothing and disturbs nobody") {
  net n;
  REQUIRE(allow(n.file("allowed"), "w1", n.worker_pair.public_key));
  auto address = n.coordinator->address();
  auto port = std::stoi(address.substr(address.rfind(':') + 1));
  std::mt19937 random(3);
  for (int i = 0; i < 200; ++i) {
    auto fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(static_cast<std::uint16_t>(port));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    REQUIRE(::connect(fd, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0);
    std::string junk(random() % 2000, '\0');
    for (auto& c : junk)
      c = static_cast<char>(random());
    // Half of them begin as ZMTP 3 does.
    if (i % 2 == 0)
      junk = std::string("\xff\0\0\0\0\0\0\0\0\x7f\x03\x00", 12) + junk;
    (void)!::send(fd, junk.data(), junk.size(), MSG_NOSIGNAL);
    ::close(fd);
  }
  auto worker = n.worker();
  CHECK(n.book->wait("open"));
  worker->finish(1, 0, "x");
  CHECK(n.book->wait("frame 8"));
  CHECK(n.coordinator->nodes().size() == 1);
}

TEST_CASE("key files are private, and never written over") {
  test::temporary_directory dir;
  auto file = (dir.path() / "a.key").string();
  auto pair = new_key_pair();
  REQUIRE(write_key_file(file, pair));
  CHECK(read_key_file(file)->secret_key == pair.secret_key);
  CHECK_FALSE(write_key_file(file, pair));
  std::filesystem::permissions(file, std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  CHECK(read_key_file(file).error().detail.find("chmod 600")
        != std::string::npos);
}
