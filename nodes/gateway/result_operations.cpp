#include "messages/json.hpp"
#include "messages/json_writer.hpp"
#include "nodes/gateway/cursor.hpp"
#include "nodes/gateway/operations.hpp"

namespace jobfarm::nodes::gateway {

namespace {

/// Postings of a part: some 400 kB of long ones.
constexpr std::size_t rows_a_part = 50;

/// A whole result as JSON Lines, page by page as the client takes it.
class result_reader : public std::enable_shared_from_this<result_reader> {
public:
  result_reader(const api_context& context, result_source from)
      : pool_(*context.pool), from_(std::move(from)) {
  }

  void next(const std::function<void(body_part)>& take) {
    auto self = shared_from_this();
    if (!pool_.post([self, take] { take(self->read()); }))
      take({"", body_part::kind::broken});
  }

private:
  body_part read() {
    auto some = from_(rows_a_part);
    if (!some)
      return {"", body_part::kind::broken};
    body_part part;
    for (const auto& one : *some) {
      append_json(part.bytes, one);
      part.bytes += '\n';
    }
    if (some->size() < rows_a_part)
      part.what = body_part::kind::last;
    return part;
  }

  workers& pool_;
  result_source from_;
};

bool wants_lines(const api_request& request) {
  auto format = request.parameter("format");
  auto accept = request.header("accept");
  return format == "jsonl"
         || (format.empty()
             && (accept.find("application/jsonl") != accept.npos
                 || accept.find("application/x-ndjson") != accept.npos));
}

api_answer get_results(const api_context& context, const api_request& request) {
  auto id = request.part("query_id");
  auto list = "results/" + id;
  auto format = request.parameter("format");
  if (!format.empty() && format != "json" && format != "jsonl")
    return problem_of(fail(errc::invalid_input, "format takes json or jsonl"));
  auto limit = page_limit(request);
  auto after = read_cursor(list, request.parameter("cursor"));
  if (!limit || !after)
    return problem_of(limit ? after.error() : limit.error());
  auto from = context.farm->results(id, *after);
  if (!from)
    return problem_of(from.error());
  if (wants_lines(request)) {
    auto reader = std::make_shared<result_reader>(context, *std::move(from));
    server_response response;
    response.headers = {{"Content-Type", "application/jsonl; charset=utf-8"}};
    response.stream = [reader](const auto& take) { reader->next(take); };
    return response;
  }
  auto some = (*from)(*limit + 1);
  if (!some)
    return problem_of(some.error());
  page rows;
  for (const auto& one : *some) {
    rows.rows.push_back(to_json(one));
    rows.keys.push_back(one.id);
  }
  return page_answer(request, list, std::move(rows), *limit);
}

api_answer get_audit(const api_context& context, const api_request& request) {
  auto audit = context.farm->audit(request.part("query_id"));
  if (!audit)
    return problem_of(audit.error());
  return json_answer(to_json(*audit));
}

api_answer get_posting(const api_context& context, const api_request& request) {
  auto posting = context.farm->posting(request.part("posting_id"));
  if (!posting)
    return problem_of(posting.error());
  return json_answer(to_json(*posting));
}

} // namespace

std::vector<route> result_routes() {
  return {
      {"GET",
       "/api/v1/queries/{query_id}/results",
       "getResults",
       permission::read,
       "Postings that a query found: pages of JSON, or all as JSON Lines",
       {"limit", "cursor", "format"},
       200,
       "PostingPage",
       get_results,
       {"application/jsonl", "application/x-ndjson"}},
      {"GET",
       "/api/v1/queries/{query_id}/audit",
       "auditQuery",
       permission::read,
       "Whether everything handed out is accounted for",
       {},
       200,
       "Audit",
       get_audit},
      {"GET",
       "/api/v1/postings/{posting_id}",
       "getPosting",
       permission::read,
       "A posting with every sighting that became it",
       {},
       200,
       "Posting",
       get_posting},
  };
}

} // namespace jobfarm::nodes::gateway
