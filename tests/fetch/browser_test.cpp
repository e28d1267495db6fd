#include "actors/fetch/browser_client.hpp"
#include "actors/fetch/curl_client.hpp"

#include "nodes/http_server.hpp"
#include "tests/support/descendants.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <filesystem>
#include <future>
#include <thread>

// Debian's Chromium against a server on loopback.

using namespace jobfarm;
using namespace jobfarm::fetch;
using namespace std::chrono_literals;

namespace fs = std::filesystem;

namespace {

using nodes::server_request;
using nodes::server_response;

std::string page(const std::string& script) {
  return "<!DOCTYPE html><title>Jobs</title><body><p>shell</p><script>" + script
         + "</script></body>";
}

/// Writes what came of asking for `url` into the page.
std::string asking(const std::string& url) {
  return "fetch('" + url
         + "', {mode: 'no-cors'}).then(() => document.title = 'reached', "
           "() => document.title = 'refused');";
}

struct site {
  server_response answer(const server_request& request) {
    server_response made;
    made.headers = {{"Content-Type", "text/html; charset=utf-8"}};
    const auto& path = request.target;
    if (path == "/filled")
      made.body = page("fetch('/data').then(r => r.json()).then(d => "
                       "document.body.append(d.title));");
    else if (path == "/data")
      made.headers = {{"Content-Type", "application/json"}},
      made.body = "{\"title\":\"Program Manager \\u2013 Z\\u00fcrich\"}",
      made.delay = 300ms;
    else if (path == "/moved")
      made.status = 302, made.headers = {{"Location", "/filled"}};
    else if (path == "/busy")
      made.status = 503, made.headers.push_back({"Retry-After", "7"}),
      made.body = "<p>later</p>";
    else if (path == "/slow")
      ++awaited, made.body = "<p>slow but sure</p>", made.delay = 1500ms;
    else if (path == "/never")
      ++awaited, made.delay = 60s;
    else if (path == "/spin")
      made.body = page("setTimeout(() => { for (;;); }, 100);");
    else if (path == "/grow")
      made.body = page("const all = []; setInterval(() => all.push(new "
                       "Uint8Array(64 << 20).fill(1)), 5);");
    else if (path == "/long")
      made.body = page("document.body.title = 'x'.repeat(2 << 20);");
    else if (path == "/agent")
      made.body = std::string{request.header("user-agent")};
    else if (path == "/cookie")
      made.headers.push_back({"Set-Cookie", "who=me; Max-Age=1000"}),
          made.body =
              "<p>cookie: " + std::string{request.header("cookie")} + ".</p>";
    else if (path == "/picture")
      made.body = "<img src=/picture.png><style>@font-face{font-family:f;"
                  "src:url(/font.woff2)}p{font-family:f}</style><p>text</p>";
    else if (path == "/private")
      made.body = page(asking("http://10.0.0.1/"));
    else if (path == "/by-name")
      made.body = page(asking(
          "http://localhost:" + std::to_string(server->port()) + "/data"));
    else if (path == "/lead-away")
      made.body = page("location = 'http://169.254.169.254/latest/';");
    else if (path == "/picture.png" || path == "/font.woff2")
      ++ornaments;
    return made;
  }

  std::string url(const std::string& path) const {
    return "http://127.0.0.1:" + std::to_string(server->port()) + path;
  }

  std::atomic<int> awaited{0};
  std::atomic<int> ornaments{0};
  std::unique_ptr<nodes::http_server> server = *nodes::http_server::start(
      {}, [this](const server_request& request) { return answer(request); });
};

struct scratch {
  scratch()
      : path(fs::temp_directory_path()
             / ("jobfarm-browsers-" + std::to_string(::getpid()))) {
    fs::create_directories(path);
    fs::permissions(path, fs::perms::all);
  }
  ~scratch() {
    fs::remove_all(path);
  }
  std::size_t profiles() const {
    return static_cast<std::size_t>(
        std::distance(fs::directory_iterator(path), fs::directory_iterator()));
  }
  fs::path path;
};

struct rig {
  explicit rig(browser_options options = {}, http_client_options http = {}) {
    http.allowed_hosts = {"127.0.0.1"};
    options.programs.scratch_dir = dir.path.string();
    client =
        *make_browser_client(make_curl_client(http), std::move(options), http);
  }

