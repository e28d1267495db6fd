#include "nodes/gateway/openapi.hpp"
#include "tests/gateway/gateway_world.hpp"

using namespace jobfarm;
using namespace jobfarm::test;

namespace {

/// Every `$ref` of a document leads somewhere in it.
void check_references(const json_value& document, const json_value& at) {
  if (at.is_object() && at.contains("$ref")) {
    std::string reference = at["$ref"];
    INFO(reference);
    CHECK(document.contains(json_value::json_pointer(reference.substr(1))));
  }
  for (const auto& one : at)
    if (one.is_structured())
      check_references(document, one);
}

std::string filled(std::string path) {
  for (auto open = path.find('{'); open != path.npos; open = path.find('{'))
    path.replace(open, path.find('}') - open + 1, "unknown");
  return path;
}

} // namespace

TEST_CASE("every operation of the document answers as the document says") {
  gateway_world w;
  auto served = w.get("/api/v1/openapi.json");
  REQUIRE(served.status == 200);
  auto document = json_value::parse(served.body);
  CHECK(document["openapi"] == "3.1.0");
  check_references(document, document);
  std::size_t operations = 0;
  for (const auto& [path, methods] : document["paths"].items())
    for (const auto& [method, operation] : methods.items()) {
      ++operations;
      auto upper = method == "get"    ? "GET"
                   : method == "post" ? "POST"
                                      : "DELETE";
      auto answer = w.request(upper, filled(path), {},
                              method == "post" ? "{\"limit\":1}" : "");
      INFO(upper << ' ' << path << " gave " << answer.status);
      CHECK(operation["responses"].contains(std::to_string(answer.status)));
      CHECK(operation.contains("operationId"));
      if (answer.status >= 400)
        CHECK(answer.header("Content-Type") == "application/problem+json");
    }
  CHECK(operations == nodes::gateway::all_routes().size());
}

TEST_CASE("a method that a path does not take is 405 with those it takes") {
  gateway_world w;
  auto answer = w.request("PUT", "/api/v1/queries/x");
  CHECK(answer.status == 405);
  CHECK(answer.header("Allow") == "GET, HEAD, DELETE");
  CHECK(w.request("GET", "/api/v1/%zz").status == 400);
  CHECK(w.request("GET", "/nothing").status == 404);
}
