#include "actors/sources/liveness.hpp"
#include "actors/sources/wall.hpp"
#include "tests/vectors/suite.hpp"

namespace jobfarm::test {

namespace {

sources::answer_facts facts_of(const json& input, const std::string& body) {
  sources::answer_facts facts;
  facts.status = input.value("status", 0);
  if (input.contains("request_host"))
    facts.request_url =
        "https://" + input["request_host"].get<std::string>() + "/";
  facts.final_url = input.value("final_url", "");
  auto headers = input.value("headers", json::object());
  for (const auto& [name, value] : headers.items())
    facts.headers.push_back(
        {name, value.is_string() ? value.get<std::string>() : value.dump()});
  facts.body = body;
  return facts;
}

/// The code of a refusal, else `empty` where the page says so, else `ok`.
std::string check_wall(const json& row) {
  const auto& input = row["input"];
  const auto& expect = row["expect"];
  if (input.contains("redirect_to_host"))
    return differs("follow", expect["follow"],
                   sources::stays_on_site(input.value("site_domain", ""),
                                          input.value("redirect_to_host", "")));
  auto body = input.value("body", "");
  std::string outcome = "ok";
  if (auto why = sources::judge_answer(facts_of(input, body)))
    outcome = to_string(why->code);
  else if (sources::says_nothing_found(body))
    outcome = "empty";
  return differs("outcome", expect["outcome"], outcome);
}

std::string check_failure_class(const json& input, const json& expect) {
  auto failing = input.contains("error")
                     ? sources::classify_visit(
                         from_string<errc>(input["error"].get<std::string>())
                             .value_or(errc::internal))
                     : sources::classify_visit(input.value("status", 0));
  json close_after;
  if (failing.close_after)
    close_after = *failing.close_after;
  return differs("failure_class", expect["failure_class"],
                 std::string{failing.kind})
         + differs("close_after", expect["close_after"], close_after);
}

std::string check_liveness(const json& row) {
  const auto& input = row["input"];
  const auto& expect = row["expect"];
  if (expect.contains("failure_class"))
    return check_failure_class(input, expect);
  auto body = input.value("body", "");
  auto verdict = sources::judge_liveness({input.value("status", 0),
                                          input.value("request_url", ""),
                                          input.value("final_url", ""), body});
  static constexpr const char* names[] = {"live", "expired", "uncertain"};
  json reason;
  if (!verdict.reason.empty())
    reason = verdict.reason;
  return differs("verdict", expect["verdict"],
                 names[static_cast<std::size_t>(verdict.state)])
         + differs("reason", expect["reason"], reason);
}

const suite_registration wall("wall", check_wall);
const suite_registration liveness("liveness", check_liveness);

} // namespace

} // namespace jobfarm::test
