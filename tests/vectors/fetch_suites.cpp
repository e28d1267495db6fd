#include "actors/fetch/address_guard.hpp"
#include "actors/fetch/retry_after.hpp"
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

const suite_registration suites[] = {
    {"retry_after", check_retry_after},
    {"ssrf", check_ssrf},
};

} // namespace

} // namespace jobfarm::test