  std::future<expected<http_response>> start(const std::string& url,
                                             std::uint64_t session = 1) {
    http_order order;
    order.request.url = url;
    order.route.by_browser = true;
    order.via.session = session;
    auto done = std::make_shared<std::promise<expected<http_response>>>();
    auto answer = done->get_future();
    last = client->fetch(std::move(order),
                         [done](auto got) { done->set_value(std::move(got)); });
    return answer;
  }

  expected<http_response> get(const std::string& path,
                              std::uint64_t session = 1) {
    return start(jobs.url(path), session).get();
  }

  scratch dir;
  site jobs;
  http_client::transfer_id last = 0;
  std::shared_ptr<http_client> client;
};

bool is_installed() {
  if (check_programs({}))
    return true;
  WARN("chromium and chromium-driver are not installed: nothing is tested");
  return false;
}

http_response good(expected<http_response> got) {
  INFO((got ? "" : got.error().detail));
  REQUIRE(got);
  return *std::move(got);
}

bool has(const http_response& answer, const std::string& text) {
  return answer.body.view().find(text) != std::string_view::npos;
}

/// Waits until a browser of ours is there.
pid_t wait_for(const std::string& name) {
  for (;;) {
    auto found = test::descendants(name);
    if (!found.empty())
      return found.front();
    std::this_thread::yield();
  }
}

} // namespace

TEST_CASE("a page is given as its scripts have left it") {
  if (!is_installed())
    return;
  rig r;
  auto got = good(r.get("/moved"));
  CHECK(got.status == 200);
  CHECK(got.final_url == r.jobs.url("/filled"));
  CHECK(has(got, "Program Manager \xE2\x80\x93 Z\xC3\xBCrich"));
  CHECK(got.wire_bytes > 0);
  auto busy = good(r.get("/busy"));
  CHECK(busy.status == 503);
  CHECK(std::any_of(busy.headers.begin(), busy.headers.end(),
                    [](const http_header& one) {
                      return one.name == "retry-after" && one.value == "7";
                    }));
  auto data = good(r.get("/data"));
  CHECK(data.body == "{\"title\":\"Program Manager \\u2013 Z\\u00fcrich\"}");
}

TEST_CASE("a browser says who it is and loads neither pictures nor fonts") {
  if (!is_installed())
    return;
  rig r;
  auto agent = good(r.get("/agent"));
  CHECK(has(agent, http_client_options{}.user_agent));
  good(r.get("/picture"));
  CHECK(r.jobs.ornaments == 0);
}

TEST_CASE("a session's cookies are its own and end with it") {
  if (!is_installed())
    return;
  browser_options two;
  rig r(two);
  CHECK(has(good(r.get("/cookie", 1)), "cookie: ."));
  CHECK(has(good(r.get("/cookie", 1)), "cookie: who=me."));
  CHECK(has(good(r.get("/cookie", 2)), "cookie: ."));
  CHECK(has(good(r.get("/cookie", 1)), "cookie: who=me."));
  CHECK(r.dir.profiles() == 2);
  // A third session takes the place of one of them: never more than two.
  CHECK(has(good(r.get("/cookie", 3)), "cookie: ."));
  CHECK(r.dir.profiles() == 2);
  CHECK(test::descendants("chromedriver").size() == 2);
  r.client.reset();
  CHECK(r.dir.profiles() == 0);
  CHECK(test::descendants("chromedriver").empty());
}

TEST_CASE("no page reaches a private address, by number, name or script") {
  if (!is_installed())
    return;
  rig r;
  auto by_number = good(r.get("/private"));
  CHECK(has(by_number, "<title>refused</title>"));
  // Allowed is the address 127.0.0.1, not the name.
  auto by_name = good(r.get("/by-name"));
  CHECK(has(by_name, "<title>refused</title>"));
  auto led_away = r.get("/lead-away");
  REQUIRE_FALSE(led_away);
  CHECK(led_away.error().code == errc::blocked_address);
  for (const auto* url :
       {"http://10.0.0.1/", "http://[::1]/", "http://localhost/"}) {
    INFO(url);
    auto got = r.start(url).get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::blocked_address);
  }
  for (const auto* url : {"file:///etc/passwd", "chrome://version/"}) {
    INFO(url);
    auto got = r.start(url).get();
    REQUIRE_FALSE(got);
    CHECK(got.error().code == errc::blocked_address);
  }
}

