#include "nodes/gateway/openapi.hpp"

#include "actors/text/ascii.hpp"
#include "messages/json_writer.hpp"

#include <map>

namespace jobfarm::nodes::gateway {

namespace {

/// Schemas of what the operations take and give; JSON Schema 2020-12 within
/// what draft 7 knows too.
constexpr std::string_view schemas = R"({
"Search":{"type":"object","additionalProperties":false,"properties":{
"text":{"type":"string"},"locations":{"maxItems":200,
"allOf":[{"$ref":"#/components/schemas/Texts"}]},
"remote_only":{"type":"boolean"},"salary_min":{"type":"number","minimum":0},
"salary_currency":{"type":"string","pattern":"^[A-Z]{3}$"},
"posted_within_s":{"$ref":"#/components/schemas/Seconds"},
"sources":{"maxItems":100,"allOf":[{"$ref":"#/components/schemas/Texts"}]},
"boards":{"type":"array","maxItems":20000,"items":{"type":"object",
"additionalProperties":false,"required":["source","token"],"properties":{
"source":{"type":"string"},"token":{"type":"string"},
"company":{"type":"string"}}}},
"companies":{"maxItems":1000,
"allOf":[{"$ref":"#/components/schemas/Texts"}]},
"level":{"enum":["none","basic","advanced","maximum"]},
"limit":{"type":"integer","minimum":0},
"timeout_s":{"$ref":"#/components/schemas/Seconds"}},
"examples":[{"text":"program manager","remote_only":true,"limit":100}]},
"Seconds":{"type":"integer","minimum":0,"maximum":3153600000},
"Texts":{"type":"array","items":{"type":"string","maxLength":4096}},
"Query":{"type":"object","required":["query_id","status","query","progress",
"result","links"],"properties":{"query_id":{"type":"string"},
"status":{"enum":["running","complete","partial","cancelled","interrupted"]},
"query":{"type":"object"},"progress":{"type":"object"},
"result":{"type":["object","null"]},"links":{"type":"object"}}},
"Posting":{"type":"object","required":["id","source","title"]},
"Node":{"type":"object","required":["id","role","state"],"properties":{
"id":{"type":"string"},"role":{"type":"string"},
"state":{"enum":["starting","ready","draining","drained","lost"]},
"proxies":{"type":"array","items":{"$ref":"#/components/schemas/Proxy"}}}},
"Proxy":{"type":"object","required":["url","tier","state","requests","bytes",
"failures","bans"],"properties":{"url":{"type":"string"},
"tier":{"type":"integer"},"requests":{"type":"integer"},
"bytes":{"type":"integer"},"failures":{"type":"integer"},
"bans":{"type":"integer"},"latency_ms":{"type":"number"},
"last_error":{"type":["string","null"]},
"state":{"enum":["healthy","slow","walled","quarantined","probing"]}}},
"Source":{"type":"object","required":["name","type","enabled"]},
"Event":{"type":"object","required":["at","name"]},
"DeadLetter":{"type":"object","required":["query_id","task_id","reason"]},
"Audit":{"type":"object","required":["query_id","adds_up","sources"]},
"Status":{"type":"object","required":["cluster","nodes","checks"]},
"Fault":{"type":"object","required":["point","effect"],"properties":{
"id":{"type":"integer"},"point":{"type":"string"},
"effect":{"enum":["fail","delay","drop","duplicate","reorder","kill","hang",
"jump"]},"node":{"type":"string"},
"code":{"type":"string"},"delay_ms":{"type":"integer","minimum":0},
"probability":{"type":"number","exclusiveMinimum":0,"maximum":1},
"times":{"type":"integer","minimum":0},"seed":{"type":"integer","minimum":0},
"passed":{"type":"integer"},"struck":{"type":"integer"}}},
"Problem":{"type":"object","required":["type","title","status","code"],
"properties":{"type":{"type":"string"},"title":{"type":"string"},
"status":{"type":"integer"},"detail":{"type":"string"},
"instance":{"type":"string"},"code":{"type":"string"},
"request_id":{"type":"string"},"retryable":{"type":"boolean"},
"errors":{"type":"array","items":{"type":"object","properties":{
"pointer":{"type":"string"},"detail":{"type":"string"}}}}}}})";

