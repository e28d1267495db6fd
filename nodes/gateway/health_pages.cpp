#include "nodes/gateway/health_pages.hpp"

#include "messages/json_writer.hpp"
#include "nodes/gateway/operations.hpp"
#include "nodes/gateway/problem.hpp"

#include <utility>

namespace jobfarm::nodes::gateway {

namespace {

server_response readiness_page(const std::string& obstacle) {
  std::string body;
  json::object_writer out(body);
  out.member("status", obstacle.empty() ? "ready" : "not_ready");
  if (!obstacle.empty())
    out.member("reason", obstacle);
  out.close();
  return health_page(obstacle.empty(), std::move(body));
}

problem not_here(const std::string& method) {
  if (method != "GET" && method != "HEAD")
    return {405, errc::invalid_input, "this takes GET", {}, {{"Allow", "GET"}}};
  return {404,
          errc::not_found,
          "there is nothing here but /healthz, /readyz and /metrics",
          {},
          {}};
}

} // namespace

server_response health_page(bool is_good, std::string body) {
  return json_answer(std::move(body), is_good ? 200 : 503);
}

server_response metrics_page(const server_request& request,
                             watch::metrics& figures) {
  auto is_open = request.header("accept").find("application/openmetrics-text")
                 != std::string_view::npos;
  auto text = figures.text();
  auto page =
      json_answer(is_open ? watch::to_openmetrics(text) : std::move(text));
  page.headers[0].value =
      is_open ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
              : "text/plain; version=0.0.4; charset=utf-8";
  return page;
}

expected<std::unique_ptr<http_server>>
serve_health_pages(http_server_options options,
                   std::shared_ptr<watch::metrics> figures,
                   std::function<std::string()> obstacle) {
  return http_server::start(
      std::move(options), request_handler{[figures = std::move(figures),
                                           obstacle = std::move(obstacle)](
                                              const server_request& request) {
        if (request.method == "GET" || request.method == "HEAD") {
          if (request.target == "/healthz")
            return health_page(true, R"({"status":"ok"})");
          if (request.target == "/readyz")
            return readiness_page(obstacle());
          if (request.target == "/metrics")
            return metrics_page(request, *figures);
        }
        return to_response(not_here(request.method), request.target, "");
      }});
}

} // namespace jobfarm::nodes::gateway
