#include "nodes/link/frame_faults.hpp"

#include "messages/link.hpp"
#include "messages/msgpack.hpp"

#include <catch2/catch.hpp>

using namespace jobfarm;
using namespace std::chrono_literals;
using jobfarm::nodes::link_layer::frame_faults;

namespace {

const frame_faults::time_point start = frame_faults::time_point{} + 1h;

struct faulty_wire {
  std::shared_ptr<watch::fail_points> points =
      std::make_shared<watch::fail_points>(true);
  frame_faults faults{points, "link.send"};

  std::int64_t arm(fault_effect effect, std::int64_t times = 0,
                   double probability = 1, std::int64_t delay_ms = 0) {
    armed_fault fault;
    fault.point = "link.send";
    fault.effect = effect;
    fault.times = times;
    fault.probability = probability;
    fault.delay_ms = delay_ms;
    fault.seed = 5;
    return points->arm(fault)->id;
  }

  /// What goes on when `text` passes, in one word.
  std::string pass(const std::string& text, frame_faults::time_point now = start,
                   const std::string& connection = "a") {
    std::string all;
    for (const auto& one : faults.pass(connection, text, now))
      all += one.second;
    return all;
  }
  std::string due(frame_faults::time_point now) {
    std::string all;
    for (const auto& one : faults.due(now))
      all += one.second;
    return all;
  }
};

} // namespace

TEST_CASE("without faults every frame passes") {
  faulty_wire here;
  CHECK(here.pass("1") == "1");
  CHECK_FALSE(here.faults.holds_any());
  frame_faults none(nullptr, "link.send");
  CHECK(none.pass("a", "1", start).size() == 1);
}

TEST_CASE("frames are lost and doubled as often as was asked for") {
  faulty_wire here;
  here.arm(fault_effect::drop, 2);
  CHECK(here.pass("1") == "");
  CHECK(here.pass("2") == "");
  CHECK(here.pass("3") == "3");
  here.arm(fault_effect::duplicate, 1);
  CHECK(here.pass("4") == "44");
  CHECK(here.pass("5") == "5");
}

TEST_CASE("a late frame holds up those behind it, not other connections") {
  faulty_wire here;
  here.arm(fault_effect::delay, 1, 1, 100);
  CHECK(here.pass("1") == "");
  CHECK(here.pass("2", start + 50ms) == "");
  CHECK(here.pass("x", start + 50ms, "b") == "x");
  CHECK(here.due(start + 99ms) == "");
  CHECK(here.due(start + 100ms) == "12");
  CHECK_FALSE(here.faults.holds_any());
}

TEST_CASE("a frame is overtaken by the next one, or goes on after a second") {
  faulty_wire here;
  here.arm(fault_effect::reorder, 1);
  CHECK(here.pass("1") == "");
  CHECK(here.pass("2") == "21");
  here.arm(fault_effect::reorder, 1);
  CHECK(here.pass("3") == "");
  CHECK(here.due(start + 999ms) == "");
  CHECK(here.due(start + 1s) == "3");
}

TEST_CASE("the same seed loses the same frames") {
  auto lost = [] {
    faulty_wire here;
    here.arm(fault_effect::drop, 0, 0.3);
    std::string all;
    for (int i = 0; i < 500; ++i)
      all += here.pass("x").empty() ? '1' : '0';
    return all;
  };
  auto once = lost();
  CHECK(lost() == once);
  auto count = std::count(once.begin(), once.end(), '1');
  CHECK(count > 100);
  CHECK(count < 200);
}

TEST_CASE("orders about faults get through whatever is armed") {
  faulty_wire here;
  here.arm(fault_effect::drop);
  link::frame order;
  order.type = link::frame_type::fault_order;
  order.worker = "w1";
  CHECK(here.pass(pack(order)) == pack(order));
  order.type = link::frame_type::beat;
  CHECK(here.pass(pack(order)).empty());
}