TEST_CASE("a browser asks nobody on its own account") {
  if (!is_installed())
    return;
  site jobs;
  http_client_options http;
  http.allowed_hosts = {"127.0.0.1"};
  browser_options options;
  auto browser =
      *browser_session::start(options, http, {}, [] { return false; });
  http_order order;
  for (int i = 0; i < 3; ++i) {
    order.request.url = jobs.url("/filled");
    REQUIRE(browser->load(order));
    CHECK(browser->hosts() == std::set<std::string>{"127.0.0.1"});
  }
}

TEST_CASE("a page that takes too long, or too much, ends at its limit") {
  if (!is_installed())
    return;
  browser_options strict;
  strict.page_timeout = 8s;
  strict.script_timeout = 4s;
  strict.most_memory_bytes = 512u << 20;
  http_client_options http;
  http.limits.max_body_bytes = 1u << 20;
  rig r(strict, http);
  auto never = r.get("/never");
  REQUIRE_FALSE(never);
  CHECK(never.error().code == errc::timeout);
  auto large = r.get("/long");
  REQUIRE_FALSE(large);
  CHECK(large.error().code == errc::too_large);
  auto spun = r.get("/spin");
  REQUIRE_FALSE(spun);
  CHECK((spun.error().code == errc::timeout
         || spun.error().code == errc::provider_unavailable));
  auto grown = r.get("/grow");
  REQUIRE_FALSE(grown);
  CHECK((grown.error().code == errc::too_large
         || grown.error().code == errc::provider_unavailable));
  // Whoever comes after them finds a browser that works.
  good(r.get("/agent"));
}

TEST_CASE("a browser that is killed is replaced and its page tried again") {
  if (!is_installed())
    return;
  rig r;
  SECTION("the browser") {
    good(r.get("/agent"));
    auto got = r.start(r.jobs.url("/slow"));
    while (r.jobs.awaited < 1)
      std::this_thread::yield();
    ::kill(wait_for("chromium"), SIGKILL);
    auto answer = good(got.get());
    CHECK(has(answer, "slow but sure"));
    CHECK(r.jobs.awaited == 2);
  }
  SECTION("the driver") {
    good(r.get("/agent"));
    auto got = r.start(r.jobs.url("/slow"));
    while (r.jobs.awaited < 1)
      std::this_thread::yield();
    ::kill(wait_for("chromedriver"), SIGKILL);
    auto answer = good(got.get());
    CHECK(has(answer, "slow but sure"));
  }
  SECTION("each time: that is an honest failure") {
    std::atomic<bool> is_over{false};
    std::thread killer([&] {
      while (!is_over)
        for (auto one : test::descendants("chromedriver"))
          ::kill(one, SIGKILL);
    });
    auto answer = r.get("/slow");
    is_over = true;
    killer.join();
    REQUIRE_FALSE(answer);
    CHECK(answer.error().code == errc::provider_unavailable);
    good(r.get("/agent"));
  }
}

TEST_CASE("what is cancelled ends at once, what is left when the client goes") {
  if (!is_installed())
    return;
  rig r;
  auto cancelled = r.start(r.jobs.url("/never"));
  while (r.jobs.awaited < 1)
    std::this_thread::yield();
  r.client->cancel(r.last);
  CHECK(cancelled.get().error().code == errc::cancelled);
  std::vector<std::future<expected<http_response>>> left;
  for (int i = 0; i < 5; ++i)
    left.push_back(r.start(r.jobs.url("/never")));
  r.client.reset();
  for (auto& one : left)
    CHECK(one.get().error().code == errc::cancelled);
  CHECK(r.dir.profiles() == 0);
}

TEST_CASE("a browser only gets pages, and a missing one is told at once") {
  browser_options none;
  none.programs.driver = "/nowhere/chromedriver";
  http_client_options http;
  auto made = make_browser_client(make_curl_client(http), none, http);
  REQUIRE_FALSE(made);
  CHECK(made.error().code == errc::invalid_input);
  CHECK(made.error().detail.find("apt-get install") != std::string::npos);
  if (!is_installed())
    return;
  rig r;
  http_order order;
  order.request.url = r.jobs.url("/agent");
  order.request.method = "POST";
  order.route.by_browser = true;
  std::promise<expected<http_response>> done;
  r.client->fetch(std::move(order), [&](auto got) { done.set_value(got); });
  CHECK(done.get_future().get().error().code == errc::invalid_input);
}
