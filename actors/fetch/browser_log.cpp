#include "actors/fetch/browser_log.hpp"

#include "actors/text/ascii.hpp"
#include <simdjson.h>

#include <algorithm>

namespace jobfarm::fetch {

namespace {

using simdjson::dom::element;
using simdjson::dom::object;

std::string_view text_at(const element& from, const char* pointer) {
  std::string_view text;
  if (from.at_pointer(pointer).get(text) != simdjson::SUCCESS)
    return {};
  return text;
}

double number_at(const element& from, const char* pointer) {
  double number = 0;
  if (from.at_pointer(pointer).get(number) != simdjson::SUCCESS)
    return 0;
  return number;
}

/// Requests that stay open as long as the page, or that it does not wait for.
bool is_endless(std::string_view type) {
  return type == "EventSource" || type == "WebSocket" || type == "Ping"
         || type == "Media" || type == "Preflight";
}

std::vector<http_header> headers_at(const element& from, const char* pointer) {
  constexpr std::size_t most_headers = 200;
  std::vector<http_header> headers;
  object named;
  if (from.at_pointer(pointer).get(named) != simdjson::SUCCESS)
    return headers;
  for (auto one : named) {
    std::string_view value;
    if (headers.size() < most_headers
        && one.value.get(value) == simdjson::SUCCESS)
      headers.push_back({text::ascii_lower(one.key), std::string{value}});
  }
  return headers;
}

} // namespace

/// Applies one event of the Network domain.
struct browser_log::reader {
  browser_log& log;
  const element& event;
  std::string_view window;

  void run() const {
    auto method = text_at(event, "/message/method");
    if (method.substr(0, 8) != "Network.")
      return;
    ++log.events_;
    auto name = method.substr(8);
    if (name == "requestWillBeSent")
      on_request();
    else if (name == "responseReceived")
      on_response();
    else if (name == "loadingFinished")
      on_finished();
    else if (name == "loadingFailed")
      on_failed();
  }

  std::string_view id() const {
    return text_at(event, "/message/params/requestId");
  }

  /// The window's own frame has the window's name; frames in it have others.
  bool is_main() const {
    return text_at(event, "/message/params/frameId") == window
           && text_at(event, "/message/params/type") == "Document";
  }

  void on_request() const {
    if (is_main()) {
      // What the page before it still asked for no longer matters.
      log.in_flight_.clear();
      ++log.navigations_;
      log.main_ = {};
      log.main_.url = text_at(event, "/message/params/request/url");
      log.main_request_ = id();
    }
    if (!is_endless(text_at(event, "/message/params/type")))
      log.in_flight_.emplace(id());
  }

  void on_response() const {
    if (id() != log.main_request_ || !is_main())
      return;
    log.main_.url = text_at(event, "/message/params/response/url");
    log.main_.status = static_cast<std::int32_t>(
        number_at(event, "/message/params/response/status"));
    log.main_.headers = headers_at(event, "/message/params/response/headers");
  }

  void end() const {
    if (auto found = log.in_flight_.find(id()); found != log.in_flight_.end())
      log.in_flight_.erase(found);
  }

  void on_finished() const {
    end();
    constexpr double most = 1e15;
    auto bytes = number_at(event, "/message/params/encodedDataLength");
    if (bytes > 0 && bytes < most)
      log.wire_bytes_ += static_cast<std::int64_t>(bytes);
  }

  void on_failed() const {
    end();
    if (id() == log.main_request_)
      log.main_.error = text_at(event, "/message/params/errorText");
  }
};

void browser_log::read(std::string_view entries) {
  simdjson::dom::parser parser;
  simdjson::dom::parser inner;
  simdjson::dom::array list;
  simdjson::padded_string bytes(entries);
  if (parser.parse(bytes).get(list) != simdjson::SUCCESS)
    return;
  for (auto entry : list) {
    auto text = text_at(entry, "/message");
    element event;
    simdjson::padded_string message(text);
    if (inner.parse(message).get(event) == simdjson::SUCCESS)
      reader{*this, event, text_at(event, "/webview")}.run();
  }
}

} // namespace jobfarm::fetch
