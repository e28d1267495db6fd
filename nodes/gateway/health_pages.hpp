#pragma once

#include "actors/watch/metrics.hpp"
#include "nodes/http_server.hpp"

#include <functional>
#include <memory>
#include <string>

/// What tells monitors how a node is, whatever its role.
namespace jobfarm::nodes::gateway {

/// `body` with 200, or with 503 for a node that is not well.
server_response health_page(bool is_good, std::string body);

/// The figures, as OpenMetrics 1.0 for who accepts it, else as Prometheus text
/// 0.0.4.
server_response metrics_page(const server_request& request,
                             watch::metrics& figures);

/// Serves `/healthz`, `/readyz` and `/metrics` of a node without a REST
/// interface, to everybody who reaches the port: they hold no secret.
/// `obstacle` says why the node is not ready; empty where it is. Called on the
/// server's thread; must not block. Errors: invalid_input (the port).
expected<std::unique_ptr<http_server>>
serve_health_pages(http_server_options options,
                   std::shared_ptr<watch::metrics> figures,
                   std::function<std::string()> obstacle);

} // namespace jobfarm::nodes::gateway
