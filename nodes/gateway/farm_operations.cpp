#include "actors/watch/audit.hpp"
#include "messages/json.hpp"
#include "messages/json_writer.hpp"
#include "nodes/gateway/cluster_health.hpp"
#include "nodes/gateway/cursor.hpp"
#include "nodes/gateway/openapi.hpp"
#include "nodes/gateway/operations.hpp"

#include <chrono>

namespace jobfarm::nodes::gateway {

namespace {

/// Bytes.
constexpr std::size_t longest_reason = 1000;

/// A list that is short by nature: all of it on one page.
template <class Record>
api_answer whole_list(const expected<std::vector<Record>>& all) {
  if (!all)
    return problem_of(all.error());
  std::string body = "{\"items\":[";
  for (const auto& one : *all)
    body += (&one == all->data() ? "" : ",") + to_json(one);
  return json_answer(body + "],\"next_cursor\":null}");
}

api_answer list_sources(const api_context& context, const api_request&) {
  return whole_list(context.farm->sources());
}

api_answer list_nodes(const api_context& context, const api_request&) {
  return whole_list(context.farm->nodes());
}

api_answer drain_node(const api_context& context, const api_request& request) {
  auto node = context.farm->drain(request.part("node_id"));
  if (!node)
    return problem_of(node.error());
  return json_answer(to_json(*node), 202);
}

api_answer list_dead(const api_context& context, const api_request& request) {
  auto query_id = request.parameter("query_id");
  auto list = "dead/" + query_id;
  auto limit = page_limit(request);
  auto after = read_cursor(list, request.parameter("cursor"));
  if (!limit || !after)
    return problem_of(limit ? after.error() : limit.error());
  auto some = context.farm->dead_letters(query_id, *after, *limit + 1);
  if (!some)
    return problem_of(some.error());
  page rows;
  for (const auto& one : *some) {
    rows.rows.push_back(to_json(one));
    rows.keys.push_back(watch::place_of(one));
  }
  return page_answer(request, list, std::move(rows), *limit);
}

api_answer retry_dead(const api_context& context, const api_request& request) {
  auto task_id = request.part("task_id");
  if (auto done = context.farm->retry_dead(task_id); !done)
    return problem_of(done.error());
  return json_answer("{}", 202);
}

api_answer drop_dead(const api_context& context, const api_request& request) {
  auto reason = request.parameter("reason");
  if (reason.empty() || reason.size() > longest_reason)
    return problem{422,
                   errc::invalid_input,
                   "?reason= says in at most 1000 bytes why it is dropped",
                   {},
                   {}};
  if (auto done = context.farm->drop_dead(request.part("task_id"), reason);
      !done)
    return problem_of(done.error());
  return json_answer("{}");
}

std::int64_t now_seconds() {
  using namespace std::chrono;
  return duration_cast<seconds>(system_clock::now().time_since_epoch()).count();
}

api_answer get_status(const api_context& context, const api_request&) {
  auto nodes = context.farm->nodes();
  if (!nodes)
    return problem_of(nodes.error());
  std::string text;
  json::object_writer out(text);
  auto is_good = true;
  std::string checks = "[";
  for (const auto& one :
       cluster_checks(context.farm->readiness(), *nodes, now_seconds())) {
    is_good = is_good && one.is_met;
    json::object_writer row(checks += checks.size() > 1 ? "," : "");
    row.member("name", one.name)
        .member("ok", one.is_met)
        .member("reason", one.reason);
    row.close();
  }
  out.member("cluster", is_good ? "healthy" : "degraded")
      .member("version", context.version)
      .raw("checks", checks + ']');
  auto& list = out.name("nodes");
  list += '[';
  for (const auto& one : *nodes)
    list += (&one == nodes->data() ? "" : ",") + to_json(one);
  list += ']';
  out.close();
  return json_answer(std::move(text));
}

api_answer get_openapi(const api_context& context, const api_request&) {
  return json_answer(openapi_document(all_routes(), context.version));
}

} // namespace

std::vector<route> farm_routes() {
  return {
      {"GET",
       "/api/v1/status",
       "getStatus",
       permission::read,
       "The cluster in one word, its checks and nodes",
       {},
       200,
       "Status",
       get_status},
      {"GET",
       "/api/v1/sources",
       "listSources",
       permission::read,
       "Every source and how it does",
       {},
       200,
       "SourcePage",
       list_sources},
      {"GET",
       "/api/v1/nodes",
       "listNodes",
       permission::read,
       "Every node",
       {},
       200,
       "NodePage",
       list_nodes},
      {"POST",
       "/api/v1/nodes/{node_id}/drain",
       "drainNode",
       permission::operate,
       "Finish what is in hand on a node, give it no more",
       {},
       202,
       "Node",
       drain_node},
      {"GET",
       "/api/v1/dead-letters",
       "listDeadLetters",
       permission::read,
       "Tasks that were given up, with the reason",
       {"query_id", "limit", "cursor"},
       200,
       "DeadLetterPage",
       list_dead},
      {"POST",
       "/api/v1/dead-letters/{task_id}/retry",
       "retryDeadLetter",
       permission::operate,
       "Try a task that was given up again, as if it were new",
       {},
       202,
       "",
       retry_dead},
      {"POST",
       "/api/v1/dead-letters/{task_id}/drop",
       "dropDeadLetter",
       permission::operate,
       "Take a task off the list of those given up, for good",
       {"reason"},
       200,
       "",
       drop_dead},
      {"GET",
       "/api/v1/openapi.json",
       "getOpenapi",
       permission::read,
       "This document",
       {},
       200,
       "",
       get_openapi},
  };
}

} // namespace jobfarm::nodes::gateway
