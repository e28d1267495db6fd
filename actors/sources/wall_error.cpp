#include "actors/sources/wall_error.hpp"

#include "actors/sources/ascii.hpp"
#include "actors/sources/page_json.hpp"

#include <charconv>
#include <cstddef>

namespace jobfarm::sources {

namespace {

// Error bodies are small; anything larger is an answer.
constexpr std::size_t max_error_bytes = 64 * 1024;

bool says(std::string_view words, std::initializer_list<std::string_view> any) {
  for (auto one : any)
    if (contains(words, one))
      return true;
  return false;
}

bool says_credentials(std::string_view words) {
  return says(words, {"api key", "apikey", "api_key", "token", "credential",
                      "unauthor", "not authorized", "authenticat", "referr",
                      "user_ip", "user_agent", "permission", "login"});
}

std::optional<std::int32_t> status_in(json_value root) {
  for (auto name :
       {"status", "statusCode", "status_code", "httpCode", "code"}) {
    auto text = text_at(root, {name});
    std::int32_t status = 0;
    auto end = text.data() + text.size();
    if (std::from_chars(text.data(), end, status).ptr == end && status >= 400
        && status < 600)
      return status;
  }
  return std::nullopt;
}

/// What the body says went wrong, lower case, in one text.
std::string words_in(json_value root) {
  std::string words;
  for (auto name : {"error", "message", "error_message", "error_code",
                    "errorMessage", "detail", "title", "code"}) {
    auto text = text_at(root, {name});
    if (text.empty())
      text = text_at(root, {name, "message"});
    if (!text.empty())
      words += (words.empty() ? "" : "; ") + text;
  }
  for (auto error : items_at(root, {"errors"}))
    if (auto text = text_at(error, {"message"}); !text.empty())
      words += (words.empty() ? "" : "; ") + text;
  return ascii_lower(words.substr(0, 300));
}

errc code_of_words(std::string_view words) {
  if (says(words, {"not found", "no such", "does not exist", "unknown"}))
    return errc::not_found;
  if (says(words, {"rate limit", "too many", "throttl", "quota"}))
    return errc::rate_limited;
  if (says(words, {"captcha", "bot", "blocked", "geoblock", "waf"}))
    return errc::bot_detected;
  if (says_credentials(words) || says(words, {"forbidden"}))
    return errc::auth_failed;
  return errc::http_error;
}

std::optional<failure> read_json_error(std::string_view body) {
  auto document = json_document::parse(body);
  if (!document || !document->root().is_object())
    return std::nullopt;
  auto root = document->root();
  auto words = words_in(root);
  if (auto status = status_in(root); status && !words.empty()) {
    auto why = fail(code_of_status(*status, words), "error body: " + words);
    why.status = *status;
    return why;
  }
  bool refuses =
      flag_at(root, {"ok"}) == false || flag_at(root, {"success"}) == false;
  simdjson::dom::object members;
  bool only_error = root.get(members) == simdjson::SUCCESS
                    && members.size() <= 3 && value_at(root, {"error"});
  if (!words.empty() && (refuses || only_error))
    return fail(code_of_words(words), "error body: " + words);
  return std::nullopt;
}

} // namespace

std::string error_words(std::string_view body) {
  body = ascii_trim(body);
  if (!begins(body, "{") || body.size() > max_error_bytes)
    return {};
  auto document = json_document::parse(body);
  return document ? words_in(document->root()) : std::string{};
}

errc code_of_status(std::int32_t status, std::string_view words) {
  switch (status) {
    case 401: return errc::auth_failed;
    case 403:
      return says_credentials(words) ? errc::auth_failed : errc::bot_detected;
    case 404:
    case 410: return errc::not_found;
    case 407: return errc::proxy_failed;
    case 413: return errc::too_large;
    case 429: return errc::rate_limited;
    case 999: return errc::bot_detected; // LinkedIn's own
    default: return errc::http_error;
  }
}

std::optional<failure> read_error_body(std::string_view body) {
  body = ascii_trim(body);
  if (body.size() > max_error_bytes)
    return std::nullopt;
  if (begins(body, "{"))
    return read_json_error(body);
  for (auto words : {"not found", "404 not found", "page not found", "404"})
    if (ascii_equal(body, words))
      return fail(errc::not_found, "error body: " + std::string{words});
  if (ascii_equal(body, "forbidden") || ascii_equal(body, "access denied"))
    return fail(errc::bot_detected, "error body: " + ascii_lower(body));
  if (ascii_equal(body, "too many requests"))
    return fail(errc::rate_limited, "error body: too many requests");
  return std::nullopt;
}

} // namespace jobfarm::sources
