#include "nodes/gateway/docs.hpp"

#include "actors/text/entities.hpp"
#include "messages/failure.hpp"

namespace jobfarm::nodes::gateway {

namespace {

constexpr std::string_view head = R"html(<!doctype html>
<html lang="en"><meta charset="utf-8"><title>jobfarm REST interface</title>
<meta name="viewport" content="width=device-width">
<style>body{font:16px/1.5 sans-serif;max-width:60em;margin:2em auto;padding:0 1em}
table{border-collapse:collapse;width:100%}
td,th{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}
code{white-space:nowrap}</style>
)html";

constexpr std::string_view usage =
    R"html(<p>Every request carries <code>Authorization: Bearer TOKEN</code>; a node
writes the first token to <code>admin-token</code> in its data directory. The
same for programs: <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>, with
a token too. Lists come in pages: <code>limit</code>, then
<code>cursor</code> with the page's <code>next_cursor</code>. Health, without a
token: <code>/healthz</code>, <code>/readyz</code>. Metrics for Prometheus:
<code>/metrics</code>.</p>
<pre>curl -H "Authorization: Bearer $(cat admin-token)" \
  -H "Content-Type: application/json" \
  -d '{"text":"program manager","remote_only":true}' \
  http://127.0.0.1:8470/api/v1/search</pre>
)html";

std::string cell(std::string_view text, bool is_code) {
  auto shown = text::escape_html(text);
  return is_code ? "<td><code>" + shown + "</code>" : "<td>" + shown;
}

std::string row_of(const route& one) {
  std::string parameters;
  for (auto name : one.parameters)
    parameters += std::string{name} + ' ';
  return "<tr>" + cell(one.method, true) + cell(one.pattern, true)
         + cell(one.summary, false) + cell(parameters, false)
         + cell(to_string(one.need), false) + '\n';
}

} // namespace

std::string docs_page(const std::vector<route>& routes,
                      std::string_view version) {
  std::string out{head};
  out += "<h1>jobfarm " + text::escape_html(version) + "</h1>\n";
  out += usage;
  out += "<h2>Operations</h2>\n<table><tr><th>Method<th>Path<th>What it does"
         "<th>Query parameters<th>Right\n";
  for (const auto& one : routes)
    out += row_of(one);
  out += "</table>\n<h2>Problems</h2>\n<p>Errors are problem documents (RFC "
         "9457); <code>code</code> is one of:</p>\n<p>";
  for (auto name : enum_names<errc>::names)
    out += "<code>" + text::escape_html(name) + "</code> ";
  out += "</p>\n";
  return out;
}

} // namespace jobfarm::nodes::gateway
