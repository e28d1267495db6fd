#include "nodes/gateway/query_json.hpp"

#include "actors/plan/query_state.hpp"
#include "messages/json.hpp"
#include "messages/json_writer.hpp"

namespace jobfarm::nodes::gateway {

std::string query_path(const std::string& query_id) {
  return "/api/v1/queries/" + query_id;
}

std::string to_json(const query_view& view) {
  const auto& record = view.record;
  auto path = query_path(record.query.query_id);
  std::string text;
  json::object_writer out(text);
  out.member("query_id", record.query.query_id)
      .member("status", to_string(view.phase))
      .raw("query", jobfarm::to_json(record.query))
      .raw("progress", jobfarm::to_json(record.progress));
  if (record.result) {
    auto result = *record.result;
    result.jobs_url = path + "/results";
    out.raw("result", jobfarm::to_json(result));
  } else {
    out.null("result");
  }
  if (auto found = plan::found_at_cut(record); found && record.result) {
    json::object_writer cut(out.name("cut"));
    cut.member("found", *found);
    cut.close();
  } else {
    out.null("cut");
  }
  json::object_writer links(out.name("links"));
  links.member("self", path)
      .member("results", path + "/results")
      .member("events", path + "/events")
      .member("audit", path + "/audit");
  links.close();
  out.close();
  return text;
}

} // namespace jobfarm::nodes::gateway
