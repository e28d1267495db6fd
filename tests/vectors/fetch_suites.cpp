#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/fetch_class.hpp"
#include "actors/fetch/retry_after.hpp"
#include "actors/fetch/robots.hpp"
#include "actors/sources/board_gone.hpp"
#include "actors/text/time.hpp"
#include "actors/text/url.hpp"
#include "tests/vectors/suite.hpp"

namespace jobfarm::test {

namespace {

std::string check_retry_after(const json& row) {
  std::vector<http_header> headers;
  for (const auto& one : row["input"]["headers"].items()) {
    const auto& value = one.value();
    if (row["input"]["headers"].is_object())
      headers.push_back({one.key(), value.is_string() ? value.get<std::string>()
                                                      : value.dump()});
    else
      headers.push_back({"Retry-After", value.get<std::string>()});
  }
  auto now = text::parse_utc(row["input"].value("now", ""));
  auto got = fetch::retry_after_s(headers, now.value_or(0));
  return differs("seconds", row["expect"]["seconds"],
                 got ? json(*got) : json());
}

std::string check_ssrf(const json& row) {
  const auto& input = row["input"];
  std::string address;
  bool is_web = true;
  if (input.contains("url")) {
    auto url = input["url"].get<std::string>();
    is_web = fetch::is_web_url(url);
    address = text::authority_of(url);
  } else
    address = input["address"].is_string() ? input["address"].get<std::string>()
                                           : input["address"].dump();
  return differs("blocked", row["expect"]["blocked"],
                 !is_web || fetch::is_blocked_address(address));
}

/// Base64 of RFC 4648, for files that are not UTF-8.
std::string decode_base64(const std::string& text) {
  std::string out;
  unsigned bits = 0;
  int count = 0;
  for (char c : text) {
    auto value = c >= 'A' && c <= 'Z'   ? c - 'A'
                 : c >= 'a' && c <= 'z' ? c - 'a' + 26
                 : c >= '0' && c <= '9' ? c - '0' + 52
                 : c == '+'             ? 62
                 : c == '/'             ? 63
                                        : -1;
    if (value < 0)
      continue;
    bits = bits << 6 | static_cast<unsigned>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out += static_cast<char>(bits >> count & 0xFF);
    }
  }
  return out;
}

std::string robots_text(const json& given) {
  return given.is_string() ? given.get<std::string>()
                           : decode_base64(given["b64"].get<std::string>());
}

std::string check_robots(const json& row) {
  const auto& input = row["input"];
  fetch::robots_rules rules(robots_text(input["robots"]),
                            input["agent"].get<std::string>());
  return differs("allowed", row["expect"]["allowed"],
                 rules.allows(input["url"].get<std::string>()));
}

std::string check_robots_meta(const json& row) {
  const auto& input = row["input"];
  fetch::robots_rules rules(robots_text(input["robots"]),
                            input.value("agent", "jobfarm"));
  std::string problem;
  if (row["expect"].contains("crawl_delay")) {
    auto delay = rules.crawl_delay_s();
    problem += differs("crawl_delay", row["expect"]["crawl_delay"],
                       delay ? json(*delay) : json());
  }
  if (row["expect"].contains("sitemaps")
      && row["expect"]["sitemaps"] != json(rules.sitemaps()))
    problem += "got sitemaps " + json(rules.sitemaps()).dump();
  return problem;
}

fetch::attempt attempt_of(const json& response) {
  fetch::attempt one;
  if (response.contains("error")) {
    one.failed = from_string<errc>(response["error"].get<std::string>())
                     .value_or(errc::connect_failed);
    return one;
  }
  one.status = response["status"].get<std::int32_t>();
  one.body_bytes = response.value("length", std::size_t{0});
  return one;
}

/// Plays the scripted answers until one of them, or the attempts' number,
/// decides.
std::string check_fetch_class(const json& row) {
  const auto& options = row["input"]["options"];
  fetch::attempt_rules rules;
  rules.is_blocked_transient = options.value("blocked_is_transient", false);
  rules.is_lenient = !options.value("strict", false);
  auto attempts = options.value("attempts", 3);
  std::string outcome = "error";
  json last_status;
  int made = 0;
  for (const auto& response : row["input"]["responses"]) {
    if (made == attempts)
      break;
    ++made;
    auto one = attempt_of(response);
    auto judged = fetch::classify_attempt(one, rules);
    last_status = one.failed ? json() : json(one.status);
    if (judged == fetch::attempt_class::retry)
      continue;
    if (judged == fetch::attempt_class::body)
      outcome = "body";
    if (judged == fetch::attempt_class::end_of_list)
      outcome = "end_of_list";
    break;
  }
  auto problem = differs("outcome", row["expect"]["outcome"], json(outcome))
                 + differs("attempts", row["expect"]["attempts"], json(made));
  if (row["expect"].contains("last_status"))
    problem +=
        differs("last_status", row["expect"]["last_status"], last_status);
  return problem;
}

json state_name(sources::board_state state) {
  constexpr const char* names[] = {"active", "gone_pending", "gone"};
  return names[static_cast<std::size_t>(state)];
}

std::string check_board_steps(const json& row) {
  const auto& input = row["input"];
  std::optional<std::int64_t> healthy;
  if (input.contains("last_success_at") && input["last_success_at"].is_string())
    healthy = text::parse_utc(input["last_success_at"].get<std::string>());
  sources::board_presence board(healthy);
  std::string problem;
  for (std::size_t i = 0; i < input["signals"].size(); ++i) {
    const auto& given = input["signals"][i];
    auto name = given["signal"].get<std::string>();
    auto signal = name == "gone" ? sources::board_signal::gone
                  : name == "ok" || name == "success"
                      ? sources::board_signal::ok
                      : sources::board_signal::other;
    board.on_signal(
        signal, text::parse_utc(given["at"].get<std::string>()).value_or(0));
    const auto& wanted = row["expect"]["after_each"][i];
    problem += differs("state", wanted["state"], state_name(board.state()));
    if (wanted.contains("confirmations"))
      problem += differs("confirmations", wanted["confirmations"],
                         json(board.confirmations()));
    if (wanted.contains("next_check"))
      problem += differs("next_check", wanted["next_check"],
                         board.next_check()
                             ? json(text::format_utc(*board.next_check()))
                             : json());
  }
  return problem;
}

std::string check_board_gone(const json& row) {
  const auto& input = row["input"];
  if (input.contains("signals"))
    return check_board_steps(row);
  auto signal =
      sources::judge_board(input.value("source", ""), input.value("status", 0),
                           input.value("body", ""));
  const auto& wanted = row["expect"]["outcome"];
  auto is_gone = signal == sources::board_signal::gone;
  auto wants_gone = matches(wanted, json("board_gone"));
  return wants_gone == is_gone ? std::string{}
                               : "wanted " + wanted.dump() + "; ";
}

const suite_registration suites[] = {
    {"fetch_class", check_fetch_class},
    {"board_gone", check_board_gone},
    {"retry_after", check_retry_after},
    {"robots", check_robots},
    {"robots_real", check_robots},
    {"robots_meta", check_robots_meta},
    {"ssrf", check_ssrf},
};

} // namespace

} // namespace jobfarm::test
