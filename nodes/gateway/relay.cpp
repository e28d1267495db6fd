#include "nodes/gateway/relay.hpp"

#include "actors/text/ascii.hpp"
#include "nodes/gateway/api_request.hpp"
#include "nodes/gateway/body_channel.hpp"
#include "nodes/gateway/problem.hpp"
#include "nodes/gateway/workers.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <string_view>
#include <utility>

namespace jobfarm::nodes::gateway {

namespace {

constexpr long connect_seconds = 5;
/// A stream says something at least this often.
constexpr long most_silent_seconds = 120;

/// Headers about one connection (RFC 9110 7.6.1) or about the message's own
/// framing, which each side makes for itself.
bool is_of_one_hop(std::string_view name) {
  static constexpr std::array<std::string_view, 12> all = {
      "connection", "content-length",    "date",    "expect",
      "host",       "keep-alive",        "server",  "te",
      "trailer",    "transfer-encoding", "upgrade", "proxy-connection"};
  return std::find(all.begin(), all.end(), text::ascii_lower(name))
         != all.end();
}

using list_ptr = std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)>;
using handle_ptr = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

list_ptr headers_of(const server_request& request) {
  // What curl would add of its own is taken away.
  auto* list = curl_slist_append(nullptr, "Expect:");
  list = curl_slist_append(list, "User-Agent:");
  list = curl_slist_append(list, "Accept:");
  for (const auto& one : request.headers)
    if (!is_of_one_hop(one.name))
      list = curl_slist_append(list, (one.name + ": " + one.value).c_str());
  return {list, &curl_slist_free_all};
}

/// One request on its way to a coordinator, and its answer on the way back.
class passage {
public:
  /// Ends early once `is_over`.
  passage(const server_request& request, const responder& answer,
          const std::atomic<bool>& is_over)
      : request_(request), answer_(answer), is_over_(is_over) {
  }

  /// False if that coordinator could not be reached: another may be tried.
  bool go_to(const std::string& coordinator);

private:
  static std::size_t on_header(char* bytes, std::size_t, std::size_t size,
                               void* to) {
    static_cast<passage*>(to)->take_header({bytes, size});
    return size;
  }
  static std::size_t on_body(char* bytes, std::size_t, std::size_t size,
                             void* to) {
    auto& self = *static_cast<passage*>(to);
    self.begin_answer(true);
    return self.channel_->give({bytes, size}) ? size : 0;
  }
  /// Called about once a second while nothing comes.
  static int on_progress(void* to, curl_off_t, curl_off_t, curl_off_t,
                         curl_off_t) {
    auto& self = *static_cast<passage*>(to);
    return self.is_over_ || self.channel_->is_abandoned();
  }

  void set_up(CURL* curl, const std::string& url, curl_slist* headers);
  void take_header(std::string_view line);
  void begin_answer(bool has_body);

  const server_request& request_;
  const responder& answer_;
  const std::atomic<bool>& is_over_;
  CURL* curl_ = nullptr;
  server_response response_;
  std::shared_ptr<body_channel> channel_ = std::make_shared<body_channel>();
  bool has_begun_ = false;
  bool has_body_ = false;
};

void passage::set_up(CURL* curl, const std::string& url, curl_slist* headers) {
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, connect_seconds);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, most_silent_seconds);
  curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
  if (!request_.body.empty() || request_.method == "POST") {
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request_.body.c_str());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                     static_cast<curl_off_t>(request_.body.size()));
  }
  if (request_.method == "HEAD")
    curl_easy_setopt(curl, CURLOPT_NOBODY, 1L);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &on_header);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, this);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_body);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, this);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
}

server_response lost_answer(const server_request& request,
                            const std::string& why) {
  return to_response({502, errc::node_lost, why, {}, {}}, request.target,
                     std::string{request.header("x-request-id")});
}

/// True if not a byte of the request can have arrived.
bool is_unreachable(CURL* curl, CURLcode done) {
  double connected = 0;
  curl_easy_getinfo(curl, CURLINFO_CONNECT_TIME, &connected);
  return done == CURLE_COULDNT_CONNECT || done == CURLE_COULDNT_RESOLVE_HOST
         || (done == CURLE_OPERATION_TIMEDOUT && connected <= 0);
}

