#include "actors/fetch/browser_session.hpp"

#include "actors/fetch/address_guard.hpp"
#include "actors/text/url.hpp"
#include "messages/json_writer.hpp"

#include <simdjson.h>

#include <algorithm>
#include <thread>

namespace jobfarm::fetch {

namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr auto session_timeout = 30s;
/// Beyond the page's own deadline, for the driver to say so.
constexpr auto grace = 5s;
constexpr auto script_glance = 50ms;
/// A rendered page is larger than what was sent, but a larger one is no
/// posting. JSON may write each byte as six.
constexpr std::size_t most_document_bytes = 16u << 20;
constexpr std::size_t json_growth = 6;

/// Chromium's way out and nothing else: no names looked up, no datagrams, no
/// background traffic, and neither pictures nor fonts.
std::vector<std::string> switches(std::uint16_t gate_port) {
  auto port = std::to_string(gate_port);
  return {
      "--headless=new",
      // A pipe instead of an open port; it also ends with the driver.
      "--remote-debugging-pipe", "--proxy-server=socks5://127.0.0.1:" + port,
      // Loopback goes through the gate like everything else.
      "--proxy-bypass-list=<-loopback>",
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
      "--disable-quic", "--webrtc-ip-handling-policy=disable_non_proxied_udp",
      "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
      "--dns-prefetch-disable", "--disable-background-networking",
      "--disable-component-update", "--disable-client-side-phishing-detection",
      "--disable-domain-reliability", "--disable-sync",
      "--disable-default-apps", "--disable-extensions", "--disable-breakpad",
      "--disable-gpu",
      // /dev/shm is small in containers.
      "--disable-dev-shm-usage", "--no-first-run", "--no-default-browser-check",
      "--no-pings", "--mute-audio", "--disable-remote-fonts",
      "--blink-settings=imagesEnabled=false"};
}

/// What the window shows; null in place of what is too long. A page without
/// markup is what Chromium wraps it in: its text is the page.
std::string reading_script(std::size_t most_characters) {
  return "const isText = /json|^text\\/plain/.test(document.contentType);"
         "const text = isText ? document.body.innerText"
         " : '<!DOCTYPE html>' + document.documentElement.outerHTML;"
         "return [document.contentType, text.length > "
         + std::to_string(most_characters) + " ? null : text];";
}

/// net/base/net_error_list.h of Chromium.
errc code_of(std::string_view error) {
  auto begins = [&](std::string_view head) {
    return error.substr(0, head.size()) == head;
  };
  if (begins("net::ERR_CERT") || begins("net::ERR_SSL"))
    return errc::tls_failed;
  if (begins("net::ERR_TIMED_OUT") || begins("net::ERR_CONNECTION_TIMED_OUT"))
    return errc::timeout;
  if (begins("net::ERR_TOO_MANY_REDIRECTS"))
    return errc::http_error;
  if (begins("net::ERR_DISALLOWED_URL_SCHEME")
      || begins("net::ERR_UNKNOWN_URL_SCHEME")
      || begins("net::ERR_UNSAFE_REDIRECT") || begins("net::ERR_UNSAFE_PORT"))
    return errc::blocked_address;
  // A download: nothing that a window can show.
  if (begins("net::ERR_ABORTED"))
    return errc::bad_payload;
  return errc::connect_failed;
}

std::string shown_host(const std::string& url) {
  auto authority = text::authority_of(url);
  if (!authority.empty() && authority[0] == '[')
    return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

std::string string_list(const std::vector<std::string>& all) {
  std::string out = "[";
  for (const auto& one : all) {
    if (out.size() > 1)
      out += ',';
    json::append_string(out, one);
  }
  return out + ']';
}

bool is_about_the_bytes(const http_header& one) {
  // The document is not what these were sent with.
  static const std::vector<std::string> sent = {
      "etag", "last-modified", "content-encoding", "content-length"};
  return std::find(sent.begin(), sent.end(), one.name) != sent.end();
}

} // namespace

browser_session::browser_session(const browser_options& options,
                                 const http_client_options& http, transport via,
                                 stop_sign is_stopped)
    : options_(options),
      http_(http),
      via_(std::move(via)),
      is_stopped_(std::move(is_stopped)),
      most_body_bytes_(
          std::min(http.limits.max_body_bytes, most_document_bytes)) {
}

expected<std::unique_ptr<browser_session>>
browser_session::start(const browser_options& options,
                       const http_client_options& http, const transport& via,
                       stop_sign is_stopped) {
  auto made = std::unique_ptr<browser_session>(
      new browser_session(options, http, via, std::move(is_stopped)));
  if (auto opened = made->open(); !opened)
    return opened.error();
  return made;
}

expected<void> browser_session::open() {
  gate_options way;
  way.allowed_hosts = http_.allowed_hosts;
  way.proxy_url = via_.proxy_url;
  way.proxy_user = via_.proxy_user;
  way.proxy_password = via_.proxy_password;
  way.connect_timeout = http_.limits.connect_timeout;
  auto gate = browser_gate::start(std::move(way));
  if (!gate)
    return gate.error();
  gate_ = *std::move(gate);
  auto process = browser_process::start(options_.programs, is_stopped_);
  if (!process)
    return process.error();
  process_ = *std::move(process);
  driver_ = std::make_unique<browser_driver>(
      process_->port(), most_body_bytes_ * json_growth + (1u << 20),
      [this] { return reason_to_stop(); });
  return driver_->open_session(capabilities(), session_timeout);
}

std::string browser_session::capabilities() const {
  auto arguments = switches(gate_->port());
  arguments.push_back("--user-data-dir=" + process_->directory() + "/profile");
  // Honest: the same name as without a browser.
  arguments.push_back(
      "--user-agent="
      + (via_.user_agent.empty() ? http_.user_agent : via_.user_agent));
  std::string out;
  json::object_writer all(out);
  all.member("browserName", "chrome")
      .member("pageLoadStrategy", "normal")
      .member("unhandledPromptBehavior", "dismiss")
      .raw("goog:loggingPrefs", "{\"performance\":\"ALL\"}");
  json::object_writer limits(all.name("timeouts"));
  limits
      .member("pageLoad",
              static_cast<std::int64_t>(options_.page_timeout.count()))
      .member("script",
              static_cast<std::int64_t>(options_.script_timeout.count()));
  limits.close();
  json::object_writer chrome(all.name("goog:chromeOptions"));
  chrome.member("binary", options_.programs.browser)
      .raw("args", string_list(arguments))
      .raw("prefs",
           "{\"download_restrictions\":3,"
           "\"profile.default_content_setting_values.images\":2,"
           "\"profile.default_content_setting_values.geolocation\":2,"
           "\"profile.default_content_setting_values.notifications\":2,"
           "\"webrtc.ip_handling_policy\":\"disable_non_proxied_udp\"}");
  chrome.close();
  all.close();
  return out;
}

bool browser_session::fits(const transport& via) const {
  return via.session == via_.session && via.proxy_url == via_.proxy_url
         && via.proxy_user == via_.proxy_user
         && via.user_agent == via_.user_agent;
}

expected<http_response> browser_session::load(const http_order& order) {
  const auto& url = order.request.url;
  auto begin = steady_clock::now();
  ++pages_;
  // What the page before it left in the log is not about this one.
  if (auto cleared = driver_->performance_log(grace); !cleared)
    return cleared.error();
  log_ = {};
  const auto authority = text::authority_of(url);
  gate_->open(std::string_view{authority}.substr(0, authority.find(':')));
  auto visited = visit(url);
  auto body =
      visited ? read_document() : expected<std::string>{visited.error()};
  gate_->close();
  if (!body)
    return body.error();
  // Ends its scripts.
  if (auto left = driver_->go("about:blank", grace); !left)
    return left.error();
  auto answer = answer_with(*std::move(body));
  answer.elapsed = std::chrono::duration_cast<std::chrono::microseconds>(
      steady_clock::now() - begin);
  return answer;
}

expected<void> browser_session::visit(const std::string& url) {
  auto gone = driver_->go(url, options_.page_timeout + grace);
  if (!gone && gone.error().code == errc::provider_unavailable)
    return gone;
  if (auto read = read_log(); !read)
    return read;
  // What took too long was broken off: that is not its own error.
  if (!gone && gone.error().code == errc::timeout)
    return fail(errc::timeout, "load " + url + ": " + gone.error().detail);
  if (auto problem = problem_of_document(url))
    return *std::move(problem);
  if (!gone)
    return fail(gone.error().code, "load " + url + ": " + gone.error().detail);
  if (auto rested = come_to_rest(); !rested)
    return rested;
  // Scripts may have led elsewhere.
  if (auto problem = problem_of_document(url))
    return *std::move(problem);
  if (log_.main().status == 0 || !is_web_url(log_.main().url))
    return fail(errc::bad_payload, "load " + url + ": no document was shown");
  return {};
}

expected<void> browser_session::read_log() {
  auto entries = driver_->performance_log(grace);
  if (!entries)
    return entries.error();
  log_.read(*entries);
  return {};
}

expected<void> browser_session::come_to_rest() {
  auto until = steady_clock::now() + options_.script_timeout;
  auto last_event = steady_clock::now();
  auto seen = log_.events();
  for (;;) {
    std::this_thread::sleep_for(script_glance);
    if (auto reason = reason_to_stop())
      return *std::move(reason);
    if (auto read = read_log(); !read)
      return read;
    auto now = steady_clock::now();
    if (log_.events() != seen)
      last_event = now;
    seen = log_.events();
    if ((log_.is_quiet() && now - last_event >= options_.rest) || now >= until)
      return {};
  }
}

std::optional<failure> browser_session::reason_to_stop() const {
  if (is_stopped_())
    return fail(errc::cancelled, "load: stopped");
  if (gate_->is_spent())
    return fail(errc::too_large, "load: the page and its parts are too large");
  if (log_.navigations() > http_.limits.max_redirects + 1)
    return fail(errc::http_error, "load: the page's scripts lead on and on");
  if (process_->memory_bytes() > options_.most_memory_bytes)
    return fail(errc::too_large,
                "load: the page wants more memory than "
                    + std::to_string(options_.most_memory_bytes >> 20)
                    + " MiB");
  return std::nullopt;
}

std::optional<failure>
browser_session::problem_of_document(const std::string& url) const {
  const auto& shown = log_.main();
  if (auto reason = reason_to_stop())
    return reason;
  if (!shown.error.empty()) {
    if (auto refused = gate_->refusal(shown_host(shown.url)))
      return *refused;
    return fail(code_of(shown.error), "load " + url + ": " + shown.error);
  }
  return std::nullopt;
}

expected<std::string> browser_session::read_document() {
  auto read =
      driver_->run(reading_script(most_body_bytes_), options_.script_timeout);
  if (!read)
    return read.error();
  simdjson::dom::parser parser;
  simdjson::dom::array parts;
  std::string_view text;
  if (parser.parse(*read).get(parts) != simdjson::SUCCESS
      || parts.at(1).get(text) != simdjson::SUCCESS
      || text.size() > most_body_bytes_)
    return fail(errc::too_large, "load: the document is too large");
  return std::string{text};
}

http_response browser_session::answer_with(std::string body) const {
  http_response answer;
  answer.status = log_.main().status;
  answer.headers = log_.main().headers;
  answer.headers.erase(std::remove_if(answer.headers.begin(),
                                      answer.headers.end(), is_about_the_bytes),
                       answer.headers.end());
  answer.body = std::move(body);
  answer.final_url = log_.main().url;
  answer.wire_bytes = log_.wire_bytes();
  return answer;
}

} // namespace jobfarm::fetch
