#include "actors/fetch/order_relay.hpp"

#include "actors/fetch/identity_client.hpp"
#include "actors/fetch/robots_client.hpp"

#include <catch2/catch.hpp>

#include <functional>
#include <future>
#include <string>
#include <vector>

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

/// Keeps what it is asked for until the test answers, or answers at once.
class held_web : public http_client {
public:
  transfer_id fetch(http_order order, http_done done) override {
    asked.push_back(order.request.url);
    if (at_once)
      done(at_once(order));
    else
      pending.push_back(std::move(done));
    return asked.size();
  }
  void cancel(transfer_id id) override {
    cancelled.push_back(id);
  }
  void end_session(std::uint64_t) override {
    if (on_end_session)
      on_end_session();
  }

  void answer(expected<http_response> got) {
    auto done = std::move(pending.front());
    pending.erase(pending.begin());
    done(std::move(got));
  }

  std::vector<std::string> asked;
  std::vector<transfer_id> cancelled;
  std::vector<http_done> pending;
  std::function<expected<http_response>(const http_order&)> at_once;
  std::function<void()> on_end_session;
};

http_order order_for(const std::string& url) {
  http_request request;
  request.url = url;
  return {std::move(request)};
}

http_response page(std::int32_t status) {
  http_response made;
  made.status = status;
  return made;
}

/// What came back, by code.
struct outcome {
  http_done taker() {
    return [this](expected<http_response> got) {
      codes.push_back(got ? "ok" : std::string{to_string(got.error().code)});
    };
  }
  std::vector<std::string> codes;
};

} // namespace

TEST_CASE("a cancel reaches the hop that is under way, none after the end") {
  held_web web;
  order_relay relay;
  outcome got;
  auto id = relay.open();
  relay.send(id, web, order_for("http://a.example/1"), got.taker());
  web.answer(page(302));
  relay.send(id, web, order_for("http://a.example/2"), got.taker());
  relay.cancel(id, web);
  CHECK(web.cancelled == std::vector<http_client::transfer_id>{2});
  relay.close(id);
  relay.cancel(id, web);
  CHECK(web.cancelled.size() == 1);
}

TEST_CASE("what is cancelled between two hops is not handed on") {
  held_web web;
  order_relay relay;
  outcome got;
  auto id = relay.open();
  relay.send(id, web, order_for("http://a.example/1"), got.taker());
  web.answer(page(302));
  relay.cancel(id, web);
  relay.send(id, web, order_for("http://a.example/2"), got.taker());
  CHECK(web.asked.size() == 1);
  CHECK(got.codes == std::vector<std::string>{"ok", "cancelled"});
}

TEST_CASE("a redirect of what was cancelled meanwhile is not followed") {
  auto web = std::make_shared<held_web>();
  std::function<void()> on_clock = [] {};
  auto client = make_robots_client(web, {}, [&] {
    on_clock();
    return fetch_time{};
  });
  outcome got;
  auto id = client->fetch(order_for("http://a.example/1"), got.taker());
  web->answer(page(404)); // robots.txt
  on_clock = [&] { client->cancel(id); };
  auto moved = page(302);
  moved.onward = order_for("http://a.example/2").request;
  web->answer(std::move(moved));
  CHECK(web->asked
        == std::vector<std::string>{"http://a.example/robots.txt",
                                    "http://a.example/1"});
  CHECK(got.codes == std::vector<std::string>{"cancelled"});
}

TEST_CASE("the next proxy is not asked for what was cancelled meanwhile") {
  auto web = std::make_shared<held_web>();
  identity_options options;
  options.proxies = *read_proxies("http://a:1\nhttp://b:1\n");
  options.sessions.most_uses = 1;
  auto identified = make_identity_client(web, std::move(options));
  outcome got;
  auto id =
      identified.client->fetch(order_for("http://a.example/1"), got.taker());
  web->on_end_session = [&] { identified.client->cancel(id); };
  web->answer(fail(errc::proxy_failed, "refused"));
  CHECK(web->asked.size() == 1);
  CHECK(got.codes == std::vector<std::string>{"cancelled"});
}

TEST_CASE("an answer that is a wall says so to those who keep pages") {
  auto web = std::make_shared<held_web>();
  identity_options options;
  options.is_wall = [](const auto&, const auto& answer) {
    return answer.status == 403;
  };
  auto client = make_identity_client(web, std::move(options)).client;
  std::vector<bool> walls;
  for (auto status : {200, 403}) {
    client->fetch(order_for("http://a.example/1"),
                  [&](const auto& got) { walls.push_back(got->is_wall); });
    web->answer(page(status));
  }
  CHECK(walls == std::vector<bool>{false, true});
}

TEST_CASE("who is answered at once may ask, and so may others meanwhile") {
  auto web = std::make_shared<held_web>();
  web->at_once = [](const http_order& order) -> expected<http_response> {
    if (order.request.url.find("robots.txt") != std::string::npos)
      return page(404);
    return fail(errc::proxy_failed, "no proxy is left");
  };
  auto client = make_robots_client(web, {});
  outcome other;
  auto was_free = false;
  std::future<void> asking;
  client->fetch(order_for("http://a.example/1"), [&](const auto&) {
    asking = std::async(std::launch::async, [&] {
      client->fetch(order_for("http://a.example/2"), other.taker());
    });
    was_free = asking.wait_for(2s) == std::future_status::ready;
  });
  asking.wait();
  CHECK(was_free);
  CHECK(other.codes == std::vector<std::string>{"proxy_failed"});
}
