#include "messages/json.hpp"
#include "messages/json_writer.hpp"
#include "nodes/gateway/operations.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <limits>
#include <type_traits>

namespace jobfarm::nodes::gateway {

namespace {

using value = nlohmann::json;

std::string to_json(const watch::armed_fault& fault) {
  std::string text;
  json::object_writer out(text);
  out.member("id", fault.id)
      .member("point", fault.point)
      .member("effect", to_string(fault.effect))
      .member("code", to_string(fault.code))
      .member("delay_ms", fault.delay_ms)
      .member("probability", fault.probability)
      .member("times", fault.times)
      .member("seed", static_cast<std::int64_t>(fault.seed))
      .member("passed", fault.passed)
      .member("struck", fault.struck);
  if (!fault.node.empty())
    out.member("node", fault.node);
  out.close();
  return text;
}

std::optional<problem> refusal_of(const api_context& context) {
  if (context.faults && context.faults->is_allowed())
    return std::nullopt;
  return problem{403,
                 errc::auth_failed,
                 "this node was not started with --allow-faults",
                 {},
                 {}};
}

template <class Enum>
bool read_word(const value& body, const char* name, Enum& into) {
  auto found = body.find(name);
  if (found == body.end())
    return true;
  auto known = found->is_string() ? from_string<Enum>(found->get<std::string>())
                                  : std::nullopt;
  if (known)
    into = *known;
  return known.has_value();
}

template <class Number>
bool read_number(const value& body, const char* name, Number& into) {
  auto found = body.find(name);
  if (found == body.end())
    return true;
  if constexpr (std::is_floating_point_v<Number>) {
    if (!found->is_number())
      return false;
  } else {
    constexpr std::uint64_t most = std::numeric_limits<Number>::max();
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > most)
      return false;
  }
  into = found->get<Number>();
  return true;
}

/// The members that are not right go into `faults`.
watch::armed_fault read_fault(const value& body,
                              std::vector<body_fault>& faults) {
  watch::armed_fault made;
  auto expect = [&](bool is_good, std::string_view name) {
    if (!is_good)
      faults.push_back({"/" + std::string{name}, "is not right"});
  };
  for (const auto& [name, given] : body.items()) {
    static constexpr std::string_view known[] = {
        "point",       "effect", "code", "delay_ms",
        "probability", "times",  "seed", "node"};
    expect(std::find(std::begin(known), std::end(known), name)
               != std::end(known),
           name);
  }
  if (auto node = body.find("node"); node != body.end()) {
    expect(node->is_string(), "node");
    if (node->is_string())
      made.node = node->get<std::string>();
  }
  auto point = body.find("point");
  expect(point != body.end() && point->is_string(), "point");
  if (faults.empty())
    made.point = point->get<std::string>();
  expect(read_word(body, "effect", made.effect), "effect");
  expect(read_word(body, "code", made.code), "code");
  expect(read_number(body, "delay_ms", made.delay_ms), "delay_ms");
  expect(read_number(body, "probability", made.probability), "probability");
  expect(read_number(body, "times", made.times), "times");
  expect(read_number(body, "seed", made.seed), "seed");
  return made;
}

api_answer list_faults(const api_context& context, const api_request&) {
  if (auto refused = refusal_of(context))
    return *refused;
  std::string text;
  json::object_writer out(text);
  auto& items = out.name("items");
  items += '[';
  for (const auto& one : context.faults->armed())
    items += (items.back() == '[' ? "" : ",") + to_json(one);
  items += ']';
  out.null("next_cursor");
  json::object_writer points(out.name("points"));
  for (const auto& one : watch::all_fail_points())
    points.member(one.name, one.where);
  points.close();
  out.close();
  return json_answer(std::move(text));
}

api_answer inject_fault(const api_context& context,
                        const api_request& request) {
  if (auto refused = refusal_of(context))
    return *refused;
  auto compact = compact_json(request.raw->body);
  if (!compact)
    return problem_of(compact.error());
  auto body = value::parse(*compact, nullptr, false);
  std::vector<body_fault> wrong;
  if (!body.is_object())
    wrong.push_back({"", "must be an object"});
  auto fault = wrong.empty() ? read_fault(body, wrong) : watch::armed_fault{};
  problem refusal{422, errc::invalid_input, "that is no fault", wrong, {}};
  if (!wrong.empty())
    return refusal;
  auto armed = context.faults->arm(std::move(fault));
  if (!armed && armed.error().code != errc::invalid_input)
    return problem_of(armed.error());
  if (!armed) {
    refusal.detail = armed.error().detail;
    return refusal;
  }
  return json_answer(to_json(*armed), 201);
}

api_answer clear(const api_context& context, std::int64_t id) {
  if (auto refused = refusal_of(context))
    return *refused;
  auto cleared = context.faults->clear(id);
  if (!cleared)
    return problem_of(cleared.error());
  if (*cleared == 0 && id != 0)
    return problem_of(fail(errc::not_found, "no such fault"));
  return json_answer("{\"cleared\":" + std::to_string(*cleared) + '}');
}

api_answer clear_all(const api_context& context, const api_request&) {
  return clear(context, 0);
}

api_answer clear_one(const api_context& context, const api_request& request) {
  auto id = whole_number(request.part("fault_id"));
  if (!id || *id < 1)
    return problem_of(fail(errc::not_found, "no such fault"));
  return clear(context, *id);
}

} // namespace

std::vector<route> fault_routes() {
  return {
      {"GET",
       "/api/v1/faults",
       "listFaults",
       permission::operate,
       "Faults that are armed, and the points where they can be",
       {},
       200,
       "FaultPage",
       list_faults},
      {"POST",
       "/api/v1/faults",
       "injectFault",
       permission::operate,
       "Arm a fault, for tests of the farm",
       {},
       201,
       "Fault",
       inject_fault},
      {"DELETE",
       "/api/v1/faults",
       "clearFaults",
       permission::operate,
       "Take all faults away",
       {},
       200,
       "",
       clear_all},
      {"DELETE",
       "/api/v1/faults/{fault_id}",
       "clearFault",
       permission::operate,
       "Take a fault away",
       {},
       200,
       "",
       clear_one},
  };
}

} // namespace jobfarm::nodes::gateway
