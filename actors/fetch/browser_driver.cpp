#include "actors/fetch/browser_driver.hpp"

#include "messages/json_writer.hpp"

#include <curl/curl.h>
#include <simdjson.h>

namespace jobfarm::fetch {

namespace {

using simdjson::dom::element;

std::string_view text_at(const element& from, const char* pointer) {
  std::string_view text;
  if (from.at_pointer(pointer).get(text) != simdjson::SUCCESS)
    return {};
  return text;
}

/// W3C WebDriver 6.6. What is not about the page is about the browser: it has
/// died, or the driver has lost it.
failure failure_of(std::string_view error, std::string_view message) {
  constexpr std::size_t most_words = 300;
  auto words = "browser: " + std::string{error} + ": "
               + std::string{message.substr(0, message.find('\n'))}.substr(
                   0, most_words);
  if (error == "timeout" || error == "script timeout")
    return fail(errc::timeout, std::move(words));
  if (error == "javascript error" || error == "unexpected alert open"
      || message.find("net::ERR_") != message.npos)
    return fail(errc::internal, std::move(words));
  return fail(errc::provider_unavailable, std::move(words));
}

} // namespace

browser_driver::browser_driver(std::uint16_t port, std::size_t most_bytes,
                               interrupt when_to_stop)
    : curl_(curl_easy_init()),
      base_("http://127.0.0.1:" + std::to_string(port) + "/session"),
      most_bytes_(most_bytes),
      when_to_stop_(std::move(when_to_stop)) {
}

browser_driver::~browser_driver() {
  curl_easy_cleanup(curl_);
}

std::size_t browser_driver::on_body(char* bytes, std::size_t, std::size_t size,
                                    void* self) {
  auto& one = *static_cast<browser_driver*>(self);
  if (one.answer_.size() + size > one.most_bytes_)
    return 0;
  one.answer_.append(bytes, size);
  return size;
}

int browser_driver::on_progress(void* self, std::int64_t, std::int64_t,
                                std::int64_t, std::int64_t) {
  auto& one = *static_cast<browser_driver*>(self);
  one.stopped_ = one.when_to_stop_();
  return one.stopped_ ? 1 : 0;
}

expected<std::string> browser_driver::call(const std::string& path,
                                           const std::string& body,
                                           milliseconds patience) {
  answer_.clear();
  stopped_.reset();
  curl_easy_reset(curl_);
  auto url = base_ + path;
  auto* headers = curl_slist_append(nullptr, "Content-Type: application/json");
  curl_easy_setopt(curl_, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl_, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(curl_, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl_, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl_, CURLOPT_PROXY, "");
  curl_easy_setopt(curl_, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl_, CURLOPT_TIMEOUT_MS,
                   static_cast<long>(patience.count()));
  curl_easy_setopt(curl_, CURLOPT_WRITEFUNCTION, &browser_driver::on_body);
  curl_easy_setopt(curl_, CURLOPT_WRITEDATA, this);
  curl_easy_setopt(curl_, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl_, CURLOPT_XFERINFOFUNCTION,
                   &browser_driver::on_progress);
  curl_easy_setopt(curl_, CURLOPT_XFERINFODATA, this);
  auto code = curl_easy_perform(curl_);
  curl_slist_free_all(headers);
  if (stopped_)
    return *std::move(stopped_);
  if (code == CURLE_WRITE_ERROR)
    return fail(errc::too_large, "browser: the page is too large");
  if (code != CURLE_OK)
    return fail(errc::provider_unavailable,
                std::string{"browser: "} + curl_easy_strerror(code));
  simdjson::dom::parser parser;
  element all;
  element value;
  if (parser.parse(answer_).get(all) != simdjson::SUCCESS
      || all.at_key("value").get(value) != simdjson::SUCCESS)
    return fail(errc::provider_unavailable,
                "browser: the driver gives no JSON");
  if (auto error = text_at(value, "/error"); !error.empty())
    return failure_of(error, text_at(value, "/message"));
  return simdjson::minify(value);
}

expected<void> browser_driver::open_session(std::string_view capabilities,
                                            milliseconds patience) {
  auto body =
      "{\"capabilities\":{\"alwaysMatch\":" + std::string{capabilities} + "}}";
  auto opened = call("", body, patience);
  if (!opened)
    return opened.error();
  simdjson::dom::parser parser;
  element value;
  if (parser.parse(*opened).get(value) == simdjson::SUCCESS)
    session_ = '/' + std::string{text_at(value, "/sessionId")};
  if (session_.size() < 2)
    return fail(errc::provider_unavailable, "browser: no session was opened");
  return {};
}

expected<void> browser_driver::go(const std::string& url,
                                  milliseconds patience) {
  std::string body;
  json::object_writer object(body);
  object.member("url", url);
  object.close();
  auto gone = call(session_ + "/url", body, patience);
  return gone ? expected<void>{} : expected<void>{gone.error()};
}

expected<std::string> browser_driver::run(std::string_view script,
                                          milliseconds patience) {
  std::string body;
  json::object_writer object(body);
  object.member("script", script).raw("args", "[]");
  object.close();
  return call(session_ + "/execute/sync", body, patience);
}

expected<std::string> browser_driver::performance_log(milliseconds patience) {
  return call(session_ + "/se/log", "{\"type\":\"performance\"}", patience);
}

} // namespace jobfarm::fetch
