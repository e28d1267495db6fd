#include "nodes/gateway/gateway.hpp"

#include "actors/text/hash.hpp"
#include "actors/watch/log.hpp"
#include "messages/json_writer.hpp"
#include "nodes/gateway/docs.hpp"
#include "nodes/gateway/guard.hpp"
#include "nodes/gateway/health_pages.hpp"
#include "nodes/gateway/operations.hpp"

#include <sodium.h>

#include <algorithm>
#include <atomic>
#include <iterator>

namespace jobfarm::nodes::gateway {

namespace {

using clock = std::chrono::steady_clock;

/// How often an answer that is awaited is looked for.
constexpr auto look_every = std::chrono::milliseconds{100};

std::string random_request_id() {
  unsigned char bytes[8];
  char text[17];
  randombytes_buf(bytes, sizeof bytes);
  sodium_bin2hex(text, sizeof text, bytes, sizeof bytes);
  return text;
}

/// The client's own id if it is harmless, else a new one.
std::string request_id_of(const server_request& request) {
  auto given = request.header("x-request-id");
  auto is_good = !given.empty() && given.size() <= 64
                 && given.find_first_not_of("abcdefghijklmnopqrstuvwxyz"
                                            "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                            "0123456789-._")
                        == given.npos;
  return is_good ? std::string{given} : random_request_id();
}

problem too_busy() {
  problem busy{503, errc::rate_limited, "too much to do; try again", {}, {}};
  busy.headers.push_back({"Retry-After", "1"});
  return busy;
}

/// `/docs`, and where the types of problem documents point.
bool is_docs(std::string_view path) {
  return path == "/docs" || path.rfind("/docs/", 0) == 0;
}

server_response docs_answer(std::string_view version) {
  server_response page;
  page.headers = {{"Content-Type", "text/html; charset=utf-8"},
                  {"Content-Security-Policy",
                   "default-src 'none'; style-src 'unsafe-inline'"}};
  page.body = docs_page(all_routes(), version);
  return page;
}

/// RFC 9110 8.8.3, 13.1.2: a strong validator, and 304 for who has it already.
void add_validator(const server_request& request, server_response& response) {
  if (request.method != "GET" || response.status != 200 || response.stream)
    return;
  auto tag = '"' + text::hash_hex(response.body) + '"';
  response.headers.push_back({"ETag", tag});
  if (request.header("if-none-match") != tag)
    return;
  response.status = 304;
  response.body.clear();
}

/// A label of metrics: whoever asks may call a method what they like.
std::string method_label(std::string_view route, const std::string& method) {
  static constexpr std::string_view known[] = {"GET", "HEAD", "POST", "DELETE"};
  auto is_known =
      std::find(std::begin(known), std::end(known), method) != std::end(known);
  return route != "other" && is_known ? method : "other";
}

} // namespace

struct gateway::implementation {
  implementation(gateway_options given, farm_port& port,
                 std::shared_ptr<watch::metrics> registry)
      : options(std::move(given)),
        farm(port),
        metrics(std::move(registry)),
        door(options.tokens, options.requests_per_minute,
             options.failures_per_minute),
        pool(options.threads, options.most_waiting),
        context{&farm, &pool, options.version, options.known_boards,
                options.faults.get()} {
  }

  /// A request that is being answered.
  struct exchange {
    server_request raw;
    responder answer;
    api_request request;
    /// The route's, for metrics.
    std::string_view pattern = "other";
    /// What is added to every answer to this client.
    std::vector<http_header> headers = {};
    clock::time_point begin = clock::now();
  };
  using shared_exchange = std::shared_ptr<exchange>;

  void on_request(server_request request, const responder& answer);
  void work(const shared_exchange& on);
  void settle(const shared_exchange& on, api_answer answer);
  void tell(const exchange& on, int status) const;
  api_answer answer_of(exchange& on);
  api_answer admit(exchange& on);
  server_response readiness(const server_request& request);
  void finish(const api_request& request, server_response& response) const;

