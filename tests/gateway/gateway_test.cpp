#include "nodes/gateway/cursor.hpp"
#include "nodes/gateway/operations.hpp"
#include "tests/gateway/gateway_world.hpp"

#include <set>
#include <thread>

using namespace jobfarm;
using namespace jobfarm::test;

TEST_CASE(
    "a query goes from search to its results, page by page and as lines") {
  gateway_world w;
  auto id = w.submit(w.search_body());
  auto told = w.follow(id);
  CHECK(told.find("event: progress\n") != told.npos);
  CHECK(told.find("event: end\n") != told.npos);
  auto view = json_value::parse(w.get("/api/v1/queries/" + id).body);
  CHECK(view["status"] == "complete");
  CHECK(view["result"]["raw_jobs"] == 600);
  CHECK(view["result"]["jobs_url"] == "/api/v1/queries/" + id + "/results");

  std::set<std::string> seen;
  std::size_t rows = 0;
  std::string next = "/api/v1/queries/" + id + "/results?limit=100";
  while (!next.empty()) {
    auto answer = w.get(next);
    REQUIRE(answer.status == 200);
    auto page = json_value::parse(answer.body);
    for (const auto& one : page["items"]) {
      seen.insert(one["id"]);
      ++rows;
    }
    auto link = answer.header("Link");
    CHECK(link.empty() == page["next_cursor"].is_null());
    next = link.empty() ? "" : link.substr(1, link.find('>') - 1);
  }
  CHECK(rows == seen.size());
  CHECK(view["result"]["total_jobs"] == rows);

  auto lines = w.get("/api/v1/queries/" + id + "/results?format=jsonl");
  CHECK(lines.header("Content-Type").find("application/jsonl") == 0);
  CHECK(std::count(lines.body.begin(), lines.body.end(), '\n')
        == static_cast<std::ptrdiff_t>(rows));

  auto audit =
      json_value::parse(w.get("/api/v1/queries/" + id + "/audit").body);
  CHECK(audit["adds_up"] == true);
  CHECK(audit["sources"].size() == 11);
  auto kept =
      json_value::parse(w.get("/api/v1/queries/" + id + "/events").body);
  REQUIRE_FALSE(kept["items"].empty());
  CHECK(kept["items"].back()["name"] == "query_ended");
  CHECK(kept["items"].back()["text"] == "complete");
  auto posting = w.get("/api/v1/postings/" + *seen.begin());
  CHECK(json_value::parse(posting.body)["id"] == *seen.begin());
}

TEST_CASE("nothing but health is told without a token") {
  gateway_world w;
  auto port = w.gateway->port();
  CHECK(ask(port, "GET", "/healthz").status == 200);
  auto ready = ask(port, "GET", "/readyz");
  CHECK(ready.status == 200);
  CHECK(ready.body == R"({"status":"ready"})");
  auto bare = ask(port, "GET", "/api/v1/queries");
  CHECK(bare.status == 401);
  CHECK(bare.header("WWW-Authenticate") == R"(Bearer realm="jobfarm")");
  CHECK(ask(port, "GET", "/metrics").status == 401);
  auto wrong = ask(port, "GET", "/api/v1/nothing",
                   {"Authorization: Bearer " + nodes::gateway::new_token()});
  CHECK(wrong.status == 401);
  CHECK(wrong.header("WWW-Authenticate").find("invalid_token")
        != std::string::npos);
  CHECK(ask(port, "GET", "/", {"Authorization: Bearer a b"}).status == 400);
  // Five failures a minute, then it is 429 whatever the token is not.
  ask(port, "GET", "/");
  auto many = ask(port, "GET", "/");
  CHECK(many.status == 429);
  CHECK_FALSE(many.header("Retry-After").empty());
  CHECK(w.get("/api/v1/queries").status == 200);
}

TEST_CASE("the documentation names every operation") {
  test::gateway_world w;
  auto page = w.get("/docs");
  CHECK(page.status == 200);
  CHECK(page.header("Content-Type") == "text/html; charset=utf-8");
  for (const auto& one : nodes::gateway::all_routes())
    CHECK(page.body.find(one.pattern) != page.body.npos);
  auto refused = test::ask(w.gateway->port(), "GET", "/api/v1/queries");
  auto type = nlohmann::json::parse(refused.body)["type"].get<std::string>();
  CHECK(w.get(type).status == 200);
}

