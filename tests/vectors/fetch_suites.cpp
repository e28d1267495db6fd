#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/retry_after.hpp"
#include "actors/fetch/robots.hpp"
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

const suite_registration suites[] = {
    {"retry_after", check_retry_after},
    {"robots", check_robots},
    {"robots_real", check_robots},
    {"robots_meta", check_robots_meta},
    {"ssrf", check_ssrf},
};

} // namespace

} // namespace jobfarm::test