  gateway_options options;
  farm_port& farm;
  std::shared_ptr<watch::metrics> metrics;
  guard door;
  std::atomic<bool> is_draining{false};
  workers pool;
  api_context context;
  // Last, so that it stops first.
  std::unique_ptr<http_server> server;
};

void gateway::implementation::on_request(server_request request,
                                         const responder& answer) {
  // Says that this thread turns, so it waits for no other.
  if (request.target == "/healthz")
    return answer(health_page(true, R"({"status":"ok"})"));
  auto on = std::make_shared<exchange>(
      exchange{std::move(request), answer, api_request{}});
  on->request.raw = &on->raw;
  on->request.request_id = request_id_of(on->raw);
  if (!pool.post([this, on] { work(on); }))
    settle(on, too_busy());
}

void gateway::implementation::work(const shared_exchange& on) {
  auto read = read_target(on->raw);
  if (!read)
    return settle(on, problem_of(read.error()));
  read->request_id = std::move(on->request.request_id);
  on->request = *std::move(read);
  settle(on, answer_of(*on));
}

/// Answers, or looks again later.
void gateway::implementation::settle(const shared_exchange& on,
                                     api_answer answer) {
  if (auto* later = std::get_if<pending>(&answer)) {
    auto look = [this, on, again = std::move(later->look)] {
      settle(on, again());
    };
    if (pool.post(look, look_every))
      return;
    answer = too_busy();
  }
  auto path = on->request.path.empty() ? "/" : on->request.path;
  auto response =
      std::holds_alternative<problem>(answer)
          ? to_response(std::get<problem>(answer), path, on->request.request_id)
          : std::get<server_response>(std::move(answer));
  response.headers.insert(response.headers.end(), on->headers.begin(),
                          on->headers.end());
  finish(on->request, response);
  tell(*on, response.status);
  on->answer(std::move(response));
}

void gateway::implementation::tell(const exchange& on, int status) const {
  std::string route{on.pattern};
  watch::metrics::labels labels = {
      {"route", route},
      {"method", method_label(route, on.raw.method)},
      {"status", std::to_string(status)}};
  auto took = std::chrono::duration<double>(clock::now() - on.begin).count();
  metrics->count("jobfarm_http_requests_total", labels);
  metrics->observe("jobfarm_http_request_duration_seconds", {{"route", route}},
                   took);
  watch::log(watch::log_level::info, "http_request", "",
             {{"request_id", on.request.request_id},
              {"method", on.raw.method},
              {"route", route},
              {"query_id", on.request.part("query_id")},
              {"status", std::int64_t{status}},
              {"who", on.request.who.name},
              {"peer", on.raw.peer},
              {"duration_ms", took * 1000}});
}

api_answer gateway::implementation::answer_of(exchange& on) {
  if (on.request.path != "/readyz")
    return admit(on);
  on.pattern = "/readyz";
  return readiness(on.raw);
}

/// Rights before existence: who has no token learns nothing of what there is.
api_answer gateway::implementation::admit(exchange& on) {
  auto& request = on.request;
  auto now = clock::now();
  auto who = door.identify(*request.raw, now);
  if (auto* refused = std::get_if<problem>(&who)) {
    metrics->count("jobfarm_auth_failures_total", {});
    return *refused;
  }
  const auto& known = std::get<token_entry>(who);
  request.who = {known.name, std::string{to_string(known.who)}};
  if (auto refused = door.meter(known, now, on.headers))
    return *refused;
  if (request.path == "/metrics") {
    on.pattern = "/metrics";
    return metrics_page(*request.raw, *metrics);
  }
  if (is_docs(request.path) && request.raw->method == "GET") {
    on.pattern = "/docs";
    return docs_answer(options.version);
  }
  auto found = find_route(all_routes(), request.raw->method, request);
  if (!found.to) {
    problem missing{404, errc::not_found, "there is nothing here", {}, {}};
    if (!found.allowed.empty()) {
      missing.status = 405;
      missing.code = errc::invalid_input;
      missing.detail = "this takes " + found.allowed;
      missing.headers.push_back({"Allow", found.allowed});
    }
    return missing;
  }
  on.pattern = found.to->pattern;
  if (auto refused = guard::deny(known, found.to->need))
    return *refused;
  if (auto refused = misfit(*found.to, request))
    return *std::move(refused);
  return found.to->run(context, request);
}

/// Reasons are for those who have a token.
server_response
gateway::implementation::readiness(const server_request& request) {
  auto checks = farm.readiness();
  checks.push_back({"serving", !is_draining, is_draining ? "draining" : ""});
  auto is_ready = true;
  for (const auto& one : checks)
    is_ready = is_ready && one.is_met;
  std::string body;
  json::object_writer out(body);
  out.member("status", is_ready ? "ready" : "not_ready");
  if (!request.header("authorization").empty()
      && std::holds_alternative<token_entry>(
          door.identify(request, clock::now()))) {
    json::object_writer list(out.name("checks"));
    for (const auto& one : checks)
      list.member(one.name, one.is_met ? std::string_view{"ok"}
                                       : std::string_view{one.reason});
    list.close();
  }
  out.close();
  return health_page(is_ready, body);
}

void gateway::implementation::finish(const api_request& request,
                                     server_response& response) const {
  add_validator(*request.raw, response);
  response.headers.push_back({"X-Request-Id", request.request_id});
  response.headers.push_back({"Cache-Control", "no-store"});
  response.headers.push_back({"Vary", "Accept, Authorization"});
  response.headers.push_back({"X-Content-Type-Options", "nosniff"});
}

gateway::gateway(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

gateway::~gateway() = default;

expected<std::unique_ptr<gateway>>
gateway::start(gateway_options options, farm_port& farm,
               std::shared_ptr<watch::metrics> metrics) {
  if (sodium_init() < 0)
    return fail(errc::internal, "no source of random numbers");
  auto running = std::make_unique<implementation>(std::move(options), farm,
                                                  std::move(metrics));
  auto* self = running.get();
  auto server = http_server::start(
      self->options.http, [self](server_request request, responder answer) {
        self->on_request(std::move(request), answer);
      });
  if (!server)
    return server.error();
  running->server = *std::move(server);
  return std::unique_ptr<gateway>(new gateway(std::move(running)));
}

std::uint16_t gateway::port() const noexcept {
  return running_->server->port();
}

void gateway::drain() {
  running_->is_draining = true;
}

} // namespace jobfarm::nodes::gateway
