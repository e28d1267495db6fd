# The REST interface, over an interface to the farm: it knows no actors.
jobfarm_library(jobfarm_gateway COLD
  SOURCES gateway/api_request.cpp gateway/cluster_health.cpp
          gateway/cursor.cpp gateway/docs.cpp
          gateway/farm_gauges.cpp gateway/farm_operations.cpp
          gateway/fault_operations.cpp
          gateway/gateway.cpp gateway/guard.cpp gateway/health_pages.cpp
          gateway/openapi.cpp gateway/operations.cpp gateway/problem.cpp
          gateway/progress_stream.cpp gateway/query_json.cpp
          gateway/query_operations.cpp gateway/rate_limit.cpp
          gateway/result_operations.cpp gateway/search_body.cpp
          gateway/tokens.cpp gateway/workers.cpp
  LINKS jobfarm_http jobfarm_link jobfarm_normalize jobfarm_plan jobfarm_sources
        jobfarm_text jobfarm_watch jobfarm::sodium nlohmann_json::nlohmann_json)
# The same for the farm of one process.
jobfarm_library(jobfarm_local_gateway COLD
  SOURCES gateway/local_farm.cpp
  LINKS jobfarm_gateway jobfarm_nodes)
# The same of another machine.
jobfarm_library(jobfarm_relay COLD
  SOURCES gateway/body_channel.cpp gateway/relay.cpp
  LINKS jobfarm_gateway jobfarm_curl)