TEST_CASE("a viewer may look, not act") {
  gateway_world w;
  auto as_viewer = [&](const char* method, const char* target) {
    return ask(
        w.gateway->port(), method, target,
        {"Authorization: Bearer " + w.viewer, "Content-Type: application/json"},
        *method == 'P' ? "{}" : "");
  };
  CHECK(as_viewer("GET", "/api/v1/nodes").status == 200);
  auto denied = as_viewer("POST", "/api/v1/search");
  CHECK(denied.status == 403);
  CHECK(denied.header("WWW-Authenticate").find("scope=\"query\"")
        != std::string::npos);
  CHECK(as_viewer("POST", "/api/v1/nodes/n1/drain").status == 403);
  CHECK(w.farm->workers() == 3);
}

TEST_CASE("a search that is not right says where and why") {
  gateway_world w;
  auto search = [&](const std::string& body) {
    auto answer = w.request("POST", "/api/v1/search", {}, body);
    CHECK(answer.header("Content-Type") == "application/problem+json");
    return std::make_pair(answer.status, json_value::parse(answer.body));
  };
  auto [typo, told] = search(R"({"txt":"a","limit":-1,"sources":["nobody"]})");
  CHECK(typo == 422);
  CHECK(told["code"] == "invalid_input");
  CHECK(told["instance"] == "/api/v1/search");
  CHECK(told["errors"].size() == 2);
  CHECK(told["errors"][0]["pointer"] == "/limit");
  auto [unknown, source] = search(R"({"sources":["ashby","nobody"]})");
  CHECK(unknown == 422);
  CHECK(source["errors"][0]["pointer"] == "/sources/1");
  CHECK(search("{").first == 400);
  CHECK(search(std::string(70, '[') + std::string(70, ']')).first == 400);
  CHECK(search("[]").first == 422);
  auto text = ask(
      w.gateway->port(), "POST", "/api/v1/search",
      {"Authorization: Bearer " + w.admin, "Content-Type: text/plain"}, "{}");
  CHECK(text.status == 415);
}

TEST_CASE("a search without boards visits those known, and may be waited for") {
  gateway_world w;
  auto ask_for = [&](const std::string& wait) {
    auto answer = w.request("POST", "/api/v1/search", {"Prefer: wait=" + wait},
                            R"({"sources":["greenhouse"],"level":"none"})");
    REQUIRE(answer.status == 202);
    return json_value::parse(answer.body);
  };
  auto waited = ask_for("30");
  CHECK(waited["status"] == "complete");
  CHECK(waited["result"]["total_jobs"] > 0);
  for (const auto* wait :
       {"never", "30s", "+30", "1e3", "99999999999999999999"})
    CHECK(ask_for(wait)["status"] == "running");
  CHECK(ask_for("0; a=b, respond-async, WAIT = 30")["status"] == "running");
  CHECK(ask_for("x, respond-async, WAIT = 30")["status"] == "complete");
}

TEST_CASE("numbers of a request are refused if they are none") {
  gateway_world w;
  auto search = w.request("POST", "/api/v1/search", {},
                          R"({"sources":["greenhouse"],"level":"none"})");
  std::string id = json_value::parse(search.body)["query_id"];
  for (const auto* text :
       {"12abc", "%2012", "%2B12", "1e3", "-1", "99999999999999999999", "0"}) {
    INFO(text);
    CHECK(w.get("/api/v1/queries?limit=" + std::string{text}).status == 400);
  }
  for (const auto* text : {"12abc", "+1", "1e3", "99999999999999999999"}) {
    INFO(text);
    auto answer = w.get(
        "/api/v1/queries/" + id + "/events",
        {"Accept: text/event-stream", "Last-Event-ID: " + std::string{text}});
    CHECK(answer.status == 400);
    CHECK(answer.body.find("Last-Event-ID takes") != std::string::npos);
  }
}

TEST_CASE("what a client cannot take or has misspelt is told") {
  gateway_world w;
  CHECK(w.get("/api/v1/queries", {"Accept: text/html"}).status == 406);
  for (const auto* accept :
       {"*/*", "application/json;q=0.9, text/html", "application/*"})
    CHECK(w.get("/api/v1/queries", {"Accept: " + std::string{accept}}).status
          == 200);
  auto typo = w.get("/api/v1/queries?limt=5");
  CHECK(typo.status == 400);
  CHECK(typo.body.find("limit, cursor") != typo.body.npos);
}

TEST_CASE("one idempotency key from many threads is one query") {
  gateway_world w;
  auto body = w.search_body();
  std::vector<std::thread> threads;
  std::vector<answered> answers(16);
  for (auto& mine : answers)
    threads.emplace_back([&w, &mine, &body] {
      mine = w.request("POST", "/api/v1/search", {"Idempotency-Key: k1"}, body);
    });
  for (auto& one : threads)
    one.join();
  std::set<std::string> ids;
  std::size_t replayed = 0;
  for (const auto& one : answers) {
    REQUIRE(one.status == 202);
    ids.insert(json_value::parse(one.body)["query_id"].get<std::string>());
    replayed += one.header("Idempotent-Replayed") == "true";
  }
  CHECK(ids.size() == 1);
  CHECK(replayed == 15);
  auto other = w.request("POST", "/api/v1/search", {"Idempotency-Key: k1"},
                         R"({"text":"other"})");
  CHECK(other.status == 422);
}

