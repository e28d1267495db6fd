#include "actors/supervise/supervisor_state.hpp"
#include "tests/support/supervisor_world.hpp"
#include "tests/vectors/suite.hpp"

namespace jobfarm::test {

namespace {

using namespace supervise;

template <class T>
T named(const json& given, std::initializer_list<const char*> names) {
  int i = 0;
  for (const auto* name : names) {
    if (given == name)
      return static_cast<T>(i);
    ++i;
  }
  throw std::runtime_error("unknown word " + given.dump());
}

exit_reason reason_of(const json& word) {
  return {named<exit_reason::kind>(
      word, {"normal", "shutdown", "shutdown_detail", "crash", "kill"})};
}

child_spec spec_of(const json& given) {
  child_spec one;
  one.id = given["id"];
  one.factory = "any";
  one.restart = named<restart_kind>(given["restart"],
                                    {"permanent", "transient", "temporary"});
  one.is_significant = given.value("significant", false);
  const auto& shutdown = given["shutdown"];
  if (shutdown == "brutal_kill")
    one.shutdown.what = shutdown_rule::kind::brutal_kill;
  else if (shutdown == "infinity")
    one.shutdown.what = shutdown_rule::kind::infinity;
  else
    one.shutdown.limit = std::chrono::milliseconds{shutdown.get<int>()};
  return one;
}

supervisor_world world_of(const json& input) {
  supervisor_flags flags;
  flags.how = named<strategy>(input["strategy"],
                              {"one_for_one", "one_for_all", "rest_for_one"});
  flags.intensity = input["intensity"];
  flags.period = std::chrono::seconds{input["period_s"].get<int>()};
  flags.auto_shutdown =
      named<auto_shutdown>(input.value("auto_shutdown", json("never")),
                           {"never", "any_significant", "all_significant"});
  std::vector<child_spec> children;
  for (const auto& one : input["children"])
    children.push_back(spec_of(one));
  if (auto good = validate(flags, children); !good)
    throw std::runtime_error(good.error().detail);
  supervisor_world world(flags, std::move(children));
  for (const auto& one : input["children"])
    if (one["on_shutdown"] == "ignore")
      world.ignores_shutdown(one["id"]);
  world.happened();
  return world;
}

/// Lets `event` happen; returns the result of a call, else null.
json happen(supervisor_world& world, const json& event) {
  const std::string op = event["op"];
  if (op == "wait")
    world.wait(std::chrono::milliseconds{event["ms"].get<int>()});
  else if (op == "fail_next_starts")
    world.fail_next_starts(event["child"], event["count"]);
  else if (op == "exit")
    world.exit({{event["child"], reason_of(event["reason"])}});
  else if (op == "exit_many") {
    std::vector<std::pair<std::string, exit_reason>> exits;
    for (const auto& one : event["exits"])
      exits.emplace_back(one["child"], reason_of(one["reason"]));
    world.exit(exits);
  } else {
    using kind = supervisor_call::kind;
    auto what = named<kind>(event["op"], {"start_child", "terminate_child",
                                          "restart_child", "delete_child"});
    return world.call({what, event["child"]});
  }
  return nullptr;
}

json listed(const supervisor_state& state) {
  static const char* const names[] = {"running", "restarting", "stopped"};
  auto all = json::array();
  for (const auto& one : state.children())
    all.push_back({one.id, names[static_cast<int>(one.what)]});
  return all;
}

/// As `differs`, for values that are lists themselves and no alternatives.
std::string unequal(const std::string& field, const json& wanted,
                    const json& got) {
  if (wanted == got)
    return {};
  return field + ": wanted " + wanted.dump() + ", got " + got.dump() + "; ";
}

std::string check_supervisor(const json& row) {
  auto world = world_of(row["input"]);
  const auto& steps = row["expect"]["steps"];
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const auto& wanted = steps[i];
    auto result = happen(world, row["input"]["events"][i]);
    auto problem =
        unequal("actions", wanted["actions"], json(world.happened()))
        + unequal("children", wanted["children"], listed(world.state()))
        + differs("supervisor", wanted["supervisor"],
                  world.state().has_ended() ? world.text_of(world.reason())
                                            : "running")
        + differs("result", wanted.value("result", json()), result);
    if (!problem.empty())
      return "step " + std::to_string(i) + ": " + problem;
  }
  return {};
}

const suite_registration suites[] = {
    {"supervisor", check_supervisor},
};

} // namespace

} // namespace jobfarm::test