bool passage::go_to(const std::string& coordinator) {
  handle_ptr handle(curl_easy_init(), &curl_easy_cleanup);
  auto headers = headers_of(request_);
  curl_ = handle.get();
  set_up(curl_, coordinator + request_.target, headers.get());
  auto done = curl_easy_perform(curl_);
  if (is_unreachable(curl_, done))
    return false;
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  if (status == 0)
    answer_(lost_answer(request_, "the coordinator hung up"));
  else if (!has_body_)
    begin_answer(false);
  else
    channel_->end(done != CURLE_OK);
  return true;
}

void passage::take_header(std::string_view line) {
  // A new status line: what came before was an interim answer.
  if (line.rfind("HTTP/", 0) == 0)
    response_.headers.clear();
  auto colon = line.find(':');
  if (colon == line.npos || is_of_one_hop(line.substr(0, colon)))
    return;
  auto value = text::ascii_trim(line.substr(colon + 1));
  if (value.empty())
    return;
  response_.headers.push_back(
      {std::string{line.substr(0, colon)}, std::string{value}});
}

void passage::begin_answer(bool has_body) {
  if (std::exchange(has_begun_, true))
    return;
  long status = 0;
  curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
  response_.status = static_cast<int>(status);
  has_body_ = has_body;
  if (has_body)
    response_.stream = channel_->source();
  answer_(std::move(response_));
}

} // namespace

struct relay::implementation {
  explicit implementation(relay_options given)
      : options(std::move(given)),
        pool(options.most_requests, options.most_requests) {
  }

  void on_request(server_request request, const responder& answer) {
    if (request.target == "/healthz") {
      server_response alive;
      alive.headers = {{"Content-Type", "application/json"}};
      alive.body = R"({"status":"ok"})";
      return answer(std::move(alive));
    }
    // It follows a coordinator's address: what does not begin with a slash
    // could change whom that names.
    request.target = std::string{origin_form(request.target)};
    if (request.target.empty() || request.target.front() != '/')
      return answer(to_response(
          {400, errc::invalid_input, "the address is not well encoded", {}, {}},
          "/", {}));
    auto shared = std::make_shared<server_request>(std::move(request));
    if (pool.post([this, shared, answer] { pass_on(*shared, answer); }))
      return;
    problem busy{503, errc::rate_limited, "too much to do; try again", {}, {}};
    busy.headers.push_back({"Retry-After", "1"});
    answer(to_response(busy, shared->target, {}));
  }

  void pass_on(const server_request& request, const responder& answer) const {
    passage way(request, answer, is_over);
    for (const auto& one : options.coordinators)
      if (way.go_to(one))
        return;
    answer(lost_answer(request, "no coordinator can be reached"));
  }

  ~implementation() {
    is_over = true;
  }

  relay_options options;
  std::atomic<bool> is_over{false};
  workers pool;
  // Last, so that it stops first.
  std::unique_ptr<http_server> server;
};

relay::relay(std::unique_ptr<implementation> running)
    : running_(std::move(running)) {
}

relay::~relay() = default;

expected<std::unique_ptr<relay>> relay::start(relay_options options) {
  if (options.coordinators.empty())
    return fail(errc::invalid_input, "a gateway needs a coordinator's URL");
  for (auto& one : options.coordinators) {
    if (one.rfind("http://", 0) != 0 && one.rfind("https://", 0) != 0)
      return fail(errc::invalid_input,
                  "a coordinator's URL is http(s)://HOST[:PORT], not \"" + one
                      + '"');
    while (one.back() == '/')
      one.pop_back();
  }
  auto running = std::make_unique<implementation>(std::move(options));
  auto* self = running.get();
  auto server = http_server::start(
      self->options.http, [self](server_request request, responder answer) {
        self->on_request(std::move(request), answer);
      });
  if (!server)
    return server.error();
  running->server = *std::move(server);
  return std::unique_ptr<relay>(new relay(std::move(running)));
}

std::uint16_t relay::port() const noexcept {
  return running_->server->port();
}

} // namespace jobfarm::nodes::gateway
