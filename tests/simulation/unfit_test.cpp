#include "actors/errors.hpp"
#include "messages/msgpack.hpp"
#include "nodes/link/remote_worker_actor.hpp"
#include "nodes/link/uplink_actor.hpp"
#include "nodes/set_aside.hpp"
#include "tests/simulation/virtual_time.hpp"
#include "tests/support/paths.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace jobfarm;
using namespace jobfarm::nodes::link_layer;
using namespace jobfarm::simulation;
using namespace std::chrono_literals;
namespace type = jobfarm::link::frame_type;

// Outcomes that no coordinator can take: the two stand-ins at the link's ends.

namespace {

struct stand_ins {
  ~stand_ins() {
    for (const auto& one : all)
      caf::anon_send_exit(one, caf::exit_reason::kill);
  }
  void run() {
    auto end = time.now() + 1s;
    while (time.step(end)) {
    }
  }
  template <class Handle>
  Handle keep(Handle one) {
    all.push_back(caf::actor_cast<caf::actor>(one));
    return one;
  }

  dice luck{1};
  virtual_time time{luck};
  std::vector<caf::actor> all;
};

/// What actors tell a worker.
struct told_worker : session_port {
  void tell(std::uint64_t, link::frame message) override {
    frames.push_back(std::move(message));
  }
  void end(std::uint64_t, failure why) override {
    ended.push_back(std::move(why));
  }
  std::vector<link::frame> frames;
  std::vector<failure> ended;
};

link::frame outcome_frame(std::string body) {
  link::frame message;
  message.type = type::outcome;
  message.id = 5;
  message.body.data = std::move(body);
  return message;
}

/// What the worker hears of an outcome that INGEST refuses so.
told_worker answer_to(const std::string& body, errc refused) {
  stand_ins on;
  told_worker heard;
  auto to = std::make_shared<line>();
  to->connect(&heard);
  auto& system = on.time.system();
  auto ingest =
      on.keep(system.spawn([why = to_error(fail(refused, "INGEST says no"))](
                               caf::event_based_actor*) {
        return caf::behavior{
            [why](const finished_task&) -> caf::result<atom::done> {
              return why;
            }};
      }));
  {
    auto guest = admit_worker(system, {1, "w1", false}, {},
                              caf::actor_cast<ingest_actor>(ingest), to);
    guest->heard(outcome_frame(body));
    on.run();
    guest->heard(outcome_frame(body));
    on.run();
  }
  on.run();
  to->connect(nullptr);
  return heard;
}

/// What the UPLINK leaves for the coordinator.
struct left_outcomes : coordinator_port {
  void pull(std::uint32_t) override {
  }
  void renew(std::vector<std::int64_t>) override {
  }
  void finish(std::uint64_t id, std::int64_t lease, std::string body) override {
    ids.push_back(id);
    leases.push_back(lease);
    bodies.push_back(std::move(body));
  }
  void leave() override {
  }
  std::vector<std::uint64_t> ids;
  std::vector<std::int64_t> leases;
  std::vector<std::string> bodies;
};

std::string content_of(const std::string& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

} // namespace

TEST_CASE("an outcome that makes no sense is given back, and the session goes "
          "on") {
  auto heard = answer_to("no msgpack", errc::internal);
  REQUIRE(heard.frames.size() == 2);
  CHECK(heard.frames[0].type == type::unfit);
  CHECK(heard.frames[0].id == 5);
  CHECK(unpack<link::refusal>(heard.frames[0].body.data)->why.code
        == errc::bad_payload);
  CHECK(heard.ended.empty());
}

TEST_CASE("so is one that INGEST will never take, but not what it will") {
  auto never = answer_to(pack(link::outcome{}), errc::invalid_input);
  REQUIRE(never.frames.size() == 2);
  CHECK(never.frames[0].type == type::unfit);
  CHECK(never.ended.empty());
  auto later = answer_to(pack(link::outcome{}), errc::store_failed);
  CHECK(later.frames.empty());
  CHECK(later.ended.size() == 1);
}

TEST_CASE("a task whose outcome cannot be taken has failed, and its COLLECTOR "
          "is free") {
  test::temporary_directory dir;
  stand_ins on;
  auto& system = on.time.system();
  auto left = std::make_shared<left_outcomes>();
  auto one = on.keep(system.spawn(
      uplink, std::function<void()>{}, nullptr,
      [&](const std::string& task_id, std::string_view body) {
        return nodes::set_aside(dir.path().string(), task_id, body);
      }));
  caf::anon_send(one, uplink_line{left});
  auto settled = std::make_shared<bool>(false);
  on.keep(system.spawn(
      [settled](caf::event_based_actor* self, const uplink_actor& to) {
        finished_task finished;
        finished.task.id = finished.outcome.task_id = "../t";
        finished.outcome.lease = 7;
        self->request(to, caf::infinite, std::move(finished))
            .then([settled](atom::done) { *settled = true; });
        return caf::behavior{[](int) {}};
      },
      one));
  on.run();
  REQUIRE(left->ids.size() == 1);
  caf::anon_send(one, uplink_unfit{left->ids[0], left->bodies[0],
                                   fail(errc::bad_payload, "no sense")});
  on.run();
  CHECK_FALSE(*settled);
  REQUIRE(left->ids.size() == 2);
  CHECK(left->leases[1] == 7);
  auto instead = unpack<link::outcome>(left->bodies[1]);
  REQUIRE(instead);
  CHECK(instead->task.id == "../t");
  CHECK(instead->what.task_id == "../t");
  CHECK(instead->what.lease == 7);
  REQUIRE(instead->what.failed);
  CHECK(instead->what.failed->code == errc::bad_payload);
  CHECK(content_of((dir.path() / "___t.outcome").string()) == left->bodies[0]);
  SECTION("which the coordinator takes") {
    caf::anon_send(one, uplink_settled{left->ids[1]});
  }
  SECTION("whatever becomes of that") {
    caf::anon_send(one, uplink_unfit{left->ids[1], left->bodies[1],
                                     fail(errc::bad_payload, "still none")});
  }
  on.run();
  CHECK(*settled);
  CHECK(left->ids.size() == 2);
}

TEST_CASE("what is set aside fills no disk") {
  test::temporary_directory dir;
  auto folder = (dir.path() / "aside").string();
  for (auto i = 0; i < 100; ++i)
    REQUIRE(nodes::set_aside(folder, std::to_string(i), "x"));
  CHECK_FALSE(nodes::set_aside(folder, "more", "x"));
  auto again = nodes::set_aside(folder, "5", "newer");
  REQUIRE(again);
  CHECK(content_of(*again) == "newer");
}