std::string reference(std::string_view schema) {
  return R"({"$ref":"#/components/schemas/)" + std::string{schema} + "\"}";
}

/// `XPage` is a page of X.
std::string schema_of(std::string_view name) {
  if (name.empty())
    return R"({"type":"object"})";
  auto is_page = name.size() > 4 && name.substr(name.size() - 4) == "Page";
  if (!is_page)
    return reference(name);
  return R"({"type":"object","required":["items","next_cursor"],)"
         R"("properties":{"items":{"type":"array","items":)"
         + reference(name.substr(0, name.size() - 4))
         + R"(},"next_cursor":{"type":["string","null"]}}})";
}

std::string json_content(const std::string& schema) {
  return R"({"application/json":{"schema":)" + schema + "}}";
}

void append_parameter(std::string& out, std::string_view name,
                      std::string_view in) {
  if (out.back() != '[')
    out += ',';
  json::object_writer one(out);
  one.member("name", name)
      .member("in", in)
      .member("required", in == "path")
      .raw("schema", name == "limit"
                         ? R"({"type":"integer","minimum":1,"maximum":100})"
                         : R"({"type":"string"})");
  one.close();
}

std::string parameters_of(const route& one) {
  std::string out = "[";
  for (auto at = one.pattern.find('{'); at != one.pattern.npos;
       at = one.pattern.find('{', at + 1))
    append_parameter(
        out, one.pattern.substr(at + 1, one.pattern.find('}', at) - at - 1),
        "path");
  for (auto name : one.parameters)
    append_parameter(out, name, "query");
  if (one.id == "search")
    for (auto name : {"Idempotency-Key", "Prefer"})
      append_parameter(out, name, "header");
  return out + ']';
}

std::string responses_of(const route& one) {
  std::string out;
  json::object_writer all(out);
  json::object_writer good(all.name(std::to_string(one.status)));
  good.member("description", "done")
      .raw("content", json_content(schema_of(one.schema)));
  good.close();
  std::vector<std::string_view> errors = {"400", "401", "403", "406",
                                          "429", "500", "503"};
  if (one.pattern.find('{') != one.pattern.npos)
    errors.push_back("404");
  if (one.method == "POST")
    errors.insert(errors.end(), {"413", "415", "422"});
  for (auto status : errors) {
    json::object_writer bad(all.name(status));
    bad.member("description", "a problem document")
        .raw("content", R"({"application/problem+json":{"schema":)"
                            + reference("Problem") + "}}");
    bad.close();
  }
  all.close();
  return out;
}

std::string operation_of(const route& one) {
  std::string out;
  json::object_writer text(out);
  text.member("operationId", one.id)
      .member("summary", one.summary)
      .member("x-permission", to_string(one.need))
      .raw("parameters", parameters_of(one));
  if (one.id == "search")
    text.raw("requestBody", R"({"required":true,"content":)"
                                + json_content(reference("Search")) + '}');
  if (one.id == "injectFault")
    text.raw("requestBody", R"({"required":true,"content":)"
                                + json_content(reference("Fault")) + '}');
  text.raw("responses", responses_of(one));
  text.close();
  return out;
}

} // namespace

std::string openapi_document(const std::vector<route>& routes,
                             std::string_view version) {
  std::map<std::string_view, std::vector<const route*>> by_path;
  for (const auto& one : routes)
    by_path[one.pattern].push_back(&one);
  std::string text;
  json::object_writer out(text);
  out.member("openapi", "3.1.0");
  json::object_writer info(out.name("info"));
  info.member("title", "jobfarm").member("version", version);
  info.close();
  out.raw("security", R"([{"bearer":[]}])");
  json::object_writer paths(out.name("paths"));
  for (const auto& [path, operations] : by_path) {
    json::object_writer methods(paths.name(path));
    for (const auto* one : operations)
      methods.raw(text::ascii_lower(one->method), operation_of(*one));
    methods.close();
  }
  paths.close();
  out.raw("components",
          R"({"securitySchemes":{"bearer":{"type":"http","scheme":"bearer"}},)"
          R"("schemas":)"
              + std::string{schemas} + '}');
  out.close();
  return text;
}

} // namespace jobfarm::nodes::gateway
