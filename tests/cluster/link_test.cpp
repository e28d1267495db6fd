#include "messages/link.hpp"
#include "messages/msgpack.hpp"
#include "nodes/link/client_state.hpp"
#include "nodes/link/keys.hpp"
#include "nodes/link/session_table.hpp"

#include <catch2/catch.hpp>
#include <msgpack.hpp>

#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::nodes::link_layer;
using namespace std::chrono_literals;
namespace type = jobfarm::link::frame_type;

namespace {

const time_point start = time_point{} + 1000s;

std::string bytes_of(std::uint8_t what, const std::string& worker,
                     std::string body = {}) {
  link::frame message;
  message.type = what;
  message.worker = worker;
  message.body.data = std::move(body);
  return pack(message);
}

std::string hello_of(const std::string& worker, const std::string& process) {
  link::hello about;
  about.incarnation = process;
  return bytes_of(type::hello, worker, pack(about));
}

std::size_t count(const session_steps& steps, session_step::kind what) {
  std::size_t n = 0;
  for (const auto& one : steps)
    n += one.what == what;
  return n;
}

std::uint8_t answer_of(const session_steps& steps) {
  for (const auto& one : steps)
    if (one.what == session_step::kind::send)
      return one.message.type;
  return 0;
}

client_state connected(time_point now) {
  client_rules rules;
  rules.name = "w1";
  rules.about.incarnation = "p1";
  client_state state(rules);
  state.tick(now, 0);
  state.heard(bytes_of(type::welcome, "w1", pack(link::welcome{"c1", ""})),
              now);
  return state;
}

std::vector<link::frame> sent(const client_steps& steps) {
  std::vector<link::frame> all;
  for (const auto& one : steps)
    if (one.what == client_step::kind::send)
      all.push_back(*unpack<link::frame>(one.bytes));
  return all;
}

} // namespace

TEST_CASE("the envelope has the bytes it has always had") {
  link::frame message;
  message.type = type::outcome;
  message.worker = "w1";
  message.id = 300;
  message.attempt = 1;
  message.credit = 2;
  message.body.data = "xy";
  CHECK(to_hex(pack(message))
        == "9701"
           "08"
           "a27731"
           "cd012c"
           "01"
           "02"
           "c4027879");
  link::hello about;
  about.incarnation = "i";
  about.program_version = "1";
  about.cores = 4;
  about.memory_bytes = 5;
  about.has_browser = true;
  about.tags = {"eu"};
  about.started_at = "t";
  CHECK(to_hex(pack(about))
        == "98"
           "01"
           "a169"
           "a131"
           "04"
           "05"
           "c3"
           "91a26575"
           "a174");
}

TEST_CASE("an older frame lacks fields, a newer one has more: both are read") {
  std::string older("\x95\x01\x06\xa2w1\x00\x00", 8);
  auto read = unpack<link::frame>(older);
  REQUIRE(read);
  CHECK(read->worker == "w1");
  CHECK(read->credit == 0);
  std::string newer("\x98\x01\x06\xa2w1\x00\x00\x07\xc4\x00\xc3", 12);
  read = unpack<link::frame>(newer);
  REQUIRE(read);
  CHECK(read->credit == 7);
}

TEST_CASE("no bytes make the coordinator's end crash or deliver anything") {
  std::mt19937 random(7);
  session_table table({"", "c1"});
  table.heard("peer", "w1", hello_of("w1", "p1"), start);
  for (int i = 0; i < 20'000; ++i) {
    std::string junk(random() % 40, '\0');
    for (auto& c : junk)
      c = static_cast<char>(random());
    auto steps = table.heard("other", "w2", junk, start);
    CHECK(count(steps, session_step::kind::deliver) == 0);
    CHECK(count(steps, session_step::kind::open) == 0);
  }
  CHECK(count(table.heard("peer", "w1", bytes_of(type::pull, "w1"), start),
              session_step::kind::deliver)
        == 1);
}

TEST_CASE("a worker may speak only in the name of its key") {
  session_table table({"", "c1"});
  auto steps = table.heard("peer", "w2", hello_of("w1", "p1"), start);
  CHECK(answer_of(steps) == type::refused);
  CHECK(count(steps, session_step::kind::open) == 0);
}

TEST_CASE("whoever has not said hello is asked to") {
  session_table table({"", "c1"});
  CHECK(answer_of(table.heard("peer", "w1", bytes_of(type::pull, "w1"), start))
        == type::again);
}

TEST_CASE("versions without a common one are refused in words") {
  session_table table({"", "c1"});
  link::hello about;
  about.oldest = 9;
  about.incarnation = "p1";
  link::frame message;
  message.ver = 12;
  message.type = type::hello;
  message.worker = "w1";
  message.body.data = pack(about);
  auto steps = table.heard("peer", "w1", pack(message), start);
  REQUIRE(answer_of(steps) == type::refused);
  CHECK(steps.front().why.detail
        == "worker w1 speaks link version 9 to 12, this coordinator 1; "
           "upgrade the older of the two");
  // One that still speaks an old version is welcome, and answered in it.
  about.oldest = 1;
  message.body.data = pack(about);
  steps = table.heard("peer", "w1", pack(message), start);
  CHECK(answer_of(steps) == type::welcome);
}

