#include "nodes/gateway/problem.hpp"

#include "messages/json_writer.hpp"

namespace jobfarm::nodes::gateway {

namespace {

int status_of(errc code) {
  switch (code) {
    case errc::invalid_input: return 400;
    case errc::auth_failed: return 401;
    case errc::not_found: return 404;
    case errc::cancelled: return 409;
    case errc::too_large: return 413;
    case errc::rate_limited:
    case errc::budget_exceeded: return 429;
    case errc::timeout:
    case errc::node_lost:
    case errc::provider_unavailable:
    case errc::store_failed: return 503;
    default: return 500;
  }
}

/// RFC 9110 15: the words that go with a status.
std::string_view title_of(int status) {
  switch (status) {
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 406: return "Not Acceptable";
    case 409: return "Conflict";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 422: return "Unprocessable Content";
    case 429: return "Too Many Requests";
    case 501: return "Not Implemented";
    case 502: return "Bad Gateway";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
  }
}

void append_faults(std::string& out, const std::vector<body_fault>& faults) {
  out += '[';
  for (const auto& one : faults) {
    if (out.back() != '[')
      out += ',';
    json::object_writer row(out);
    row.member("pointer", one.pointer).member("detail", one.detail);
    row.close();
  }
  out += ']';
}

bool is_retryable(int status) {
  return status == 429 || status == 503;
}

} // namespace

problem problem_of(const failure& why) {
  problem made;
  made.status = status_of(why.code);
  made.code = why.code;
  // What went wrong inside is for the logs.
  made.detail = made.status == 500 ? "the farm could not do it" : why.detail;
  if (made.status == 503)
    made.headers.push_back({"Retry-After", "5"});
  return made;
}

server_response to_response(const problem& what, const std::string& instance,
                            const std::string& request_id) {
  server_response response;
  response.status = what.status;
  response.headers = what.headers;
  response.headers.push_back({"Content-Type", "application/problem+json"});
  std::string code{to_string(what.code)};
  json::object_writer out(response.body);
  out.member("type", "/docs/problems/" + code)
      .member("title", title_of(what.status))
      .member("status", what.status)
      .member("detail", what.detail)
      .member("instance", instance)
      .member("code", code)
      .member("request_id", request_id)
      .member("retryable", is_retryable(what.status));
  if (!what.faults.empty())
    append_faults(out.name("errors"), what.faults);
  out.close();
  return response;
}

} // namespace jobfarm::nodes::gateway
