#include "actors/fetch/curl_client.hpp"
#include "nodes/http_server.hpp"

#include <catch2/catch.hpp>
#include <curl/curl.h>

#include <atomic>
#include <cstdarg>
#include <future>
#include <memory>
#include <string>

// A libcurl that refuses what a test says. The linker leads the client's calls
// here (--wrap).

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace {

std::atomic<bool> refuses_handles{false};
std::atomic<bool> refuses_to_begin{false};
std::atomic<bool> refuses_to_go_on{false};
std::atomic<int> refused_option{0};

} // namespace

// What the linker calls the two sides of a wrapped function.
// NOLINTBEGIN(bugprone-reserved-identifier)
extern "C" {
CURL* __real_curl_easy_init();
CURLMcode __real_curl_multi_add_handle(CURLM* multi, CURL* easy);
CURLMcode __real_curl_multi_perform(CURLM* multi, int* running);
CURLcode __real_curl_easy_setopt(CURL* easy, CURLoption option, ...);

CURL* __wrap_curl_easy_init() {
  return refuses_handles ? nullptr : __real_curl_easy_init();
}

CURLMcode __wrap_curl_multi_add_handle(CURLM* multi, CURL* easy) {
  return refuses_to_begin ? CURLM_OUT_OF_MEMORY
                          : __real_curl_multi_add_handle(multi, easy);
}

CURLMcode __wrap_curl_multi_perform(CURLM* multi, int* running) {
  return refuses_to_go_on ? CURLM_INTERNAL_ERROR
                          : __real_curl_multi_perform(multi, running);
}

CURLcode __wrap_curl_easy_setopt(CURL* easy, CURLoption option, ...) {
  va_list list;
  va_start(list, option);
  auto* value = va_arg(list, void*);
  va_end(list);
  return refused_option == option
             ? CURLE_OUT_OF_MEMORY
             : __real_curl_easy_setopt(easy, option, value);
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace {

struct rig {
  rig() {
    http_client_options options;
    options.allowed_hosts.emplace_back("127.0.0.1");
    options.limits.total_timeout = 5s;
    client = make_curl_client(std::move(options));
  }

  /// The code of what came, "ok" for an answer, "nothing" after a second.
  std::string get(transport via = {}) {
    http_order order;
    order.request.url =
        "http://127.0.0.1:" + std::to_string(server->port()) + "/";
    order.via = std::move(via);
    auto told = std::make_shared<std::promise<std::string>>();
    client->fetch(std::move(order), [told](const auto& got) {
      told->set_value(got ? "ok" : std::string{to_string(got.error().code)});
    });
    auto answer = told->get_future();
    return answer.wait_for(1s) == std::future_status::ready ? answer.get()
                                                            : "nothing";
  }

  std::atomic<int> requests{0};
  std::unique_ptr<nodes::http_server> server =
      *nodes::http_server::start({}, [this](const nodes::server_request&) {
        ++requests;
        return nodes::server_response{};
      });
  std::unique_ptr<http_client> client;
};

} // namespace

TEST_CASE("a transfer that libcurl does not begin fails, the next one goes") {
  rig r;
  auto& refusal = *GENERATE(&refuses_handles, &refuses_to_begin);
  refusal = true;
  CHECK(r.get() == "provider_unavailable");
  refusal = false;
  CHECK(r.get() == "ok");
}

TEST_CASE("a transfer fails that libcurl does not go on with") {
  rig r;
  refuses_to_go_on = true;
  CHECK(r.get() == "provider_unavailable");
  refuses_to_go_on = false;
  CHECK(r.get() == "ok");
}

TEST_CASE("nothing goes out without what it was to have") {
  rig r;
  refused_option =
      GENERATE(CURLOPT_PROXY, CURLOPT_URL, CURLOPT_OPENSOCKETFUNCTION,
               CURLOPT_TIMEOUT_MS, CURLOPT_HTTPHEADER);
  transport via;
  via.proxy_url = "http://127.0.0.1:1";
  CHECK(r.get(via) == "provider_unavailable");
  refused_option = 0;
  CHECK(r.requests == 0);
  CHECK(r.get() == "ok");
}
