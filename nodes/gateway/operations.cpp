#include "nodes/gateway/operations.hpp"

#include "messages/json_writer.hpp"
#include "nodes/gateway/cursor.hpp"

#include "actors/text/url.hpp"

#include <algorithm>

namespace jobfarm::nodes::gateway {

namespace {

constexpr std::int64_t most_rows = 100;
constexpr std::size_t usual_rows = 25;

std::string_view next_segment(std::string_view& path) {
  path.remove_prefix(1);
  auto segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

/// True if `path` has the shape of `pattern`; what stands for `{name}` goes
/// into `parts`.
bool matches(std::string_view pattern, std::string_view path,
             std::map<std::string, std::string, std::less<>>& parts) {
  while (!pattern.empty() && !path.empty()) {
    auto wanted = next_segment(pattern);
    auto given = next_segment(path);
    if (!wanted.empty() && wanted.front() == '{') {
      if (given.empty())
        return false;
      parts[std::string{wanted.substr(1, wanted.size() - 2)}] = given;
    } else if (wanted != given) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

/// Refuses a parameter that the route does not take: a typo must not be silent.
std::optional<problem> check_parameters(const route& to,
                                        const api_request& request) {
  for (const auto& [name, value] : request.query) {
    const auto& known = to.parameters;
    if (std::find(known.begin(), known.end(), name) != known.end())
      continue;
    std::string takes;
    for (auto one : known)
      takes += (takes.empty() ? "" : ", ") + std::string{one};
    return problem_of(fail(errc::invalid_input,
                           "there is no parameter \"" + name + "\"; this takes "
                               + (takes.empty() ? "none" : takes)));
  }
  return std::nullopt;
}

/// RFC 9110 12.5.1, without weights: refuses who wants none of what there is.
std::optional<problem> check_accept(const route& to,
                                    const api_request& request) {
  auto accept = request.header("accept");
  auto is_named = [&](std::string_view type) {
    return accept.find(type) != accept.npos;
  };
  if (accept.empty() || is_named("*/*") || is_named("application/*")
      || is_named("application/json")
      || std::any_of(to.other_types.begin(), to.other_types.end(), is_named))
    return std::nullopt;
  std::string offered = "application/json";
  for (auto type : to.other_types)
    offered += ", " + std::string{type};
  return problem{
      406, errc::invalid_input, "this answers in " + offered, {}, {}};
}

} // namespace

const std::vector<route>& all_routes() {
  static const auto all = [] {
    auto routes = query_routes();
    for (auto& more : {result_routes(), farm_routes(), fault_routes()})
      routes.insert(routes.end(), more.begin(), more.end());
    return routes;
  }();
  return all;
}

routed find_route(const std::vector<route>& routes, std::string_view method,
                  api_request& request) {
  routed found;
  auto wanted = method == "HEAD" ? "GET" : method;
  for (const auto& one : routes) {
    decltype(request.parts) parts;
    if (!matches(one.pattern, request.path, parts))
      continue;
    if (one.method == wanted) {
      request.parts = std::move(parts);
      found.to = &one;
      return found;
    }
    found.allowed +=
        (found.allowed.empty() ? "" : ", ") + std::string{one.method};
    if (one.method == "GET")
      found.allowed += ", HEAD";
  }
  return found;
}

std::optional<problem> misfit(const route& to, const api_request& request) {
  auto refused = check_accept(to, request);
  return refused ? refused : check_parameters(to, request);
}

server_response json_answer(std::string body, int status) {
  server_response response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = std::move(body);
  return response;
}

expected<std::size_t> page_limit(const api_request& request) {
  auto text = request.parameter("limit");
  if (text.empty())
    return usual_rows;
  auto limit = whole_number(text);
  if (!limit || *limit < 1 || *limit > most_rows)
    return fail(errc::invalid_input, "limit takes 1 to 100");
  return static_cast<std::size_t>(*limit);
}

server_response page_answer(const api_request& request, std::string_view list,
                            page rows, std::size_t limit) {
  std::string cursor;
  if (rows.rows.size() > limit) {
    rows.rows.resize(limit);
    cursor = make_cursor(list, rows.keys[limit - 1]);
  }
  std::string body;
  json::object_writer out(body);
  auto& items = out.name("items");
  items += '[';
  for (const auto& one : rows.rows)
    items += (&one == rows.rows.data() ? "" : ",") + one;
  items += ']';
  cursor.empty() ? out.null("next_cursor") : out.member("next_cursor", cursor);
  out.close();
  auto response = json_answer(std::move(body));
  if (cursor.empty())
    return response;
  std::string next = request.path + "?cursor=" + cursor;
  for (const auto& [name, value] : request.query)
    if (name != "cursor")
      next +=
          '&' + text::percent_encode(name) + '=' + text::percent_encode(value);
  response.headers.push_back({"Link", '<' + next + ">; rel=\"next\""});
  return response;
}

} // namespace jobfarm::nodes::gateway