TEST_CASE("a silent worker is lost, one that beats is not") {
  session_table table({"", "c1"});
  table.heard("a", "w1", hello_of("w1", "p1"), start);
  table.heard("b", "w2", hello_of("w2", "p2"), start);
  table.heard("b", "w2", bytes_of(type::beat, "w2"), start + 1s);
  auto steps = table.tick(start + 1500ms);
  REQUIRE(count(steps, session_step::kind::close) == 1);
  auto nodes = table.nodes(start + 2s, 1'000'000);
  CHECK(nodes[0].state == node_state::lost);
  CHECK(nodes[1].state == node_state::ready);
}

TEST_CASE("a second process of a name takes the place of the first") {
  session_table table({"", "c1"});
  table.heard("a", "w1", hello_of("w1", "p1"), start);
  auto steps = table.heard("b", "w1", hello_of("w1", "p2"), start);
  CHECK(count(steps, session_step::kind::close) == 1);
  CHECK(count(steps, session_step::kind::open) == 1);
  CHECK(answer_of(table.heard("a", "w1", bytes_of(type::pull, "w1"), start))
        == type::again);
}

TEST_CASE("a draining worker is told so again after it connects anew") {
  session_table table({"", "c1"});
  table.heard("a", "w1", hello_of("w1", "p1"), start);
  REQUIRE(table.drain("w1"));
  auto steps = table.heard("b", "w1", hello_of("w1", "p1"), start);
  CHECK(steps.back().message.type == type::drain);
  steps = table.heard("b", "w1", bytes_of(type::leaving, "w1"), start);
  CHECK(table.nodes(start, 0)[0].state == node_state::drained);
  CHECK_FALSE(table.drain("nobody"));
}

TEST_CASE("an outcome is kept and sent again until it is settled") {
  auto state = connected(start);
  CHECK(sent(state.finish(5, 0, "body")).size() == 1);
  // The coordinator is gone; another takes the worker in.
  auto dialled = state.tick(start + 2s, 0);
  CHECK(dialled.at(1).what == client_step::kind::dial);
  auto frames = sent(
      state.heard(bytes_of(type::welcome, "w1", pack(link::welcome{"c2", ""})),
                  start + 2s));
  REQUIRE(frames.size() == 1);
  CHECK(frames[0].id == 5);
  CHECK(frames[0].attempt == 2);
  CHECK(frames[0].body.data == "body");
  link::frame settled;
  settled.type = type::settled;
  settled.id = 5;
  auto steps = state.heard(pack(settled), start + 2s);
  CHECK(steps.front().what == client_step::kind::settled);
  CHECK(state.unsettled() == 0);
  CHECK(state.heard(pack(settled), start + 2s).empty());
}

TEST_CASE("an outcome that no coordinator can take is not sent again") {
  auto state = connected(start);
  state.finish(5, 7, "body");
  link::frame unfit;
  unfit.type = type::unfit;
  unfit.id = 5;
  unfit.body.data = pack(link::refusal{fail(errc::bad_payload, "no sense")});
  auto steps = state.heard(pack(unfit), start);
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].what == client_step::kind::unfit);
  CHECK(steps[0].id == 5);
  CHECK(steps[0].bytes == "body");
  CHECK(steps[0].why.detail == "no sense");
  CHECK(state.unsettled() == 0);
  CHECK(state.heard(pack(unfit), start).empty());
}

TEST_CASE("an outcome that no frame has room for is not sent at all") {
  client_rules rules;
  rules.largest_outcome = 100;
  client_state state(rules);
  state.tick(start, 0);
  state.heard(bytes_of(type::welcome, "", pack(link::welcome{"c1", ""})),
              start);
  CHECK(sent(state.finish(1, 7, std::string(100, 'x'))).size() == 1);
  auto steps = state.finish(2, 8, std::string(101, 'x'));
  REQUIRE(steps.size() == 1);
  CHECK(steps[0].what == client_step::kind::unfit);
  CHECK(steps[0].why.code == errc::too_large);
}

TEST_CASE("the operator is told of an outcome that cannot be taken") {
  session_table table({"1", "c1"});
  table.heard("a", "w1", hello_of("w1", "p1"), start);
  link::frame unfit;
  unfit.type = type::unfit;
  unfit.body.data = pack(link::refusal{fail(errc::bad_payload, "no sense")});
  auto steps = table.tell(1, unfit);
  CHECK(answer_of(steps) == type::unfit);
  CHECK(count(steps, session_step::kind::note) == 1);
  CHECK(count(steps, session_step::kind::close) == 0);
}

TEST_CASE("credit that was not used is asked for again") {
  auto state = connected(start);
  CHECK(sent(state.pull(8)).at(0).credit == 8);
  link::lent_tasks lent;
  lent.tasks = {{1, {}}, {2, {}}, {3, {}}};
  state.heard(bytes_of(type::lease, "w1", pack(lent)), start);
  auto asked = sent(state.heard(bytes_of(type::again, "w1"), start));
  CHECK(asked.at(0).type == type::hello);
  // Lent to the session before: lent to somebody else by now.
  CHECK(state.heard(bytes_of(type::lease, "w1", pack(lent)), start).empty());
  auto frames = sent(state.heard(
      bytes_of(type::welcome, "w1", pack(link::welcome{"c1", ""})), start));
  CHECK(frames.at(0).credit == 5);
}
