#include "nodes/fault_desk.hpp"
#include "nodes/link/client.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/link/server.hpp"
#include "tests/support/diary.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <memory>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::nodes;
using namespace jobfarm::nodes::link_layer;
using namespace std::chrono_literals;

// Faults on the real sockets, and orders about them over the real link.

namespace {

/// Settles each outcome that comes.
struct settling_guest : guest {
  test::diary& book;
  std::function<void(link::frame)> answer;

  settling_guest(test::diary& all, std::function<void(link::frame)> with)
      : book(all), answer(std::move(with)) {
  }
  void heard(link::frame message) override {
    if (message.type != link::frame_type::outcome)
      return;
    book.note("outcome");
    link::frame settled;
    settled.type = link::frame_type::settled;
    settled.id = message.id;
    answer(std::move(settled));
  }
  void gone(const failure&) override {
    book.note("gone");
  }
};

struct counting_host : host {
  test::diary& book;
  explicit counting_host(test::diary& all) : book(all) {
  }
  void lent(std::vector<link::lent_task>) override {
  }
  void settled(std::uint64_t) override {
    book.note("settled");
  }
  void unfit(std::uint64_t, std::string, failure) override {
  }
  void drain() override {
  }
  void rested(const link::host_rest&) override {
  }
  void ended(const failure&) override {
  }
};

struct linked_nodes {
  linked_nodes() {
    REQUIRE(write_key_file(file("main.key"), pair));
    REQUIRE(write_key_file(file("w1.key"), worker_pair));
    REQUIRE(allow(file("allowed"), "w1", worker_pair.public_key));
    server_options options;
    options.listen = "tcp://127.0.0.1:*";
    options.key_file = file("main.key");
    options.allow_file = file("allowed");
    options.incarnation = "c1";
    options.note = [](const std::string&) {};
    options.faults = faults;
    options.desk = desk;
    options.open = [this](std::uint64_t session, const std::string&,
                          const link::hello&) {
      book.note("open");
      return std::make_unique<settling_guest>(
          book, [this, session](link::frame answer) {
            coordinator->tell(session, std::move(answer));
          });
    };
    coordinator = *server::start(options);
    client_options dialling;
    dialling.name = "w1";
    dialling.coordinators = {coordinator->address()};
    dialling.key_file = file("w1.key");
    dialling.coordinator_key = pair.public_key;
    dialling.about.incarnation = "p1";
    dialling.note = [](const std::string&) {};
    dialling.faults = worker_faults;
    worker = *client::start(dialling, std::make_unique<counting_host>(book));
    REQUIRE(book.wait("open"));
  }

  std::string file(const std::string& name) const {
    return (dir.path() / name).string();
  }

  expected<armed_fault> arm(const std::string& node, const std::string& point,
                            fault_effect effect, double probability,
                            std::int64_t times = 0) {
    armed_fault fault;
    fault.node = node;
    fault.point = point;
    fault.effect = effect;
    fault.probability = probability;
    fault.times = times;
    fault.seed = 9;
    return desk->arm(fault);
  }

  test::temporary_directory dir;
  test::diary book;
  key_pair pair = new_key_pair();
  key_pair worker_pair = new_key_pair();
  std::shared_ptr<watch::fail_points> faults =
      std::make_shared<watch::fail_points>(true);
  std::shared_ptr<watch::fail_points> worker_faults =
      std::make_shared<watch::fail_points>(true);
  std::shared_ptr<fault_desk> desk = std::make_shared<fault_desk>(faults);
  std::unique_ptr<server> coordinator;
  std::unique_ptr<client> worker;
};

} // namespace

TEST_CASE("outcomes are settled although frames get lost both ways") {
  linked_nodes n;
  REQUIRE(n.arm("", "link.send", fault_effect::drop, 0.3, 20));
  REQUIRE(n.arm("w1", "link.send", fault_effect::drop, 0.3, 20));
  REQUIRE(n.arm("w1", "link.receive", fault_effect::duplicate, 0.3, 20));
  REQUIRE(n.arm("", "link.receive", fault_effect::reorder, 0.3, 20));
  for (std::uint64_t id = 1; id <= 40; ++id)
    n.worker->finish(id, 0, "x");
  CHECK(n.book.wait("settled", 30s, 40));
  CHECK(n.book.count("settled") == 40);
  CHECK(n.faults->armed()[0].struck > 0);
  CHECK(n.worker_faults->armed()[0].struck > 0);
}

TEST_CASE("faults of a worker are armed, listed and cleared from afar, even "
          "where all frames are lost") {
  linked_nodes n;
  auto first = n.arm("w1", "link.receive", fault_effect::drop, 1);
  REQUIRE(first);
  auto second = n.arm("w1", "link.send", fault_effect::drop, 1);
  REQUIRE(second);
  CHECK(second->id > first->id);
  CHECK(n.worker_faults->armed().size() == 2);
  auto listed = n.desk->armed();
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].node == "w1");
  CHECK(*n.desk->clear(first->id) == 1);
  CHECK(n.desk->armed().size() == 1);
  CHECK(*n.desk->clear(0) == 1);
  CHECK(n.worker_faults->armed().empty());
  CHECK(*n.desk->clear(0) == 0);
}

TEST_CASE("orders to nobody are refused") {
  linked_nodes n;
  CHECK(n.arm("w2", "link.send", fault_effect::drop, 1).error().code
        == errc::not_found);
  CHECK(n.arm("w1", "link.send", fault_effect::kill, 1).error().code
        == errc::invalid_input);
  n.worker.reset();
  REQUIRE(n.book.wait("gone"));
  CHECK(n.arm("w1", "link.send", fault_effect::drop, 1).error().code
        == errc::not_found);
  n.coordinator.reset();
  CHECK(n.arm("w1", "link.send", fault_effect::drop, 1).error().code
        == errc::not_found);
}
