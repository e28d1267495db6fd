#include "actors/random_id.hpp"
#include "actors/text/ascii.hpp"
#include "messages/json.hpp"
#include "messages/json_writer.hpp"
#include "nodes/gateway/cursor.hpp"
#include "nodes/gateway/operations.hpp"
#include "nodes/gateway/progress_stream.hpp"
#include "nodes/gateway/query_json.hpp"
#include "nodes/gateway/search_body.hpp"

#include <sodium.h>

#include <algorithm>
#include <mutex>
#include <optional>

namespace jobfarm::nodes::gateway {

namespace {

constexpr std::size_t longest_key = 255;
/// The longest that a client may have a search wait for its end.
constexpr std::int64_t longest_wait_s = 60;

/// The id of a query that comes with an Idempotency-Key is made of the key, so
/// the store itself remembers that it was asked for, for good.
std::string id_of_key(const std::string& who, std::string_view key) {
  auto text = who + '\n' + std::string{key};
  unsigned char bytes[16];
  crypto_generichash(bytes, sizeof bytes,
                     reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  char id[33];
  sodium_bin2hex(id, sizeof id, bytes, sizeof bytes);
  return id;
}

/// Whether `asked` is what was `submitted` once; boards that it does not name
/// were filled in.
bool is_same_search(const job_query& submitted, job_query asked) {
  asked.submitted_at = submitted.submitted_at;
  if (asked.boards.empty())
    asked.boards = submitted.boards;
  return asked == submitted;
}

server_response accepted(const query_view& view) {
  auto response = json_answer(to_json(view), 202);
  response.headers.push_back(
      {"Location", query_path(view.record.query.query_id)});
  response.headers.push_back({"Retry-After", "1"});
  return response;
}

/// The number of the first event behind a cursor's `key`; nothing if that is no
/// number of an event: clients can make a cursor up.
std::optional<std::size_t> event_behind(const std::string& key) {
  if (key.empty())
    return 0;
  auto last = whole_number(key);
  if (!last)
    return std::nullopt;
  return static_cast<std::size_t>(*last) + 1;
}

/// `Prefer: wait=N` (RFC 7240 4.3), bounded; 0 without. What is no number is
/// passed over, as every preference that cannot be met (section 2).
std::chrono::seconds wished_wait(const api_request& request) {
  auto rest = request.header("prefer");
  while (!rest.empty()) {
    auto one = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    one = one.substr(0, one.find(';'));
    auto equals = std::min(one.find('='), one.size());
    if (!text::ascii_equal(text::ascii_trim(one.substr(0, equals)), "wait"))
      continue;
    auto value = one.substr(std::min(equals + 1, one.size()));
    if (auto wait = whole_number(text::ascii_trim(value)))
      return std::chrono::seconds{std::min(*wait, longest_wait_s)};
  }
  return std::chrono::seconds{0};
}

/// `accepted`, when the query has ended or `until` has come.
api_answer accepted_later(const api_context& context, std::string query_id,
                          workers::clock::time_point until) {
  return pending{[&context, id = std::move(query_id), until]() -> api_answer {
    auto view = context.farm->query(id);
    if (!view)
      return problem_of(view.error());
    if (!view->has_ended() && workers::clock::now() < until)
      return accepted_later(context, id, until);
    auto response = accepted(*view);
    response.headers.push_back({"Preference-Applied", "wait"});
    return response;
  }};
}

/// An answer to a key that was used before, or nothing if it was not.
std::optional<api_answer> replay(const api_context& context,
                                 const job_query& query) {
  auto known = context.farm->query(query.query_id);
  if (!known)
    return known.error().code == errc::not_found
               ? std::nullopt
               : std::optional<api_answer>{problem_of(known.error())};
  if (!is_same_search(known->record.query, query))
    return problem{422,
                   errc::invalid_input,
                   "this Idempotency-Key came with another search before",
                   {},
                   {}};
  auto response = accepted(*known);
  response.headers.push_back({"Idempotent-Replayed", "true"});
  return response;
}

api_answer submit(const api_context& context, job_query query,
                  std::chrono::seconds wait) {
  if (query.boards.empty()) {
    auto known = context.known_boards();
    if (!known)
      return problem_of(known.error());
    query.boards = *std::move(known);
  }
  if (auto done = context.farm->submit(query); !done)
    return problem_of(done.error());
  if (wait.count() > 0)
    return accepted_later(context, query.query_id,
                          workers::clock::now() + wait);
  auto view = context.farm->query(query.query_id);
  if (!view)
    return problem_of(view.error());
  return accepted(*view);
}

api_answer search(const api_context& context, const api_request& request) {
  auto type = request.header("content-type");
  if (type.substr(0, type.find(';')) != "application/json")
    return problem{415, errc::invalid_input, "send application/json", {}, {}};
  auto read = read_search(request.raw->body);
  if (auto* wrong = std::get_if<problem>(&read))
    return *wrong;
  auto query = std::get<job_query>(std::move(read));
  auto key = request.header("idempotency-key");
  if (key.size() > longest_key)
    return problem_of(
        fail(errc::invalid_input, "the Idempotency-Key is too long"));
  if (key.empty()) {
    query.query_id = random_id();
    return submit(context, std::move(query), wished_wait(request));
  }
  query.query_id = id_of_key(request.who.name, key);
  // The same key from many clients at once makes one query: each looks after
  // the one before has submitted.
  static std::mutex one_at_a_time;
  std::lock_guard lock(one_at_a_time);
  if (auto known = replay(context, query))
    return *std::move(known);
  return submit(context, std::move(query), wished_wait(request));
}

api_answer list_queries(const api_context& context,
                        const api_request& request) {
  auto limit = page_limit(request);
  auto after = read_cursor("queries", request.parameter("cursor"));
  if (!limit || !after)
    return problem_of(limit ? after.error() : limit.error());
  auto some = context.farm->queries(*after, *limit + 1);
  if (!some)
    return problem_of(some.error());
  page rows;
  for (const auto& one : *some) {
    rows.rows.push_back(to_json(one));
    rows.keys.push_back(one.record.query.query_id);
  }
  return page_answer(request, "queries", std::move(rows), *limit);
}

api_answer get_query(const api_context& context, const api_request& request) {
  auto view = context.farm->query(request.part("query_id"));
  if (!view)
    return problem_of(view.error());
  return json_answer(to_json(*view));
}

api_answer cancel_query(const api_context& context,
                        const api_request& request) {
  auto id = request.part("query_id");
  if (auto done = context.farm->cancel(id); !done)
    return problem_of(done.error());
  auto view = context.farm->query(id);
  if (!view)
    return problem_of(view.error());
  return json_answer(to_json(*view), 202);
}

/// The progress of a query as it comes, numbered on from what the client had
/// last.
api_answer follow_query(const api_context& context, const api_request& request,
                        const std::string& id) {
  auto text = request.header("last-event-id");
  auto last =
      text.empty() ? std::optional<std::int64_t>{0} : whole_number(text);
  if (!last)
    return problem_of(
        fail(errc::invalid_input, "Last-Event-ID takes a number of an event"));
  return progress_stream(*context.farm, *context.pool, id,
                         static_cast<std::uint64_t>(*last));
}

api_answer query_events(const api_context& context,
                        const api_request& request) {
  auto id = request.part("query_id");
  auto view = context.farm->query(id);
  if (!view)
    return problem_of(view.error());
  if (request.header("accept").find("text/event-stream")
      != std::string_view::npos)
    return follow_query(context, request, id);
  auto limit = page_limit(request);
  auto list = "events/" + id;
  auto after = read_cursor(list, request.parameter("cursor"));
  if (!limit || !after)
    return problem_of(limit ? after.error() : limit.error());
  auto first = event_behind(*after);
  if (!first)
    return problem_of(
        fail(errc::invalid_input, "the cursor is not one of this list's"));
  auto some = context.farm->events(id, *first, *limit + 1);
  if (!some)
    return problem_of(some.error());
  page rows;
  for (const auto& one : *some) {
    rows.keys.push_back(std::to_string(*first + rows.rows.size()));
    rows.rows.push_back(to_json(one));
  }
  return page_answer(request, list, std::move(rows), *limit);
}

} // namespace

std::vector<route> query_routes() {
  return {
      {"POST",
       "/api/v1/search",
       "search",
       permission::query,
       "Start a query; it runs until its sources are read",
       {},
       202,
       "Query",
       search},
      {"GET",
       "/api/v1/queries",
       "listQueries",
       permission::read,
       "Queries, newest first",
       {"limit", "cursor"},
       200,
       "QueryPage",
       list_queries},
      {"GET",
       "/api/v1/queries/{query_id}",
       "getQuery",
       permission::read,
       "A query with its progress and, when it has ended, its result",
       {},
       200,
       "Query",
       get_query},
      {"DELETE",
       "/api/v1/queries/{query_id}",
       "cancelQuery",
       permission::query,
       "End a query early; what was collected stays",
       {},
       202,
       "Query",
       cancel_query},
      {"GET",
       "/api/v1/queries/{query_id}/events",
       "queryEvents",
       permission::read,
       "What happened to a query: a list, or as text/event-stream its progress "
       "until it ends",
       {"limit", "cursor"},
       200,
       "EventPage",
       query_events,
       {"text/event-stream"}},
  };
}

} // namespace jobfarm::nodes::gateway