TEST_CASE("a cancelled query ends, says so, and is not taken up again") {
  gateway_world w({3, 600, {}});
  auto id = w.submit(w.search_body());
  CHECK(w.request("DELETE", "/api/v1/queries/" + id).status == 202);
  w.follow(id);
  auto view = json_value::parse(w.get("/api/v1/queries/" + id).body);
  CHECK((view["status"] == "cancelled" || view["status"] == "complete"));
  CHECK(*w.port->resume_all() == 0);
  CHECK(w.request("DELETE", "/api/v1/queries/nobody").status == 404);
}

TEST_CASE("cursors belong to their list") {
  gateway_world w;
  auto id = w.submit(w.search_body());
  w.follow(id);
  auto page = json_value::parse(
      w.get("/api/v1/queries/" + id + "/results?limit=1").body);
  std::string cursor = page["next_cursor"];
  CHECK(w.get("/api/v1/queries?cursor=" + cursor).status == 400);
  CHECK(w.get("/api/v1/queries/" + id + "/results?cursor=x" + cursor).status
        == 400);
  CHECK(w.get("/api/v1/queries/" + id + "/results?limit=101").status == 400);
  CHECK(w.get("/api/v1/queries/" + id + "/results?limit=0").status == 400);
}

TEST_CASE("a cursor that a client has made up is refused") {
  gateway_world w;
  auto id = w.submit(w.search_body());
  w.follow(id);
  auto events = "/api/v1/queries/" + id + "/events?cursor=";
  for (const auto* key :
       {"x", "1x", "-1", "18446744073709551615", "99999999999999999999999"})
    CHECK(
        w.get(events + nodes::gateway::make_cursor("events/" + id, key)).status
        == 400);
  CHECK(w.get(events + nodes::gateway::make_cursor("events/" + id, "0")).status
        == 200);
}

TEST_CASE("what is unchanged need not be sent again") {
  gateway_world w;
  auto id = w.submit(w.search_body());
  w.follow(id);
  auto target = "/api/v1/queries/" + id;
  auto tag = w.get(target).header("ETag");
  REQUIRE_FALSE(tag.empty());
  auto again = w.get(target, {"If-None-Match: " + tag});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
}

TEST_CASE("a draining node is not ready, and its work can be seen to end") {
  gateway_world w;
  CHECK(json_value::parse(w.get("/api/v1/nodes").body)["items"][0]["state"]
        == "ready");
  CHECK(w.request("POST", "/api/v1/nodes/nobody/drain").status == 404);
  CHECK(w.request("POST", "/api/v1/nodes/n1/drain").status == 202);
  auto state = [&] {
    return json_value::parse(w.get("/api/v1/nodes").body)["items"][0]["state"];
  };
  while (state() == "draining")
    std::this_thread::yield();
  CHECK(state() == "drained");
  auto ready = w.get("/readyz");
  CHECK(ready.status == 503);
  CHECK(ready.body.find("draining") != std::string::npos);
}

TEST_CASE("requests over the quota wait for the next minute") {
  gateway_world w({3, 600, {}}, 3);
  for (int left = 2; left >= 0; --left)
    CHECK(w.get("/api/v1/nodes")
              .header("RateLimit")
              .find("r=" + std::to_string(left) + ";")
          != std::string::npos);
  auto refused = w.get("/api/v1/nodes");
  CHECK(refused.status == 429);
  CHECK(json_value::parse(refused.body)["retryable"] == true);
  CHECK_FALSE(refused.header("Retry-After").empty());
}

TEST_CASE("metrics name routes, never paths") {
  gateway_world w;
  w.get("/api/v1/queries/very-own-id");
  w.get("/very-own-path");
  auto text = w.get("/metrics").body;
  CHECK(text.find("jobfarm_http_requests_total{method=\"GET\",route=\"/api/v1/"
                  "queries/{query_id}\",status=\"404\"} 1")
        != std::string::npos);
  CHECK(text.find("very-own") == std::string::npos);
}

TEST_CASE("metrics name methods that there are, never what a stranger says") {
  gateway_world w;
  ask(w.gateway->port(), "VERY-OWN", "/readyz");
  w.request("VERY-OWN", "/metrics");
  w.request("VERY-OWN", "/api/v1/queries");
  auto text = w.get("/metrics").body;
  CHECK(text.find("{method=\"other\",route=\"/readyz\",status=")
        != std::string::npos);
  CHECK(text.find("VERY-OWN") == std::string::npos);
}
